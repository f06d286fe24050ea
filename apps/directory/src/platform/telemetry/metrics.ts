/** What one series is about: patterns, codes and names of ours; never a path, a query or anybody's data (RULE-12). */
type Labels = Readonly<Record<string, string>>

/** Counts in this process's memory, written as Prometheus reads them. */
export interface Metrics {
  /** A request that was answered: the pattern of its route, and how long it took. */
  request(
    asked: { readonly method: string; readonly route: string; readonly status: number },
    milliseconds: number,
  ): void
  /** A stranger was refused: counted, and nothing else is kept of it. */
  refusal(code: string): void
  dutyRun(duty: string, outcome: 'done' | 'failed'): void
  /** Everything as text; `gauges` are read at the moment of asking. */
  text(gauges: Readonly<Record<string, { readonly help: string; readonly value: number }>>): string
}

/** Upper bounds in seconds: what people wait for, from at once to too long. */
const bounds = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
const methods = new Set(['GET', 'POST', 'HEAD'])

export function openMetrics(): Metrics {
  const requests = new Map<string, number>()
  const refusals = new Map<string, number>()
  const duties = new Map<string, number>()
  const durations = new Map<string, { readonly buckets: number[]; sum: number; count: number }>()

  const timed = (route: string, seconds: number) => {
    const labels = written({ route })
    const known = durations.get(labels) ?? { buckets: bounds.map(() => 0), sum: 0, count: 0 }
    bounds.forEach((bound, index) => {
      if (seconds <= bound) known.buckets[index] = (known.buckets[index] ?? 0) + 1
    })
    known.sum += seconds
    known.count += 1
    durations.set(labels, known)
  }

  return {
    request: ({ method, route, status }, milliseconds) => {
      add(requests, { method: methods.has(method) ? method : 'other', route, status: String(status) })
      timed(route, milliseconds / 1000)
    },
    refusal: (code) => add(refusals, { code }),
    dutyRun: (duty, outcome) => add(duties, { duty, outcome }),
    text: (gauges) =>
      [
        ...counter('parley_requests_total', 'Requests answered, by the pattern of their route.', requests),
        ...counter('parley_refusals_total', 'Refusals of strangers, by code.', refusals),
        ...counter('parley_duty_runs_total', 'Runs of the periodic work of this process.', duties),
        ...head(
          'parley_request_seconds',
          'How long answers took, by the pattern of their route.',
          'histogram',
        ),
        ...[...durations].flatMap(([labels, { buckets, sum, count }]) => [
          ...bounds.map(
            (bound, index) => `parley_request_seconds_bucket{${labels},le="${bound}"} ${buckets[index] ?? 0}`,
          ),
          `parley_request_seconds_bucket{${labels},le="+Inf"} ${count}`,
          `parley_request_seconds_sum{${labels}} ${sum}`,
          `parley_request_seconds_count{${labels}} ${count}`,
        ]),
        ...Object.entries(gauges).flatMap(([name, { help, value }]) => [
          ...head(name, help, 'gauge'),
          `${name} ${value}`,
        ]),
        '',
      ].join('\n'),
  }
}

function add(counts: Map<string, number>, labels: Labels): void {
  const name = written(labels)
  counts.set(name, (counts.get(name) ?? 0) + 1)
}

function counter(name: string, help: string, counts: ReadonlyMap<string, number>): readonly string[] {
  return [
    ...head(name, help, 'counter'),
    ...[...counts].map(([labels, count]) => `${name}{${labels}} ${count}`),
  ]
}

function head(name: string, help: string, type: string): readonly string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`]
}

function written(labels: Labels): string {
  return Object.entries(labels)
    .map(
      ([name, value]) =>
        `${name}="${value.replace(/[\\"\n]/g, (mark) => (mark === '\n' ? '\\n' : `\\${mark}`))}"`,
    )
    .join(',')
}

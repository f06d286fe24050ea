import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@parley/testkit'
import { type Child, startChild, type Used } from './child.ts'
import { idle, median, openCpuMeter, perSecond, ratio, type Row } from './figures.ts'
import type { RoundSettings } from './round/settings.ts'

const sizes = (process.env['BENCH_CHECKS'] ?? '10000').split(',').map(Number)
const connections = Number(process.env['BENCH_CONNECTIONS'] ?? 40)
const repeats = Number(process.env['BENCH_REPEATS'] ?? 3)

interface Both {
  readonly bare: Run
  readonly ours: Run
  /** Milliseconds until it was started, and closed. */
  readonly started: number
  readonly closed: number
}

interface Run {
  readonly sender: Used
  readonly sink: Used & { readonly taken: number }
  readonly database: number
}

/** Rounds of these sizes, each by processes of its own, against a bare pooled SMTP loop. */
export async function benchRound(): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const checks of sizes) rows.push(...(await benchOne(checks)))
  return rows
}

/** Both sides have the same messages, connections and mail server. */
async function benchOne(checks: number): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'))
  const postgres = await startPostgres()
  const children: Child[] = []
  const start = (program: string, settings = {}) => {
    const child = startChild(new URL(`round/${program}`, import.meta.url), settings)
    children.push(child)
    return child
  }
  try {
    const { appUrl, ownerUrl } = await postgres.createDatabase('round')
    const sink = start('sink.ts')
    const smtp = await sink.ask<string>('url')
    const settings: RoundSettings = {
      smtp,
      connections,
      entries: checks,
      database: { url: appUrl, ownerUrl },
    }
    const file = join(folder, 'messages')
    await prepare(start('directory.ts', settings), file)
    const ours = start('directory.ts', settings)
    const bare = start('bare-loop.ts', settings)
    await bare.ask('read', file)
    const databaseCpu = openCpuMeter(ownerUrl)
    const send = async (sender: Child): Promise<Run> => {
      await sink.ask('begin')
      const before = await databaseCpu()
      const used = await sender.ask<Used>('send')
      const database = (await databaseCpu()) - before
      return { sender: used, sink: await sink.ask('end'), database }
    }
    // Each side once before it counts.
    const runs: Both[] = []
    for (let round = 0; round <= repeats; round += 1) {
      const bareRun = await send(bare)
      const started = await timed(() => ours.ask('start'))
      const oursRun = await send(ours)
      const closed = await timed(() => ours.ask('close'))
      if (round > 0 || repeats === 0) runs.push({ bare: bareRun, ours: oursRun, started, closed })
    }
    return table(checks, runs)
  } finally {
    await Promise.all(children.map((child) => child.end()))
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Fills the database and leaves the messages of a first round in a file: by a process that is not measured. */
async function prepare(first: Child, file: string): Promise<void> {
  await first.ask('prepare')
  await first.ask('start')
  await first.ask('catch', file)
  await first.ask('close')
  await first.end()
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

function rate({ sender, sink }: Run): number {
  return (sink.taken / sender.wall) * 1000
}

function table(checks: number, runs: readonly Both[]): readonly Row[] {
  const seconds = (of: (run: Both) => number) => (median(runs.map(of)) / 1000).toFixed(1)
  const perMessage = (of: (run: Both) => number) => median(runs.map(of)).toFixed(2)
  const side = (name: string, of: (run: Both) => Run): Row => ({
    side: name,
    'messages/s': perSecond(median(runs.map((run) => rate(of(run))))),
    'own CPU': idle.share(median(runs.map((run) => of(run).sender.cpu / of(run).sender.wall))),
    'sink idle': idle.of(median(runs.map((run) => of(run).sink.cpu / of(run).sink.wall))),
    'database CPU': idle.share(median(runs.map((run) => of(run).database / of(run).sender.wall))),
    'own ms each': perMessage((run) => of(run).sender.cpu / of(run).sink.taken),
    'database ms each': perMessage((run) => of(run).database / of(run).sink.taken),
    'memory MB': Math.round(Math.max(...runs.map((run) => of(run).sender.memory))).toString(),
  })
  return [
    side(`bare loop, ${connections} connections`, ({ bare }) => bare),
    {
      ...side(`round of ${checks} checks`, ({ ours }) => ours),
      'start s': seconds(({ started }) => started),
      'close s': seconds(({ closed }) => closed),
    },
    { side: 'ratio', 'messages/s': ratio(median(runs.map(({ bare, ours }) => rate(ours) / rate(bare)))) },
  ]
}

import { setTimeout as sleep } from 'node:timers/promises'
import { second } from '@parley/kernel'
import { openDemonstrationWorld } from '../../apps/directory/test/demonstration-world.ts'
import { openLog } from '../../apps/directory/src/platform/telemetry/log.ts'
import { origin, type World } from '../../apps/directory/test/world.ts'
import { mark } from './hostile-text.ts'
import { type Answer, faultsOf } from './judge.ts'
import { type Browsers, openBrowsers } from './people.ts'
import { type Plan, planOf } from './plan.ts'
import { findTargets, type Kind, kinds } from './targets.ts'

/** What came of one class of requests. */
export interface Figures {
  requests: number
  faults: number
  readonly targets: Set<string>
  readonly statuses: Map<number, number>
}

export interface Fault {
  /** The seed that makes this one request again. */
  readonly seed: number
  readonly what: readonly string[]
  readonly plan: Plan
}

export interface Outcome {
  readonly figures: ReadonlyMap<Kind, Figures>
  readonly faults: readonly Fault[]
  /** Duties that failed on what was typed. */
  readonly failedDuties: readonly string[]
}

/** After so many requests somebody hostile has changed so much that all is made anew. */
const requestsOfAWorld = 5_000
const requestsOfASession = 250
/** Longer than any answer takes on a machine that is busy with other work. */
const patience = 60 * second

export async function fuzz(
  { seed, count }: { readonly seed: number; readonly count: number },
  say: (fault: Fault) => void = () => undefined,
): Promise<Outcome> {
  const figures = new Map<Kind, Figures>(
    kinds.map((kind) => [kind, { requests: 0, faults: 0, targets: new Set(), statuses: new Map() }]),
  )
  const faults: Fault[] = []
  const failedDuties: string[] = []
  for (let from = 0; from < count; from += requestsOfAWorld) {
    const log: string[] = []
    const world = await openDemonstrationWorld({
      log: openLog('info', { write: (line) => void log.push(line) }),
    })
    let browsers = await openBrowsers(world, 0)
    const targets = await findTargets(world, browsers)
    for (let at = from; at < Math.min(count, from + requestsOfAWorld); at += 1) {
      if (at > from && at % requestsOfASession === 0) {
        failedDuties.push(...(await workOn(world)))
        browsers = await openBrowsers(world, at, browsers)
      }
      world.clock.advance(5 * second)
      log.length = 0
      const plan = planOf(seed + at, targets)
      const answer = await send(world, browsers, plan)
      const what = [...faultsOf(answer), ...faultsOfLog(log)]
      note(figures, plan, answer, what)
      if (what.length === 0) continue
      const fault = {
        seed: seed + at,
        what: [...what, ...log.filter((line) => line.includes('"level":50'))],
        plan,
      }
      faults.push(fault)
      say(fault)
    }
    failedDuties.push(...(await workOn(world)))
    await world.close()
  }
  return { figures, faults, failedDuties }
}

/** RULE-1, RULE-12: whatever was typed, no line of the log holds it. */
function faultsOfLog(log: readonly string[]): readonly string[] {
  return log.some((line) => line.includes(mark)) ? ['typed text in the log'] : []
}

function note(
  all: ReadonlyMap<Kind, Figures>,
  { target }: Plan,
  { status }: Answer,
  what: readonly string[],
): void {
  const figures = all.get(target.kind)
  if (!figures) return
  figures.requests += 1
  figures.faults += what.length > 0 ? 1 : 0
  figures.targets.add(`${target.method} ${target.pattern}`)
  figures.statuses.set(status, (figures.statuses.get(status) ?? 0) + 1)
}

/** What was typed goes on to the duties: letters, notices, snapshots. */
async function workOn(world: World): Promise<readonly string[]> {
  const failed: string[] = []
  for (const { name } of world.directory.duties)
    await world.work(name).catch((fault: unknown) => {
      failed.push(`${name}: ${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}`)
    })
  return failed
}

async function send(world: World, browsers: Browsers, plan: Plan): Promise<Answer> {
  const { target, who, path, body } = plan
  const proof = browsers.proofOf(who, target.kind === 'address book' ? 'Basic' : 'Bearer')
  const headers = new Headers({ host: origin.host, ...proof, ...plan.headers })
  const { method } = target
  const request = new Request(new URL(path, origin), {
    method,
    headers,
    ...(body ? { body: new Uint8Array(body) } : {}),
  })
  const answered = answerOf(world, request).catch((fault: unknown) => brokenOff(String(fault)))
  const waited = sleep(patience, brokenOff('no answer'), { ref: false })
  return Promise.race([answered, waited])
}

async function answerOf(world: World, request: Request): Promise<Answer> {
  const response = await world.directory.street.fetch(request, {})
  const { status, headers } = response
  // An event stream does not end: its first part will do.
  if (!headers.get('content-type')?.startsWith('text/event-stream'))
    return { status, headers, text: await response.text() }
  const reader = response.body?.getReader()
  const first = await reader?.read()
  await reader?.cancel()
  return { status, headers, text: new TextDecoder().decode(first?.value) }
}

function brokenOff(why: string): Answer {
  return { status: 599, headers: new Headers(), text: why }
}

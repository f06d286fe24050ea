import { day, hour } from '@parley/kernel'
import { sql } from 'kysely'
import type { Command } from './platform/command.ts'
import type { Tx } from './platform/database/database.ts'
import { currentCheckpoint, shortCheckpoint } from './platform/history/checkpoint.ts'
import { type Condition, listConditions } from './platform/telemetry/conditions.ts'
import { type DutyRun, listDutyRuns } from './platform/telemetry/duty-runs.ts'
import { freeBytes, type Outlook } from './platform/telemetry/watch.ts'
import type { Room } from './room.ts'

interface Figures {
  readonly sealed: number
  readonly waiting: number
  readonly deliveries: number
  readonly oldest: Date | null
}

/** What is said, and whether it needs a hand. */
interface Line {
  readonly text: string
  readonly needsHand?: boolean
}

/** How the Directory is, in a few lines without anybody's data; the exit code says whether something needs a hand. */
export function statusCommand(outlook: Outlook, rooms: readonly Room[]): Command {
  return {
    name: 'status',
    usage: 'status   how the Directory is, and what needs a hand (then the exit code is 1)',
    run: async ({ performer, clock, say }) => {
      const { database } = performer
      const now = clock.now()
      const outside = await lookOutside(outlook)
      const inside = await database.transaction({ role: 'worker' }, async (tx) => [
        { text: `Database: ${database.kind}` },
        ...(await lines(tx, now)),
        ...(await linesOfRooms(rooms, tx)),
        ...(await listDutyRuns(tx)).map((run) => ({ text: ranLine(run) })),
        ...(await listConditions(tx, now)).map((condition) => ({
          text: conditionLine(condition),
          needsHand: true,
        })),
      ])
      const all: readonly Line[] = [...inside, ...outside]
      for (const { text, needsHand } of all) say(needsHand === true ? `! ${text}` : text)
      return all.some(({ needsHand }) => needsHand === true) ? 1 : 0
    },
  }
}

async function linesOfRooms(rooms: readonly Room[], tx: Tx): Promise<readonly Line[]> {
  const said: Line[] = []
  for (const room of rooms) for (const text of (await room.status?.(tx)) ?? []) said.push({ text })
  return said
}

async function lines(tx: Tx, now: Date): Promise<readonly Line[]> {
  const { rows } = await sql<Figures>`select
    (select coalesce(max(seq), 0)::int from history.seal) as sealed,
    (select count(*)::int from history.pending) as waiting,
    (select count(*)::int from outbox.delivery) as deliveries,
    (select min(emitted_at) from outbox.delivery) as oldest`.execute(tx)
  const [figures] = rows
  const checkpoint = await currentCheckpoint(tx)
  const sealed = figures?.sealed ?? 0
  const age = checkpoint ? now.getTime() - checkpoint.at.getTime() : 0
  return [
    { text: `Acts in the history: ${sealed}; waiting for their place: ${figures?.waiting ?? 0}` },
    {
      text: `Newest checkpoint: ${checkpoint ? `${shortCheckpoint(checkpoint)}, ${checkpoint.at.toISOString()}` : 'none'}`,
      // One a day is promised, for a day in which something happened.
      needsHand: checkpoint !== undefined && sealed > checkpoint.seq && age > day,
    },
    {
      text: `Deliveries waiting: ${figures?.deliveries ?? 0}${figures?.oldest ? `, the oldest since ${figures.oldest.toISOString()}` : ''}`,
      needsHand: figures?.oldest ? now.getTime() - figures.oldest.getTime() > hour : false,
    },
  ]
}

async function lookOutside({ folder, reachRelay }: Outlook): Promise<readonly Line[]> {
  const reached = reachRelay && (await reachRelay())
  return [
    ...(folder === undefined
      ? []
      : [{ text: `Disk: ${Math.floor((await freeBytes(folder)) / 1024 ** 2)} MB free` }]),
    ...(reached === undefined
      ? []
      : [{ text: `Mail relay: ${reached ? 'answers' : 'does not answer'}`, needsHand: !reached }]),
  ]
}

function ranLine({ name, succeededAt, fault }: DutyRun): string {
  const when = succeededAt ? succeededAt.toISOString() : 'never'
  return `Task ${name}: last done ${when}${fault === undefined ? '' : `, now failing (${fault})`}`
}

function conditionLine(condition: Condition): string {
  const since = `since ${condition.since.toISOString()}`
  switch (condition.name) {
    case 'duty-late':
      return `The task ${condition.duty} has not been done ${since}; is the program running?`
    case 'disk-nearly-full':
      return `A disk is nearly full ${since}`
    case 'relay-unreachable':
      return `The mail relay has not answered ${since}`
    case 'signing-key-ends':
      return `The key that checks are signed with ends soon or has ended, noticed ${since}`
    case 'clock-set-back':
      return `The clock went back, noticed ${condition.since.toISOString()}`
  }
}

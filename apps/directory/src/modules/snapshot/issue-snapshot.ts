import { canonical, day, type Locale, minute } from '@parley/kernel'
import {
  nextSnapshotNumber,
  type SnapshotEntry,
  type SnapshotHead,
  snapshotParts,
  type SnapshotState,
} from '@parley/protocol/snapshot'
import { createHash } from 'node:crypto'
import { asDuty } from '../../platform/action.ts'
import type { Keys } from '../../platform/config/keys.ts'
import type { Database, Tx } from '../../platform/database/database.ts'
import type { Duty } from '../../platform/duties/duties.ts'
import { currentCheckpoint } from '../../platform/history/checkpoint.ts'
import type { HistoryTables } from '../../platform/history/tables.ts'
import { actingOf } from '../../platform/session/actor.ts'
import { type Community, listFrozen, listParticipating } from '../community/index.ts'
import {
  type EntryPosition,
  listDisputedIn,
  listKeysIn,
  listPage,
  readableStates,
} from '../directory/index.ts'
import { snapshotEntry } from './entry-json.ts'
import { currentKey, listSuccessions } from './keys.ts'
import { deleteReplaced, findIssue, insertIssue } from './store.ts'

/** At most so often, so that who is fetching one gets to its end. */
const notWithin = 5 * minute
/** Also where nothing changed: an office is to see that its copy is of today. */
const renewedAfter = day
/** How long one that was replaced is still sent to those who are in the middle of it. */
const sentFor = 30 * minute
const perPage = 200

export interface SnapshotHouse {
  readonly database: Database
  readonly keys: Keys
  readonly community: Community
}

const { actor } = asDuty('snapshot', new Date(0))

/** Issues a snapshot within minutes of a change, and each day. Its cost is nothing while nobody acts. */
export function snapshotDuty(house: SnapshotHouse): Duty {
  let seen: number | undefined
  return {
    name: 'snapshot',
    every: minute,
    run: async (now) => {
      const { database } = house
      const [acts, last] = await database.transaction(actingOf(actor), async (tx) => {
        await deleteReplaced(tx, new Date(now.getTime() - sentFor))
        return [await countActs(tx), await findIssue(tx)] as const
      })
      const age = last ? now.getTime() - last.issuedAt.getTime() : Number.POSITIVE_INFINITY
      if (age < notWithin || (acts === seen && age < renewedAfter)) return
      // Whoever leaves in the middle is in no snapshot: then it is made in the next minute.
      if (await issueSnapshot(house, now)) seen = acts
    },
  }
}

/** Every change is an act, and every act has its number. */
async function countActs(tx: Tx): Promise<number> {
  const last = await tx
    .withTables<HistoryTables>()
    .selectFrom('history.seal')
    .select('seq')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return Number(last?.seq ?? 0)
}

/** False where the States that take part changed meanwhile, and nothing was issued. */
async function issueSnapshot(house: SnapshotHouse, now: Date): Promise<boolean> {
  const { database } = house
  const { head, key, last } = await database.transaction(actingOf(actor), (tx) => findHead(tx, house, now))
  const participating = namesOf(head.states)
  const parts: string[] = []
  for await (const part of snapshotParts(head, listAll(database))) parts.push(part)
  const content = digestOf([canonicalRest(head), ...parts.slice(1, -1)])
  if (last?.content === content && now.getTime() - last.issuedAt.getTime() < renewedAfter) return true
  const file = Buffer.concat(parts.map((part) => Buffer.from(part)))
  return database.transaction(actingOf(actor), async (tx) => {
    if ([...(await listParticipating(tx)).keys()].sort().join() !== participating) return false
    await insertIssue(tx, now, parts, {
      number: head.number,
      issued_at: head.issuedAt,
      content,
      digest: createHash('sha256').update(file).digest('hex'),
      size: file.length,
      public_key: key.publicKey,
      signature: key.sign(file),
      replaced_at: null,
    })
    return true
  })
}

async function findHead(tx: Tx, { keys, community }: SnapshotHouse, now: Date) {
  const key = await currentKey(tx, keys, now)
  const last = await findIssue(tx)
  const checkpoint = await currentCheckpoint(tx)
  const { profile } = community
  const spoken = (names: Readonly<Record<Locale, string>>) =>
    Object.fromEntries(profile.languages.map((language) => [language, names[language]]))
  const head: SnapshotHead = {
    community: profile.id,
    number: nextSnapshotNumber(now, last?.number),
    issuedAt: now,
    ...(checkpoint ? { checkpoint: { ...checkpoint, at: checkpoint.at.toISOString() } } : {}),
    keys: { current: key.publicKey, successions: await listSuccessions(tx) },
    kinds: profile.kinds.map(({ id, names }) => ({ id, names: spoken(names) })),
    states: await listStates(tx, community, spoken),
  }
  return { head, key, last }
}

async function listStates(
  tx: Tx,
  { states }: Community,
  spoken: (names: Readonly<Record<Locale, string>>) => SnapshotState['names'],
): Promise<readonly SnapshotState[]> {
  const participating = await listParticipating(tx)
  const frozen = await listFrozen(tx)
  return states
    .map(({ code, names, fictional }) => {
      const since = frozen.get(code)
      return {
        code,
        names: spoken(names),
        participating: participating.has(code),
        fictional,
        ...(since ? { underReviewSince: since.toISOString() } : {}),
      }
    })
    .sort((one, other) => (one.code < other.code ? -1 : 1))
}

/** A page is a transaction of its own: others get their turn between two of them. */
async function* listAll(database: Database): AsyncIterable<readonly SnapshotEntry[]> {
  let after: EntryPosition | undefined
  do {
    const [entries, next] = await database.transaction(actingOf(actor), async (tx) => {
      const page = await listPage(tx, await readableStates(tx, actor), { after, limit: perPage })
      const keys = await listKeysIn(tx, page.entries)
      const disputed = await listDisputedIn(
        tx,
        page.entries.map(({ id }) => id),
      )
      const shown = page.entries.map((entry) => snapshotEntry(entry, keys.get(entry.id) ?? [], disputed))
      return [shown, page.next] as const
    })
    yield entries
    after = next
  } while (after)
}

function namesOf(states: readonly SnapshotState[]): string {
  return states
    .flatMap(({ code, participating }) => (participating ? [code] : []))
    .sort()
    .join()
}

function canonicalRest({ keys, kinds, states }: SnapshotHead): string {
  return canonical(JSON.parse(JSON.stringify({ keys, kinds, states })))
}

function digestOf(texts: readonly string[]): string {
  const hash = createHash('sha256')
  for (const text of texts) hash.update(text)
  return hash.digest('hex')
}

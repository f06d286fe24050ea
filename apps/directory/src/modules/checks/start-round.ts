import { after, hour, newId, refuse, type Result } from '@parley/kernel'
import { sql } from 'kysely'
import type { Keys } from '../../platform/config/keys.ts'
import { type ActionScope, done, type Done } from '../../platform/action.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { Pace } from '../../platform/mail/post.ts'
import { actorLabel } from '../../platform/session/actor.ts'
import type { Community } from '../community/index.ts'
import { type Candidate, type Choice, chosenOf, pagesOfCandidates, seeing } from './choose-entries.ts'
import type { CheckId, RoundId } from './domain/check.ts'
import { openSchedule } from './domain/pace.ts'
import { checksTables } from './store.ts'
import { codeDigest, codeOf } from './tokens.ts'

export interface StartNeeds {
  readonly keys: Keys
  readonly community: Community
  readonly pace?: Pace | undefined
}

export interface Wanted extends Choice {
  /** What the manager saw before pressing the button; nothing else is started. */
  readonly seen?: string
}

/**
 * POC-17: contacts every POC, or those that the manager chose. Refused while another round is open or when there is
 * nobody to contact.
 */
export async function startRound(
  scope: ActionScope,
  needs: StartNeeds,
  choice: Wanted | 'everybody' = 'everybody',
): Promise<Result<Done<RoundId>>> {
  const { tx, now } = scope
  const checks = checksTables(tx)
  const limit: Wanted = choice === 'everybody' ? {} : choice
  // One starter at a time: the second waits here and then finds the round open.
  await sql`lock table checks.round in share row exclusive mode`.execute(tx)
  const open = await checks
    .selectFrom('checks.round')
    .select('id')
    .where('status', 'in', ['running', 'paused'])
    .executeTakeFirst()
  if (open) return refuse({ code: 'checks/round-open', kind: 'conflict' })
  const { last } = await checks
    .selectFrom('checks.round')
    .select(sql<number>`coalesce(max(number), 0)::int`.as('last'))
    .executeTakeFirstOrThrow()
  const id = newId<'round'>()
  const { answerWithinHours, remindAfterHours } = needs.community.profile
  await checks
    .insertInto('checks.round')
    .values({
      id,
      number: last + 1,
      status: 'running',
      started_at: now,
      started_by: actorLabel(scope.actor),
      answer_within_hours: answerWithinHours,
      remind_after_hours: remindAfterHours,
      paused_at: null,
      paused_for_ms: 0,
      closed_at: null,
      is_whole: limit.kind === undefined && limit.group === undefined,
      limited_kind: limit.kind ?? null,
      limited_group: limit.group ?? null,
    })
    .execute()
  // The date that was chosen was this round's.
  await checks.deleteFrom('checks.plan').execute()
  const { entries, seen, isPart } = await insertEntries(scope, needs, id, choice)
  if (limit.seen !== undefined && seen !== limit.seen)
    return refuse({ code: 'checks/choice-changed', kind: 'conflict' })
  if (entries === 0) return refuse({ code: 'checks/nobody-to-check', kind: 'conflict' })
  if (isPart)
    await checks
      .updateTable('checks.round')
      .set({ is_whole: false, chosen: entries })
      .where('id', '=', id)
      .execute()
  const content = {
    number: last + 1,
    checks: entries,
    ...(limit.kind === undefined ? {} : { kind: limit.kind }),
    ...(limit.group === undefined ? {} : { group: limit.group }),
    ...(isPart ? { chosen: entries } : {}),
    remindAt: after(now, remindAfterHours * hour).toISOString(),
  }
  return done(id, [{ verb: 'round.started', subject: `round:${id}`, content }])
}

/** From so many on, the planner must know of them at once: it read all of a new round for each outcome written. */
const manyEntries = 1_000

/** Writes checks and messages page by page: what is held at once does not grow with the round. */
async function insertEntries(
  scope: ActionScope,
  needs: StartNeeds,
  round: RoundId,
  choice: Wanted | 'everybody',
) {
  const { tx, now } = scope
  const seen = seeing()
  const schedule = openSchedule(needs.pace, now)
  let entries = 0
  let isPart = false
  for await (const page of pagesOfCandidates(scope, needs.community, choice === 'everybody' ? {} : choice)) {
    const chosen = choice === 'everybody' ? page : chosenOf(page)
    isPart ||= page.some(({ isFresh, isChosen }) => !isFresh && !isChosen)
    entries += chosen.length
    chosen.forEach(seen.see)
    const checks = chosen.map((candidate) => ({ ...candidate, check: newId<'check'>() }))
    await insertChecks(tx, round, checks)
    await insertMessages(tx, needs.keys, round, checks, now, schedule)
  }
  if (entries >= manyEntries) await sql`select checks.know_size()`.execute(tx)
  return { entries, seen: seen.word(), isPart }
}

type NewCheck = Candidate & { readonly check: CheckId }

async function insertChecks(tx: Tx, round: RoundId, checks: readonly NewCheck[]): Promise<void> {
  await sql`
    insert into checks.check (id, round_id, state, entry_id, kind, language, beside, status, reachable_by)
    select id, ${round}, state, entry, kind, language, beside, 'waiting', reachable_by
    from unnest(
      ${checks.map(({ check }) => check)}::uuid[],
      ${checks.map(({ entry }) => entry.state)}::text[],
      ${checks.map(({ entry }) => entry.id)}::uuid[],
      ${checks.map(({ entry }) => entry.kind)}::text[],
      ${checks.map(({ language }) => language)}::text[],
      ${checks.map(({ beside }) => beside ?? null)}::text[],
      ${checks.map(({ emails }) => (emails.length > 0 ? 'email' : 'phone'))}::text[]
    ) as chosen (id, state, entry, kind, language, beside, reachable_by)`.execute(tx)
}

async function insertMessages(
  tx: Tx,
  keys: Keys,
  round: RoundId,
  checks: readonly NewCheck[],
  now: Date,
  schedule: (address: string) => Date,
): Promise<void> {
  let unwritten = checks.flatMap(({ entry, check }) =>
    entry.addresses
      .filter(({ channel }) => channel === 'email')
      .map((address) => ({
        check,
        state: entry.state,
        address,
        dueAt: schedule(address.value).toISOString(),
      })),
  )
  // A code of eleven digits that another message has already: this one gets another id, and so another code.
  while (unwritten.length > 0) {
    const messages = unwritten.map((message) => ({ ...message, id: newId<'message'>() }))
    const { rows } = await sql<{ id: string }>`
      insert into checks.message
        (id, check_id, round_id, state, address_id, address, code_digest, status, queued_at, due_at)
      select id, check_id, ${round}, state, address_id, address, code_digest, 'queued', ${now}, due_at
      from unnest(
        ${messages.map(({ id }) => id)}::uuid[],
        ${messages.map(({ check }) => check)}::uuid[],
        ${messages.map(({ state }) => state)}::text[],
        ${messages.map(({ address }) => address.id)}::uuid[],
        ${messages.map(({ address }) => address.value)}::text[],
        ${messages.map(({ id }) => codeDigest(keys, codeOf(keys, id)))}::text[],
        ${messages.map(({ dueAt }) => dueAt)}::timestamptz[]
      ) as chosen (id, check_id, state, address_id, address, code_digest, due_at)
      on conflict (code_digest) do nothing returning id`.execute(tx)
    const written = new Set(rows.map(({ id }) => id))
    unwritten = messages.filter(({ id }) => !written.has(id))
  }
}

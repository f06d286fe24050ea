import { after, hour, newId, refuse, type Result } from '@parley/kernel'
import { sql } from 'kysely'
import type { Keys } from '../../platform/config/keys.ts'
import { type ActionScope, done, type Done } from '../../platform/action.ts'
import type { Pace } from '../../platform/mail/post.ts'
import { actorLabel } from '../../platform/session/actor.ts'
import type { Community } from '../community/index.ts'
import { type Candidate, type Choice, chosenOf, listCandidates } from './choose-entries.ts'
import type { MessageId, RoundId } from './domain/check.ts'
import { scheduleOf } from './domain/pace.ts'
import { checksTables } from './store.ts'
import { codeDigest, codeOf } from './tokens.ts'

export interface StartNeeds {
  readonly keys: Keys
  readonly community: Community
  readonly pace?: Pace | undefined
}

/**
 * POC-17: contacts every POC, or those that the manager chose. Refused while another round is open or when there is
 * nobody to contact.
 */
export async function startRound(
  scope: ActionScope,
  { keys, community, pace }: StartNeeds,
  choice: Choice | 'everybody' = 'everybody',
): Promise<Result<Done<RoundId>>> {
  const { tx, now } = scope
  const checks = checksTables(tx)
  // One starter at a time: the second waits here and then finds the round open.
  await sql`lock table checks.round in share row exclusive mode`.execute(tx)
  const open = await checks
    .selectFrom('checks.round')
    .select('id')
    .where('status', 'in', ['running', 'paused'])
    .executeTakeFirst()
  if (open) return refuse({ code: 'checks/round-open', kind: 'conflict' })
  const limit = choice === 'everybody' ? {} : choice
  const candidates = await listCandidates(scope, community, limit)
  const entries = choice === 'everybody' ? candidates : chosenOf(candidates)
  const isPart = candidates.some(({ isFresh, isChosen }) => !isFresh && !isChosen)
  if (entries.length === 0) return refuse({ code: 'checks/nobody-to-check', kind: 'conflict' })

  const { last } = await checks
    .selectFrom('checks.round')
    .select(sql<number>`coalesce(max(number), 0)::int`.as('last'))
    .executeTakeFirstOrThrow()
  const id = newId<'round'>()
  const { answerWithinHours, remindAfterHours } = community.profile
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
      is_whole: !isPart && limit.kind === undefined && limit.group === undefined,
      limited_kind: limit.kind ?? null,
      limited_group: limit.group ?? null,
      chosen: isPart ? entries.length : null,
    })
    .execute()
  // The date that was chosen was this round's.
  await checks.deleteFrom('checks.plan').execute()

  const rows = entries.map((candidate) => rowsOf(keys, id, candidate, now))
  for (const chunk of chunks(rows.map((row) => row.check)))
    await checks.insertInto('checks.check').values(chunk).execute()
  const messages = rows.flatMap((row) => row.messages)
  const due = scheduleOf(
    messages.map(({ address }) => address),
    pace,
    now,
  )
  for (const chunk of chunks(messages.map((message, index) => ({ ...message, due_at: due[index] ?? now })))) {
    await checks.insertInto('checks.message').values(chunk).execute()
  }
  const content = {
    number: last + 1,
    checks: entries.length,
    ...(limit.kind === undefined ? {} : { kind: limit.kind }),
    ...(limit.group === undefined ? {} : { group: limit.group }),
    ...(isPart ? { chosen: entries.length } : {}),
    remindAt: after(now, remindAfterHours * hour).toISOString(),
  }
  return done(id, [{ verb: 'round.started', subject: `round:${id}`, content }])
}

function rowsOf(keys: Keys, round: RoundId, { entry, language }: Candidate, now: Date) {
  const check = newId<'check'>()
  const emails = entry.addresses.filter(({ channel }) => channel === 'email')
  return {
    check: {
      id: check,
      round_id: round,
      state: entry.state,
      entry_id: entry.id,
      kind: entry.kind,
      language,
      status: 'waiting',
      reachable_by: emails.length > 0 ? 'email' : 'phone',
      clock_started_at: null,
      answered_at: null,
      answered_by: null,
      relation: null,
      remark: null,
      withdrawn_at: null,
      instead: null,
    },
    messages: emails.map((address) => {
      const id: MessageId = newId()
      return {
        id,
        check_id: check,
        round_id: round,
        state: entry.state,
        address_id: address.id,
        address: address.value,
        code_digest: codeDigest(keys, codeOf(keys, id)),
        status: 'queued',
        queued_at: now,
        due_at: now,
        attempts: 0,
        sent_at: null,
        cause: null,
        reminder: 'none',
        reminder_due_at: null,
        delayed_at: null,
        tried_at: null,
      }
    }),
  }
}

/** PostgreSQL takes 65,535 parameters at most. */
function chunks<Row>(rows: readonly Row[], size = 1_000): readonly Row[][] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, index) =>
    rows.slice(index * size, (index + 1) * size),
  )
}

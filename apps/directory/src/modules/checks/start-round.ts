import { after, hour, type Languages, newId, refuse, type Result } from '@parley/kernel'
import { sql } from 'kysely'
import type { Keys } from '../../platform/config/keys.ts'
import { type ActionScope, done, type Done } from '../../platform/action.ts'
import { actorLabel } from '../../platform/session/actor.ts'
import { type Community, listParticipating } from '../community/index.ts'
import { type Entry, letterLanguage, listEntries } from '../directory/index.ts'
import type { MessageId, RoundId } from './domain/check.ts'
import { checksTables } from './store.ts'
import { codeDigest, codeOf } from './tokens.ts'

/** Who a round would reach: every live entry of the States that take part. */
export async function listEntriesToCheck({ tx }: Pick<ActionScope, 'tx'>): Promise<readonly Entry[]> {
  const participating = await listParticipating(tx)
  const entries = await listEntries(tx, {})
  return entries.filter((entry) => participating.has(entry.state))
}

/** POC-17: contacts every POC. Refused while another round is open or when there is nobody to contact. */
export async function startRound(
  scope: ActionScope,
  { keys, community }: { readonly keys: Keys; readonly community: Community },
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
  const entries = await listEntriesToCheck(scope)
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
    })
    .execute()

  const rows = entries.map((entry) => rowsOf(keys, id, entry, community.profile.languages, now))
  for (const chunk of chunks(rows.map((row) => row.check)))
    await checks.insertInto('checks.check').values(chunk).execute()
  for (const chunk of chunks(rows.flatMap((row) => row.messages))) {
    await checks.insertInto('checks.message').values(chunk).execute()
  }
  const content = {
    number: last + 1,
    checks: entries.length,
    remindAt: after(now, remindAfterHours * hour).toISOString(),
  }
  return done(id, [{ verb: 'round.started', subject: `round:${id}`, content }])
}

function rowsOf(keys: Keys, round: RoundId, entry: Entry, languages: Languages, now: Date) {
  const check = newId<'check'>()
  const emails = entry.addresses.filter(({ channel }) => channel === 'email')
  return {
    check: {
      id: check,
      round_id: round,
      state: entry.state,
      entry_id: entry.id,
      kind: entry.kind,
      language: letterLanguage(entry, languages),
      status: 'waiting',
      reachable_by: emails.length > 0 ? 'email' : 'phone',
      clock_started_at: null,
      answered_at: null,
      answered_by: null,
      relation: null,
      remark: null,
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

import { type Id, parseId, refuse, type Result } from '@parley/kernel'
import type { FailureCause } from '@parley/mail'
import { type ActionScope, done, type Done } from '../../platform/action.ts'
import type { Act } from '../../platform/history/record.ts'
import { acknowledge } from './acknowledge-check.ts'
import { isWaiting, verdictOf } from './receive-mail.ts'
import { recordDelivery } from './record-delivery.ts'
import { checksTables, findCheck, findMessage, known, type MessageOfCheck, relationIn } from './store.ts'

export const mailDecisions = [
  'answer',
  'automatic',
  'dead-address',
  'mailbox-full',
  'undelivered',
  'nothing',
] as const
type MailDecision = (typeof mailDecisions)[number]

interface DecidedMail {
  /** The digest under which the mail was taken in. */
  readonly received: string
  /** Its name in the folder "to be read". */
  readonly liesAt: string
  readonly decision: MailDecision
  readonly message: Id<'message'> | undefined
}

/**
 * What the manager makes of a mail that no rule recognised. It counts as of the time when it came; it leaves the
 * folder "to be read" afterwards, when no transaction is open.
 */
export async function decideMail(scope: ActionScope, mail: DecidedMail): Promise<Result<Done<undefined>>> {
  const row = await checksTables(scope.tx)
    .selectFrom('checks.received')
    .selectAll()
    .where('id', '=', mail.received)
    .forUpdate()
    .executeTakeFirst()
  if (row && !isWaiting(verdictOf(row.verdict)))
    return refuse({ code: 'checks/mail-decided', kind: 'conflict' })
  const [message] = mail.message ? await findMessage(scope.tx, { id: mail.message }) : []
  const needsMessage = mail.decision !== 'automatic' && mail.decision !== 'nothing'
  if (needsMessage && !message)
    return refuse({ code: 'checks/message-needed', kind: 'invalid', field: 'message' })
  // From any other address than the one that the intake compared it with, it proves receipt and nothing more.
  const relation = row && row.message_id === message?.message ? relationIn(row.relation) : 'elsewhere'
  const at = row?.at ?? scope.now
  const became = message
    ? await carryOut({ ...scope, now: at }, mail.decision, message, relation ?? 'elsewhere')
    : nothingMore
  const values = {
    verdict: verdictAfter[mail.decision],
    relation: mail.decision === 'answer' ? (relation ?? 'elsewhere') : null,
    lies_at: mail.liesAt,
    ...(message ? { check_id: message.check, message_id: message.message } : {}),
  }
  await checksTables(scope.tx)
    .insertInto('checks.received')
    .values({ id: mail.received, at, check_id: null, message_id: null, ...values })
    .onConflict((known) => known.column('id').doUpdateSet(values))
    .execute()
  const line = {
    verb: `mail.decided.${mail.decision}`,
    ...(await matterOf(scope, mail.received, message, row)),
  }
  return done(undefined, [line, ...became.acts], became.events)
}

const verdictAfter = {
  answer: 'acknowledged',
  automatic: 'automatic',
  'dead-address': 'report',
  'mailbox-full': 'report',
  undelivered: 'report',
  nothing: 'nothing',
} as const satisfies Readonly<Record<MailDecision, string>>

const nothingMore: Pick<Done<unknown>, 'acts' | 'events'> = { acts: [], events: [] }

async function carryOut(
  scope: ActionScope,
  decision: MailDecision,
  message: MessageOfCheck,
  relation: 'same-address' | 'same-domain' | 'elsewhere',
): Promise<Pick<Done<unknown>, 'acts' | 'events'>> {
  if (decision === 'automatic' || decision === 'nothing') return nothingMore
  if (decision === 'answer') {
    const answer = { by: 'reply', address: message.addressId, relation } as const
    const result = await acknowledge(scope, message.check, answer)
    return result.ok ? result.value : nothingMore
  }
  const cause: FailureCause = decision === 'undelivered' ? 'other' : decision
  return { acts: await recordDelivery(scope, message, { action: 'failed', cause }), events: [] }
}

/** The check of the line in the history, and its State; a mail that belongs to none is the manager's matter alone. */
export async function matterOf(
  { tx }: Pick<ActionScope, 'tx'>,
  received: string,
  message: MessageOfCheck | undefined,
  row: { readonly check_id: string | null } | undefined,
): Promise<Pick<Act, 'subject' | 'state'>> {
  if (message) return { subject: `check:${message.check}`, state: message.state }
  if (!row?.check_id) return { subject: `mail:${received}` }
  const check = known(await findCheck(tx, known(parseId<'check'>(row.check_id))))
  return { subject: `check:${check.id}`, state: check.state }
}

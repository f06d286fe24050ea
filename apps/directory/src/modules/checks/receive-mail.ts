import { createHash } from 'node:crypto'
import { findCodes, minute, type Result, second } from '@parley/kernel'
import { type Delivery, judgeMail, parseMail, type ReceivedMail } from '@parley/mail'
import { type ActionScope, asDuty, type Done, type Performer, unchanged } from '../../platform/action.ts'
import type { Keys } from '../../platform/config/keys.ts'
import { domainOf } from '../../platform/mail/post.ts'
import { acknowledge } from './acknowledge-check.ts'
import type { MessageId, Relation } from './domain/check.ts'
import { recordDelivery } from './record-delivery.ts'
import { checksTables, findMessage, type MessageOfCheck } from './store.ts'
import { codeDigest, mailUses, readToken, type TokenUse } from './tokens.ts'

/** What was concluded from a mail; with the time and the relation it is all that is kept (RULE-1). */
const verdicts = [
  'acknowledged',
  'automatic',
  'report',
  'to-be-read',
  'probably-automatic',
  'nothing',
] as const
type Verdict = (typeof verdicts)[number]

export const waitingVerdicts: readonly Verdict[] = ['to-be-read', 'probably-automatic']

/** Whether the mail lies in "to be read", for the manager to decide. */
export function isWaiting(verdict: Verdict): boolean {
  return waitingVerdicts.includes(verdict)
}

/** Reads one mail from the mailbox and does what it asks for. Told twice of the same mail, it does nothing more. */
export type ReceiveMail = (raw: Uint8Array, receivedAt: Date) => Promise<Verdict>

export function openIntake(performer: Performer, keys: Keys): ReceiveMail {
  return async (raw, receivedAt) => {
    const parsed = await parseMail(raw)
    const id = receivedId(keys, parsed.ok ? parsed.value.messageId : undefined, raw)
    const result = await performer.perform(asDuty('read-mail', receivedAt), (scope) =>
      receive(scope, keys, id, parsed.ok ? parsed.value : undefined),
    )
    return result.ok ? result.value : 'to-be-read'
  }
}

/** What a mail is known by afterwards: a digest of its own id, or of all of it where it has none. */
export function receivedId(keys: Keys, messageId: string | undefined, raw: Uint8Array): string {
  return keys.digest('received', messageId || digestOf(raw))
}

async function receive(
  scope: ActionScope,
  keys: Keys,
  id: string,
  mail: ReceivedMail | undefined,
): Promise<Result<Done<Verdict>>> {
  const before = await checksTables(scope.tx)
    .selectFrom('checks.received')
    .select('verdict')
    .where('id', '=', id)
    .executeTakeFirst()
  if (before) return unchanged(verdictOf(before.verdict))
  const conclusion = mail ? await conclude(scope, keys, mail) : waits
  await checksTables(scope.tx)
    .insertInto('checks.received')
    .values({
      id,
      at: scope.now,
      verdict: conclusion.verdict,
      relation: conclusion.relation ?? null,
      check_id: conclusion.message?.check ?? null,
      message_id: conclusion.message?.message ?? null,
      lies_at: null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
  return { ok: true, value: { value: conclusion.verdict, acts: conclusion.acts, events: conclusion.events } }
}

interface Conclusion extends Pick<Done<unknown>, 'acts' | 'events'> {
  readonly verdict: Verdict
  readonly message?: MessageOfCheck
  readonly relation?: Relation
}

const nothing = { acts: [], events: [] }
const waits: Conclusion = { verdict: 'to-be-read', ...nothing }

/** A bounce is recognised before anything is threaded: it quotes our code and carries our ids. */
async function conclude(scope: ActionScope, keys: Keys, mail: ReceivedMail): Promise<Conclusion> {
  const judgement = judgeMail(mail)
  if (judgement.kind === 'report') return concludeReport(scope, keys, mail, judgement.deliveries)
  const message = await findAnswered(scope, keys, mail)
  if (!message) return waits
  if (judgement.kind === 'automatic') return { verdict: 'automatic', message, ...nothing }
  const relation = relationOf(mail, message)
  if (judgement.kind === 'unsure') return { ...waits, message, relation }
  // So soon only a plain confirmation counts: absence notes without any header are written in words without end.
  if (judgement.says !== 'came' && isWithinAMinute(message, scope.now))
    return { verdict: 'probably-automatic', message, relation, ...nothing }
  const answer = { by: 'reply' as const, address: message.addressId, relation }
  const result = await acknowledge(scope, message.check, answer)
  if (!result.ok) return { ...waits, message }
  return { verdict: 'acknowledged', message, relation, acts: result.value.acts, events: result.value.events }
}

/** A report is believed at the message's own return path, or when it names the recipient that we wrote to. */
async function concludeReport(
  scope: ActionScope,
  keys: Keys,
  mail: ReceivedMail,
  deliveries: readonly Delivery[],
): Promise<Conclusion> {
  const atReturnPath = readAny(keys, 'return', mail.recipients.map(localDetail))
  const returned = readMessageId(keys, [localPart(mail.returned?.messageId ?? '')])
  const id = atReturnPath ?? returned
  const [message] = id ? await findMessage(scope.tx, { id }) : []
  if (!message || deliveries.length === 0) return waits
  const believed = deliveries.filter(
    ({ originalRecipient }) =>
      atReturnPath !== undefined || originalRecipient === message.address.toLowerCase(),
  )
  if (believed.length === 0) return { ...waits, message }
  const acts = []
  for (const delivery of believed) acts.push(...(await recordDelivery(scope, message, delivery)))
  return { verdict: 'report', message, acts, events: [] }
}

/** The check that a mail answers: its own reply address, then the Message-ID it answers, then a code of one check. */
async function findAnswered(
  scope: ActionScope,
  keys: Keys,
  mail: ReceivedMail,
): Promise<MessageOfCheck | undefined> {
  const threads = [...mail.inReplyTo, ...mail.references].map(localPart)
  const id = readAny(keys, 'answer', mail.recipients.map(localDetail)) ?? readMessageId(keys, threads)
  if (id) return (await findMessage(scope.tx, { id }))[0]
  const codes = findCodes(`${mail.subject}\n${withoutQuoteMarks(mail.text)}`)
  if (codes.length > mostCodes) return undefined
  const found = await findMessage(scope.tx, { codeDigests: codes.map((code) => codeDigest(keys, code)) })
  return new Set(found.map(({ check }) => check)).size === 1 ? found[0] : undefined
}

/** A quoted line that was wrapped tears the code; its marks stand in between. */
function withoutQuoteMarks(text: string): string {
  return text.replace(/^[> \t]{1,40}/gm, '')
}

// Somebody who answers has one code, and a few with the thread below; a thousand are guesses.
const mostCodes = 20

function relationOf(mail: ReceivedMail, message: MessageOfCheck): Relation {
  const address = message.address.toLowerCase()
  const from = mail.from[0]?.address ?? ''
  if (from === address) return 'same-address'
  return domainOf(from) === domainOf(address) ? 'same-domain' : 'elsewhere'
}

/** The mail server's clock, which says when a mail came, may be a little behind ours. */
function isWithinAMinute(message: MessageOfCheck, now: Date): boolean {
  return message.wentOutAt
    .map((at) => now.getTime() - at.getTime())
    .some((ago) => -5 * minute < ago && ago < 60 * second)
}

/** The message whose check, reminder or correction has one of these as its Message-ID. */
function readMessageId(keys: Keys, threads: readonly string[]): MessageId | undefined {
  for (const use of mailUses) {
    const id = readAny(keys, use, threads)
    if (id) return id
  }
  return undefined
}

function readAny(keys: Keys, use: TokenUse, tokens: readonly string[]): MessageId | undefined {
  for (const token of tokens) {
    const id = readToken(keys, use, token)
    if (id) return id
  }
  return undefined
}

/** `token` of `<token@domain>`. */
function localPart(messageId: string): string {
  return messageId.replace(/^</, '').split('@')[0] ?? ''
}

/** `detail` of `mailbox+detail@domain`. */
function localDetail(address: string): string {
  return localPart(address).split('+').slice(1).join('+')
}

function digestOf(raw: Uint8Array): string {
  return createHash('sha256').update(raw).digest('hex')
}

export function verdictOf(text: string): Verdict {
  return verdicts.find((verdict) => verdict === text) ?? 'to-be-read'
}

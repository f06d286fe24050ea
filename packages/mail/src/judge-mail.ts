import { causeOfFailure, type FailureCause } from './failure-cause.ts'
import { isFromMailSystem } from './mail-system.ts'
import { saysPlainlyThatItCame } from './plain-receipt.ts'
import type { DeliveryAction, DeliveryReport, ReceivedMail } from './received-mail.ts'
import { signalsOf, speaksForPerson, type Signal } from './signals.ts'

/** What a mail is. A bounce is recognised before anything else: it quotes our code and carries our ids. */
export type Judgement =
  /** Without deliveries: a report that says nothing readable about any. */
  | { readonly kind: 'report'; readonly deliveries: readonly Delivery[] }
  | { readonly kind: 'automatic'; readonly signals: readonly Signal[] }
  /** The signs disagree: a person must look. */
  | { readonly kind: 'unsure'; readonly signals: readonly Signal[] }
  | { readonly kind: 'personal'; readonly says: PersonSays }

/** Beside a code: `nothing`, shortly and plainly that the message `came`, or anything `else`. */
type PersonSays = 'nothing' | 'came' | 'else'

export interface Delivery {
  /** `failed` ends the delivery whatever the status; `delayed` does not. */
  readonly action: DeliveryAction
  readonly status?: string
  readonly cause: FailureCause
  readonly originalRecipient?: string
  readonly finalRecipient?: string
}

/** Decides from the mail alone whether a report, a program or a person wrote it. Signals, not proof. */
export function judgeMail(mail: ReceivedMail): Judgement {
  if (isReport(mail)) return { kind: 'report', deliveries: mail.reports.map(toDelivery) }

  const signals = signalsOf(mail)
  const count = (weight: Signal['weight']) => signals.filter((signal) => signal.weight === weight).length
  const addsNothing = isNothingBesideCodes(mail.ownText)

  const inHeaders = count('stamp') + count('hint') + count('aside')
  const confirms = speaksForPerson(mail)

  if (count('proof') > 0) return { kind: 'automatic', signals }
  if (count('strong-wording') > 0)
    return { kind: confirms && inHeaders === 0 ? 'unsure' : 'automatic', signals }
  if (count('weak-wording') > (inHeaders > 0 ? 0 : 1))
    return { kind: confirms ? 'unsure' : 'automatic', signals }
  if (count('stamp') > 0) return { kind: addsNothing ? 'automatic' : 'unsure', signals }
  if (count('weak-wording') + count('hint') > 0) return { kind: 'unsure', signals }
  if (count('topic-wording') > 0 && !confirms) return { kind: 'unsure', signals }
  const says = addsNothing ? 'nothing' : saysPlainlyThatItCame(mail) ? 'came' : 'else'
  if (says === 'else' && namesAnotherAddress(mail))
    return { kind: 'unsure', signals: [{ name: 'another-address', weight: 'topic-wording' }] }
  return { kind: 'personal', says }
}

/** "Write to her instead" is said by people, and by the mailboxes of those who left or moved. */
function namesAnotherAddress(mail: ReceivedMail): boolean {
  const named = mail.ownText.slice(0, 4_000).match(/[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,100}/g) ?? []
  const writers = mail.from.map(({ address }) => address)
  return named.some((address) => !writers.includes(address.toLowerCase().replace(/\.$/, '')))
}

function isReport(mail: ReceivedMail): boolean {
  if (mail.reports.length > 0) return true
  if (/^multipart\/report;.*report-type="?delivery-status/.test(mail.contentType)) return true
  return isFromMailSystem(mail) && bounceSubject.test(mail.subject)
}

const bounceSubject =
  /^(?:undeliver|delivery status notification|mail delivery|failure notice|returned mail|delivery failure|warning: (?:message|could not send)|mail system error|(?:\[postmaster\] )?email delivery failure|non remis|échec de la remise|no se puede entregar|no entregado|недоставлен|не удается доставить|не удалось доставить|无法送达|未送达|系统退信|退信|تعذر (?:ال)?تسليم|غير قابل للتسليم)/i

function toDelivery({ diagnostic, ...report }: DeliveryReport): Delivery {
  return { ...report, cause: causeOfFailure(report.status, diagnostic) }
}

/** Digits, punctuation and signs may be a code or a signature's rule; letters are somebody's words. */
function isNothingBesideCodes(ownText: string): boolean {
  return !/\p{L}/u.test(ownText)
}

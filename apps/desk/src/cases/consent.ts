import { fold, refuse, type Result, ok } from '@parley/kernel'
import type { KnownLine, Line, Recipient, Side } from '../record/events.ts'
import type { Case } from './case.ts'
import { isInDoubt } from './mail-warnings.ts'

const sides = ['ours', 'theirs'] as const

/** What the two States exchanged: by message, call, meeting or letter. */
export type ExchangedLine = KnownLine<'message.sent' | 'message.received' | 'exchange.noted'>

export function isExchanged(line: Line): line is ExchangedLine {
  return (
    line.known &&
    (line.what === 'message.sent' || line.what === 'message.received' || line.what === 'exchange.noted')
  )
}

/** RULE-5: anybody outside the governments of the two States, another State's government among them. */
export function isThirdParty(recipient: Recipient, { counterpart }: Case): boolean {
  switch (recipient.kind) {
    case 'internal':
      return false
    case 'counterpart':
      return recipient.state !== counterpart.state
    case 'third-party':
      return true
  }
}

/**
 * RULE-5, POC-35: whether these lines of a case may go to this recipient. To a third party only what both sides
 * consented to, each line of it; the refusal says whose consent is missing.
 */
export function decideConsent(
  each: Case,
  lines: readonly ExchangedLine[],
  recipient: Recipient,
  now: Date,
): Result<undefined> {
  if (!isThirdParty(recipient, each)) return ok(undefined)
  const missing = sides.filter((side) => !isConsented(each, lines, recipient.name, side, now))
  if (missing.length === 0) return ok(undefined)
  const code = missing.length === 2 ? 'desk/consent-missing' : `desk/consent-missing-${missing[0] ?? 'ours'}`
  return refuse({ code, kind: 'forbidden' })
}

/** Of a case in which nothing was exchanged, that it exists is what would be told: it takes a consent, too. */
function isConsented(
  each: Case,
  lines: readonly ExchangedLine[],
  recipient: string,
  side: Side,
  now: Date,
): boolean {
  const consents = each.consents.filter(
    (consent) =>
      consent.side === side &&
      new Date(consent.on) <= now &&
      (consent.with === undefined || fold(consent.with) === fold(recipient)),
  )
  const covers = (line: ExchangedLine) =>
    isMarkedOpen(line, side) || consents.some((consent) => isCovered(line, consent))
  return lines.length === 0 ? consents.length > 0 : lines.every(covers)
}

/** GREEN and CLEAR are the sender's own consent, and nobody else's (TLP 2.0); of a sender in doubt they are none. */
function isMarkedOpen(line: ExchangedLine, side: Side): boolean {
  const { tlp } = line.content
  if (line.what === 'message.received' && isInDoubt(line.content.warnings ?? [])) return false
  return senderOf(line) === side && (tlp === 'GREEN' || tlp === 'CLEAR')
}

function senderOf(line: ExchangedLine): Side {
  switch (line.what) {
    case 'message.sent':
      return 'ours'
    case 'message.received':
      return 'theirs'
    case 'exchange.noted':
      return line.content.side
  }
}

/** Nobody consents to what has not been said yet. */
function isCovered({ n }: ExchangedLine, consent: Case['consents'][number]): boolean {
  return consent.lines ? consent.lines.includes(n) : n < consent.n
}

/** What one side's consent to a line being shared rests on: its own marking as the sender, and what was recorded. */
export function consentsTo(each: Case, line: ExchangedLine, side: Side) {
  return {
    isMarked: isMarkedOpen(line, side),
    recorded: each.consents.filter((consent) => consent.side === side && isCovered(line, consent)),
  }
}

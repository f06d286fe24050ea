import { ok, refuse, type Result } from '@parley/kernel'
import type { KeptFile, KnownLine, Line, Recipient, What } from '../record/events.ts'
import type { Case } from './case.ts'
import { decideConsent, isExchanged, isThirdParty } from './consent.ts'

/** What leaves the Desk, as data: a page, a CSV or a JSON file says the same. */
export interface HandOut {
  readonly recipient: Recipient
  readonly at: Date
  /** Of the own office; nobody else is told who took it out. */
  readonly by?: string
  readonly cases: readonly HandedCase[]
}

export interface HandedCase {
  readonly title?: string
  readonly reference?: string | undefined
  readonly counterpart: Case['counterpart']
  readonly nature: Case['nature']
  /** Counted anew: a number that is missing would tell that something was left out. */
  readonly lines: readonly HandedLine[]
}

export interface HandedLine {
  readonly number: number
  readonly at: Date
  readonly what: What
  readonly by?: string
  readonly content: Readonly<Record<string, unknown>>
  readonly files: readonly KeptFile[]
}

export interface Wish {
  readonly cases: readonly Case[]
  readonly recipient: Recipient
  readonly at: Date
  readonly by: string
  /** Only these lines, where a single message is forwarded. */
  readonly lines?: readonly number[]
}

/** POC-22, POC-20: what the own State does with a case is its own matter, whoever asks. */
const neverHandedOut: ReadonlySet<string> = new Set<What>(['case.escalated'])

/** What the other side knows as well. */
const shared: ReadonlySet<string> = new Set<What>([
  'message.sent',
  'message.received',
  'exchange.noted',
  'case.acknowledged',
  'case.answered',
  'case.estimated',
  'case.timed',
  'case.led',
  'channel.proposed',
  'channel.agreed',
  'channel.declined',
])

/** RULE-5: what of these cases may go to this recipient, or whose consent is missing. */
export function decideHandOut({ cases, recipient, at, by, lines }: Wish): Result<HandOut> {
  if (cases.length === 0) return refuse({ code: 'desk/nothing-to-hand-out', kind: 'absent' })
  for (const each of cases) {
    const consent = decideConsent(each, wanted(each, lines).filter(isExchanged), recipient, at)
    if (!consent.ok) return consent
  }
  const isInternal = recipient.kind === 'internal'
  return ok({
    recipient,
    at,
    ...(isInternal && { by }),
    cases: cases.map((each) => handedCase(each, wanted(each, lines), recipient)),
  })
}

function wanted(each: Case, lines: readonly number[] | undefined): readonly Line[] {
  return lines ? each.lines.filter(({ n }) => lines.includes(n)) : each.lines
}

function handedCase(each: Case, lines: readonly Line[], recipient: Recipient): HandedCase {
  const isInternal = recipient.kind === 'internal'
  const isThird = isThirdParty(recipient, each)
  const isHanded = (line: Line) => {
    if (neverHandedOut.has(line.what)) return false
    if (isInternal) return true
    return isThird ? isExchanged(line) : shared.has(line.what)
  }
  return {
    ...(isInternal && { title: each.title }),
    reference: each.reference,
    counterpart: each.counterpart,
    nature: each.nature,
    lines: lines
      // What this version does not know may be anything, an escalation among it.
      .filter((line) => line.known)
      .filter(isHanded)
      .map((line, at) => handedLine(line, at + 1, isInternal)),
  }
}

function handedLine(line: KnownLine, number: number, isInternal: boolean): HandedLine {
  const content = Object.entries(line.content).filter(([name]) => isInternal || !ownOffices.has(name))
  return {
    number,
    at: line.at,
    what: line.what,
    ...(isInternal && { by: line.by }),
    content: Object.fromEntries(content),
    files: line.files.filter(({ sha }) => isInternal || sha !== originalOf(line)),
  }
}

/** The e-mail as it came says which way it took to the own office. */
function originalOf(line: KnownLine): string | undefined {
  return line.what === 'message.received' ? line.content.original : undefined
}

/** What is the own office's in a line that others may have. */
const ownOffices: ReadonlySet<string> = new Set([
  'address',
  'warnings',
  'mailId',
  'signedBy',
  'original',
  'digest',
  'leaving',
])

import { after, hour } from '@parley/kernel'
import type { Content, KnownLine, Line } from '../record/events.ts'
import type { Case } from './case.ts'
import { headOf } from './head-of.ts'

/** One case from its lines; nothing where no line opens it. */
export function foldCase(id: string, lines: readonly Line[]): Case | undefined {
  const opening = lines.find((line) => line.known && line.what === 'case.opened')
  if (!opening?.known || opening.what !== 'case.opened') return undefined
  const begun: Case = {
    ...opening.content,
    id,
    openedAt: opening.at,
    lastAt: opening.at,
    isOpen: true,
    acknowledged: {},
    answered: {},
    estimated: {},
    timed: {},
    leads: {},
    consents: [],
    handedOver: [],
    escalated: [],
    lines,
  }
  return lines.reduce((folded, line) => {
    const changed = line.known ? { ...folded, ...change(folded, line) } : folded
    return line.at > changed.lastAt ? { ...changed, lastAt: line.at } : changed
  }, begun)
}

/** What a line changes in its case. */
function change(before: Case, line: KnownLine): Partial<Case> {
  const { at } = line
  switch (line.what) {
    case 'case.described':
      return { title: line.content.title }
    case 'case.clarified':
      return { nature: line.content.nature, exercise: line.content.exercise }
    case 'case.acknowledged':
      return { acknowledged: { [line.content.side]: at, ...before.acknowledged } }
    case 'case.answered':
      return { answered: { ...before.answered, [line.content.side]: { answer: line.content.answer, at } } }
    case 'case.estimated':
      return {
        estimated: { ...before.estimated, [line.content.side]: { until: new Date(line.content.until), at } },
      }
    case 'case.timed': {
      const { side, hours } = line.content
      const until = after(at, hours * hour)
      return { timed: { ...before.timed, [side]: { hours, until, at } } }
    }
    case 'case.led':
      return { leads: { ...before.leads, [line.content.side]: line.content.entity } }
    case 'case.referenced': {
      const { side, reference } = line.content
      return side === 'ours' ? { ownReference: reference } : { theirReference: reference }
    }
    case 'channel.proposed': {
      const { side, channel, detail } = line.content
      return { proposedChannel: { channel, detail, by: side, at } }
    }
    case 'channel.agreed':
      return agreeChannel(before, line.content.side, at)
    case 'channel.declined':
      return { proposedChannel: undefined }
    case 'consent.given':
      return { consents: [...before.consents, { ...line.content, n: line.n }] }
    case 'consent.withdrawn':
      return { consents: before.consents.filter(({ n }) => n !== line.content.consent) }
    case 'case.handed-over':
      return { handedOver: [...before.handedOver, { to: line.content.to, at }] }
    case 'case.taken-over':
      return { takenOverFrom: line.content.from }
    case 'case.escalated':
      return { escalated: [...before.escalated, { office: line.content.office, at }] }
    case 'case.closed':
      return { isOpen: false }
    case 'case.reopened':
      return { isOpen: true, theirClosing: undefined }
    case 'message.sent':
      return { ...threadOf(before, line), theirClosing: undefined }
    // Somebody has to look at what comes after the end.
    case 'message.received':
      return {
        ...threadOf(before, line),
        isOpen: true,
        theirClosing: isClosing(line.content) ? at : undefined,
      }
    case 'exchange.noted':
      return { theirClosing: undefined }
    default:
      return {}
  }
}

/** POC-29: nobody agrees with oneself. */
function agreeChannel(before: Case, side: string, at: Date): Partial<Case> {
  const { proposedChannel } = before
  if (!proposedChannel || proposedChannel.by === side) return {}
  return { proposedChannel: undefined, agreedChannel: { ...proposedChannel, agreedAt: at } }
}

type Mail = KnownLine<'message.sent' | 'message.received'>

/** A case that began with a call has its thread and its reference from the first message in it. */
function threadOf({ thread, reference }: Case, { content }: Mail): Partial<Case> {
  if (thread !== undefined && reference !== undefined) return {}
  const head = headOf(content.message)
  return head ? { thread: thread ?? head.thread, reference: reference ?? head.reference } : {}
}

/** What came with a warning, of a sender in doubt for one, ends nothing by itself. */
function isClosing({ message, warnings = [] }: Content<'message.received'>): boolean {
  return warnings.length === 0 && headOf(message)?.kind === 'closing'
}

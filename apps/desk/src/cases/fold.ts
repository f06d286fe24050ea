import { after, hour } from '@parley/kernel'
import type { KnownLine, Line } from '../record/events.ts'
import type { Case } from './case.ts'

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
      return { timed: { ...before.timed, [side]: { hours, until: after(at, hours * hour) } } }
    }
    case 'case.led':
      return { leads: { ...before.leads, [line.content.side]: line.content.entity } }
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
    // Somebody has to look at what comes after the end.
    case 'case.reopened':
    case 'message.received':
      return { isOpen: true }
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

import { code, type Message, type Party } from '@parley/protocol'
import type { Case } from '../cases/case.ts'
import type { Content, Side, What } from '../record/events.ts'

/** What the record says of a case, without when and by whom. */
export type Told = { readonly [W in What]: { readonly what: W; readonly content: Content<W> } }[What]

export type Channel = Content<'channel.proposed'>['channel']

/** What was said, in a message or on the telephone. */
export interface Said extends Pick<Message, 'kind' | 'values'> {
  readonly from: Pick<Party, 'ownReference'>
}

type Known = Pick<Case, 'ownReference' | 'theirReference' | 'proposedChannel' | 'agreedChannel'>

const answers = ['immediate', 'looking-into-it', 'decline', 'no-answer'] as const

/**
 * What something said by one side does in its case, each a line of its own, so that clocks and both sides can be told
 * (POC-28, POC-29, POC-33). RULE-4: an acknowledgement is a time, never an answer and never an agreement.
 */
export function messageLines(said: Said, side: Side, within: Known | undefined): readonly Told[] {
  const { kind, values, from } = said
  const lines: Told[] = []
  const reference = from.ownReference
  const known = side === 'ours' ? within?.ownReference : within?.theirReference
  if (reference !== undefined && reference !== known)
    lines.push({ what: 'case.referenced', content: { side, reference } })
  if (kind === 'acknowledgement') lines.push({ what: 'case.acknowledged', content: { side } })
  const answer = answers.find((each) => each === values['answer'])
  if (answer) lines.push({ what: 'case.answered', content: { side, answer } })
  const { estimate, 'answer-within': hours, 'lead-agency': lead, outcome } = values
  if (typeof estimate === 'string') lines.push({ what: 'case.estimated', content: { side, until: estimate } })
  if (typeof hours === 'number' && hours > 0) lines.push({ what: 'case.timed', content: { side, hours } })
  if (typeof lead === 'string') lines.push({ what: 'case.led', content: { side, entity: lead } })
  lines.push(...channelLines(said, side, within))
  // What they closed is open here until somebody has looked.
  if (kind === 'closing' && side === 'ours')
    lines.push({ what: 'case.closed', content: typeof outcome === 'string' ? { outcome } : {} })
  return lines
}

/** POC-29: only what the other side proposed can be agreed; whoever names another channel proposes it. */
function channelLines({ values }: Said, side: Side, within: Known | undefined): readonly Told[] {
  const { 'channel-step': step, 'channel-address': detail, channel } = values
  const { proposedChannel: open, agreedChannel: agreed } = within ?? {}
  const theirs = open?.by === side ? undefined : open
  const named = isChannel(channel)
    ? { side, channel, ...(typeof detail === 'string' && { detail }) }
    : undefined
  const isTheirs = theirs !== undefined && (!named || named.channel === theirs.channel)
  if (step === 'agree' && isTheirs) return [{ what: 'channel.agreed', content: { side } }]
  const declined: readonly Told[] =
    step === 'decline' && theirs ? [{ what: 'channel.declined', content: { side } }] : []
  const isKnown = named?.channel === agreed?.channel && named?.detail === agreed?.detail
  const isProposed = named && !isKnown && !(step === 'decline' && isTheirs)
  return isProposed ? [...declined, { what: 'channel.proposed', content: named }] : declined
}

export function isChannel(typed: unknown): typed is Channel {
  return typeof typed === 'string' && code('channel', typed) !== undefined
}

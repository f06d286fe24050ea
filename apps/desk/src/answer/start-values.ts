import type { Value } from '@parley/protocol'
import type { Case } from '../cases/case.ts'

/** Hours that are offered for an estimate. */
export const estimates = [1, 2, 4, 8, 12, 24, 48, 72, 168] as const

/**
 * What a message begins with where the case says it already: the channel that the other side proposed, to be agreed
 * (POC-29, POC-33), and our lead agency. Whoever writes sees it and may change it.
 */
export function startValues(
  kind: string,
  within: Case | undefined,
  query: URLSearchParams,
): Readonly<Record<string, Value>> {
  if (!within || (kind !== 'response' && kind !== 'channel')) return {}
  const { proposedChannel, leads } = within
  const step = query.get('step') ?? 'agree'
  const theirs = proposedChannel?.by === 'theirs' ? proposedChannel : undefined
  const lead = leads.ours === undefined ? {} : { 'lead-agency': leads.ours }
  if (step === 'decline') return { 'channel-step': 'decline', ...lead }
  return {
    ...(kind === 'response' && { answer: 'immediate' }),
    ...(step === 'agree' && theirs && agreeing(theirs)),
    ...(step === 'propose' && { 'channel-step': 'propose' }),
    ...lead,
  }
}

/** What a message says that agrees to a channel. */
export function agreeing({
  channel,
  detail,
}: NonNullable<Case['proposedChannel']>): Readonly<Record<string, Value>> {
  return {
    'channel-step': 'agree',
    channel,
    ...(detail !== undefined && { 'channel-address': detail }),
  }
}

/**
 * Why a delivery ended. `dead-address`: no such user or domain. `ours`: the refusal concerns the sending side
 * (policy, DMARC, spam, throttling, reverse DNS, members only). `other`: delivery is over, the address may live.
 */
export type FailureCause = 'dead-address' | 'mailbox-full' | 'ours' | 'other'

/**
 * The cause, from the enhanced status (RFC 3463, for example `5.1.1`) and the server's own words.
 * The words are heard only where the status leaves the question open.
 */
export function causeOfFailure(status: string | undefined, words: string): FailureCause {
  const heard = words.slice(0, 2_000)
  if (status !== undefined) {
    const known = causesByStatus.find(({ pattern }) => pattern.test(status))
    if (known && !(known.unless?.test(heard) ?? false)) return known.cause
  }
  return causesByWords.find(({ pattern }) => pattern.test(heard))?.cause ?? 'other'
}

/** The enhanced status that stands in a server's words, if one does. */
export function findStatus(words: string): string | undefined {
  return /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.]\d)/.exec(words.slice(0, 2_000))?.[0]
}

/** Words of a refusal that concern whoever sends, whatever the status beside them. */
export const sendingSideWords =
  /\b(spam|dmarc|dkim|spf|policy|blocked|black-?list|block-?list|rbl|dnsbl|reputation|reverse (?:dns|host ?name)|ptr record|rdns|throttl|rate.?limit|too many (?:messages|connections|recipients)|unsolicited|unauthenticated|not authenticated|members? only|only (?:accepts|members|subscribers)|not (?:a member|allowed to (?:send|post))|relay(?:ing)? (?:access )?denied|unable to relay)/i

const noSuchUser = /\b(?:no such user|user unknown|unknown user|user not found)/i

const unknownRecipientWords =
  /\b(user unknown|unknown (?:user|recipient|address|mailbox|local part)|no such (?:user|recipient|mailbox|person|address|domain|host)|(?:user|recipient|mailbox|address|account|domain|host)[^.]{0,80} (?:does not|doesn't|do not) exist|doesn't have an? \S+ account|(?:user|recipient|mailbox|address|host|domain|host or domain name)(?: \S+)? not found|recipientnotfound|mailbox unavailable|invalid (?:recipient|mailbox|user)|(?:account|mailbox)[^.]{0,60} (?:disabled|deactivated|inactive|discontinued)|no mailbox here|nxdomain|unrouteable address|address rejected: (?:access denied|undeliverable)|5\.1\.0 address rejected|nullmx|not listed in (?:domino directory|public name))/i

const causesByStatus: readonly {
  readonly pattern: RegExp
  readonly cause: FailureCause
  /** Words that take the status back to the question. */
  readonly unless?: { readonly test: (words: string) => boolean }
}[] = [
  // Some say 5.7.1 of everything that they refuse, also of a user whom they do not know.
  {
    pattern: /^[45]\.7\.\d+$/,
    cause: 'ours',
    unless: { test: (words) => noSuchUser.test(words) && !sendingSideWords.test(words) },
  },
  // 5.1.7 and 5.1.8 speak of the sender's address, 5.3.4 of the message's size, 5.6.x of what it holds.
  { pattern: /^[45]\.1\.[78]$/, cause: 'ours' },
  { pattern: /^5\.3\.4$/, cause: 'ours' },
  { pattern: /^[45]\.6\.\d+$/, cause: 'ours' },
  { pattern: /^[45]\.2\.2$/, cause: 'mailbox-full' },
  { pattern: /^5\.1\.(?:[1236]|10)$/, cause: 'dead-address', unless: sendingSideWords },
  { pattern: /^5\.2\.1$/, cause: 'dead-address', unless: sendingSideWords },
  { pattern: /^5\.4\.(?:4|310)$/, cause: 'dead-address' },
]

const causesByWords: readonly { readonly pattern: RegExp; readonly cause: FailureCause }[] = [
  { pattern: unknownRecipientWords, cause: 'dead-address' },
  {
    pattern:
      /\b(over ?quota|quota exceeded|exceeded (?:its|the|storage|their)[^.]{0,30} quota|(?:mailbox|inbox)(?: \S+)? (?:is )?full|not enough (?:storage|disk) space)/i,
    cause: 'mailbox-full',
  },
  { pattern: sendingSideWords, cause: 'ours' },
]

import type { Locale } from '@parley/kernel'
import type { Outbound } from '@parley/mail'

/** How fast the many messages of a check round may leave, so that nobody's server takes them for a flood. */
export interface Pace {
  readonly perMinute: number
  /** To one receiving domain. */
  readonly perMinuteAndDomain: number
  /** So many go first; the others wait until a fault of ours would have shown. */
  readonly firstWave: number
}

/** How mail leaves this Directory. */
export interface Post {
  readonly outbound: Outbound
  /** How many messages the relay takes at the same time. */
  readonly connections: number
  /** Without one, as fast as the relay takes them. */
  readonly pace?: Pace | undefined
  /** Who signs, in each language: the operator of the directory. */
  readonly sender: Readonly<Record<Locale, string>>
  /** The address that checks and notices come from; its domain stands in every Message-ID. */
  readonly from: string
  /** The mailbox that answers and delivery reports come back to; it must know subaddresses (`+`). */
  readonly mailbox: string
}

/** `<token@domain>`, with the domain that the mail comes from. */
export function messageId(post: Pick<Post, 'from'>, token: string): string {
  return `<${token}@${domainOf(post.from)}>`
}

/** The mailbox with a detail behind the plus: `checks+token@directory.example`. */
export function subaddress(mailbox: string, token: string): string {
  const at = mailbox.lastIndexOf('@')
  return `${mailbox.slice(0, at)}+${token}${mailbox.slice(at)}`
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1)
}

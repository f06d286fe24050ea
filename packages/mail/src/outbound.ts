import { composeMail, isPlainAddress, type OutgoingMail, withAsciiDomain } from './outgoing-mail.ts'
import { outcomeOfError, type SendOutcome } from './smtp-outcome.ts'
import { openSessions } from './smtp-sessions.ts'

/** One message as its bytes stand, to one address. */
interface ReadyMail {
  /** Envelope sender. */
  readonly returnPath: string
  readonly to: string
  readonly raw: Uint8Array
}

export interface Outbound {
  /**
   * Hands over one message. With `mayLeave`, which is asked once the relay has taken sender and recipient, it leaves
   * only when that is fulfilled; where it is rejected nothing leaves, and `send` is rejected with its reason.
   */
  send(mail: OutgoingMail, mayLeave?: () => Promise<unknown>): Promise<SendOutcome>
  /** Waits for what is in flight, then hangs up. */
  close(): Promise<void>
}

/** A pool of this package's own, which also takes what was put together elsewhere. */
interface RelayOutbound extends Outbound {
  /** Asks for notices of failure and delay alone. */
  sendReady(mail: ReadyMail, mayLeave?: () => Promise<unknown>): Promise<SendOutcome>
}

export interface OutboundOptions {
  /** How many SMTP connections at most; as many messages are in flight at most. */
  readonly connections: number
  /** Milliseconds of silence after which a connection counts as lost. RFC 5321 asks for ten minutes after DATA. */
  readonly silenceFor?: number
}

/**
 * A pool of connections to the relay at `smtpUrl` (`smtp://user:password@host:port`, `smtps:` for TLS at once).
 * Asks for notices of success, failure and delay (RFC 3461) where the relay offers it. Logs nothing.
 */
export function openOutbound(smtpUrl: string, options: OutboundOptions): RelayOutbound {
  const { connections, silenceFor = 600_000 } = options
  const sessions = openSessions(smtpUrl, { connections, silenceFor })
  const inFlight = new Set<Promise<SendOutcome>>()

  async function handOver(
    { returnPath, to }: Omit<ReadyMail, 'raw'>,
    compose: () => Promise<Uint8Array>,
    notify: readonly string[],
    mayLeave: () => Promise<unknown>,
  ): Promise<SendOutcome> {
    if (!isPlainAddress(to)) return { kind: 'refused', status: '5.1.3', cause: 'dead-address' }
    if (!isPlainAddress(returnPath)) throw new TypeError('not an address that can be a return path')
    const raw = Buffer.from(await compose())
    const envelope = {
      from: withAsciiDomain(returnPath),
      to: withAsciiDomain(to),
      dsn: noticesAbout(to, notify),
    }
    let held: { readonly reason: unknown } | undefined
    const leave = () =>
      mayLeave().catch((reason: unknown) => {
        held = { reason }
        throw reason
      })
    try {
      await sessions.send(envelope, raw, leave)
      return { kind: 'accepted' }
    } catch (error) {
      if (held) throw held.reason
      return outcomeOfError(error)
    }
  }

  const inHand = (handingOver: Promise<SendOutcome>): Promise<SendOutcome> => {
    const sending = handingOver.finally(() => inFlight.delete(sending))
    inFlight.add(sending)
    return sending
  }

  return {
    send: (mail, mayLeave = async () => undefined) =>
      inHand(handOver(mail, () => composeMail(mail), ['SUCCESS', 'FAILURE', 'DELAY'], mayLeave)),
    sendReady: (mail, mayLeave = async () => undefined) =>
      inHand(handOver(mail, async () => mail.raw, ['FAILURE', 'DELAY'], mayLeave)),
    async close() {
      await Promise.allSettled(inFlight)
      sessions.close()
    },
  }
}

function noticesAbout(recipient: string, notify: readonly string[]) {
  // RFC 3461 writes only ASCII addresses in ORCPT.
  const original = /^[\x21-\x7e]+$/.test(recipient) ? { orcpt: `rfc822;${recipient}` } : {}
  return { ret: 'HDRS', notify: [...notify], ...original }
}

import { Readable } from 'node:stream'
import { createTransport } from 'nodemailer'
import { composeMail, isPlainAddress, type OutgoingMail } from './outgoing-mail.ts'
import { outcomeOfError, type SendOutcome } from './smtp-outcome.ts'

export interface Outbound {
  send(mail: OutgoingMail): Promise<SendOutcome>
  /** Waits for what is in flight, then hangs up. */
  close(): Promise<void>
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
export function openOutbound(smtpUrl: string, options: OutboundOptions): Outbound {
  const pool = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: options.connections,
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: options.silenceFor ?? 600_000,
    // Only a message of which not a byte was sent is queued again; the caller repeats the others.
    maxRequeues: 1,
    logger: false,
  })
  // The bytes are ready: taking them through the composer's streams again would cost as much as sending them.
  pool.use('stream', ({ data, message }, done) => {
    const { raw } = data
    if (message && Buffer.isBuffer(raw)) message.createReadStream = () => Readable.from([raw])
    done()
  })
  const inFlight = new Set<Promise<SendOutcome>>()

  async function handOver(mail: OutgoingMail): Promise<SendOutcome> {
    if (!isPlainAddress(mail.to)) return { kind: 'refused', status: '5.1.3', cause: 'dead-address' }
    if (!isPlainAddress(mail.returnPath)) throw new TypeError('not an address that can be a return path')
    const raw = Buffer.from(await composeMail(mail))
    try {
      await pool.sendMail({
        raw,
        // Given here so that no random ones are made for a message that has its own.
        messageId: mail.messageId,
        baseBoundary: 'parley',
        envelope: { from: mail.returnPath, to: mail.to },
        dsn: noticesAbout(mail.to),
      })
      return { kind: 'accepted' }
    } catch (error) {
      return outcomeOfError(error)
    }
  }

  return {
    send(mail) {
      const sending = handOver(mail).finally(() => inFlight.delete(sending))
      inFlight.add(sending)
      return sending
    },
    async close() {
      await Promise.allSettled(inFlight)
      pool.close()
    },
  }
}

function noticesAbout(recipient: string) {
  // RFC 3461 writes only ASCII addresses in ORCPT.
  const original = /^[\x21-\x7e]+$/.test(recipient) ? { orcpt: `rfc822;${recipient}` } : {}
  return { ret: 'HDRS', notify: ['SUCCESS', 'FAILURE', 'DELAY'], ...original }
}

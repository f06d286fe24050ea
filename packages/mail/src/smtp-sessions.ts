import { Readable } from 'node:stream'
import { parseConnectionUrl } from 'nodemailer/lib/shared'
import SMTPConnection, { type SMTPConnectionOptions, type SMTPEnvelope } from 'nodemailer/lib/smtp-connection'

export interface SessionOptions {
  /** How many sessions at most; who comes when all are taken waits for a turn. */
  readonly connections: number
  /** Milliseconds of silence after which a connection counts as lost. */
  readonly silenceFor: number
}

/** SMTP sessions with one relay, each kept for the next message. */
export interface Sessions {
  /**
   * Hands over one message as it is, after the envelope and not before `mayLeave` is fulfilled; rejects with the
   * client's error when it was not taken.
   */
  send(envelope: SMTPEnvelope, raw: Buffer, mayLeave: () => Promise<unknown>): Promise<void>
  /** Hangs up where nothing is in flight; the other sessions hang up after their message. */
  close(): void
}

interface Session {
  readonly connection: SMTPConnection
  messages: number
  freeSince: number
  isOver: boolean
}

// Some relays take no more from one connection, and lines that are silent for long are cut unseen.
const mostMessages = 100
const longestRest = 30_000

/**
 * nodemailer's own pool composes every message again, even one that is ready, which costs as much as sending it.
 * So this uses its connection alone: one message at a time, RSET after a refusal, a new one after a fault.
 */
export function openSessions(smtpUrl: string, options: SessionOptions): Sessions {
  const free: Session[] = []
  const queue: (() => void)[] = []
  let taken = 0
  let isClosed = false

  const take = async () => {
    if (taken >= options.connections) await new Promise<void>((resolve) => queue.push(resolve))
    else taken += 1
  }
  const giveBack = () => {
    const next = queue.shift()
    if (next) next()
    else taken -= 1
  }
  const rest = (session: Session) => {
    if (session.isOver) return
    session.freeSince = performance.now()
    if (isClosed || session.messages >= mostMessages) session.connection.quit()
    else free.push(session)
  }
  const findFree = () => {
    for (;;) {
      const session = free.pop()
      if (!session || (!session.isOver && performance.now() - session.freeSince < longestRest)) return session
      session.connection.quit()
    }
  }

  return {
    async send(envelope, raw, mayLeave) {
      await take()
      try {
        const session = findFree() ?? (await connect(smtpUrl, options))
        try {
          await handOver(session, envelope, heldBack(raw, mayLeave))
        } finally {
          rest(session)
        }
      } finally {
        giveBack()
      }
    },
    close() {
      isClosed = true
      for (const { connection } of free.splice(0)) connection.quit()
    },
  }
}

async function connect(smtpUrl: string, { silenceFor }: SessionOptions): Promise<Session> {
  const { auth, ...settings } = parseConnectionUrl(smtpUrl)
  const how: SMTPConnectionOptions = {
    ...settings,
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: silenceFor,
    logger: false,
  }
  const connection = new SMTPConnection(how)
  const session: Session = { connection, messages: 0, freeSince: 0, isOver: false }
  connection.on('end', () => {
    session.isOver = true
  })
  await new Promise<void>((resolve, reject) => {
    // Faults of a message in hand come to its own callback as well; those of a resting session end it.
    connection.on('error', reject)
    connection.connect((fault) => {
      if (fault) reject(fault)
      else if (auth && connection.allowsAuth) {
        const { user, pass } = auth
        connection.login({ user, credentials: { user, pass } }, (refusal) =>
          refusal ? reject(refusal) : resolve(),
        )
      } else resolve()
    })
  }).catch((fault: unknown) => {
    connection.close()
    throw fault
  })
  return session
}

async function handOver(session: Session, envelope: SMTPEnvelope, message: Readable): Promise<void> {
  const { connection } = session
  session.messages += 1
  try {
    await new Promise<void>((resolve, reject) => {
      connection.send(envelope, message, (fault) => (fault ? reject(fault) : resolve()))
    })
  } catch (fault) {
    if (!session.isOver && isAboutMessage(fault) && (await reset(connection))) throw fault
    session.isOver = true
    connection.close()
    throw fault
  }
}

/** Asked for only once the relay waits for the message; if it may not leave, the line is cut in the middle of it. */
function heldBack(raw: Buffer, mayLeave: () => Promise<unknown>): Readable {
  return new Readable({
    read() {
      const leave = async () => {
        await mayLeave()
        this.push(raw)
        this.push(null)
      }
      leave().catch((reason: unknown) =>
        this.destroy(reason instanceof Error ? reason : new Error('held back')),
      )
    },
  })
}

/** Whether the relay refused this message and the session may go on; 421 closes it. */
function isAboutMessage(fault: unknown): boolean {
  if (!(fault instanceof Error) || !('code' in fault)) return false
  const reply = 'responseCode' in fault ? fault.responseCode : undefined
  return (fault.code === 'EENVELOPE' || fault.code === 'EMESSAGE') && reply !== undefined && reply !== 421
}

function reset(connection: SMTPConnection): Promise<boolean> {
  return new Promise((resolve) => connection.reset((fault) => resolve(!fault)))
}

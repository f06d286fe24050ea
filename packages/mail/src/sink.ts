import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { callbackify } from 'node:util'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { oneLine } from './outgoing-mail.ts'
import { parseMail } from './parse-mail.ts'

export type SinkOptions = {
  /** A loopback address: the sink takes mail from anyone who can reach it. */
  readonly host: string
  /** 0 for any free port. */
  readonly port: number
  /** Which recipients exist; the others are refused with 550 5.1.1. Every one by default. */
  readonly accept?: (address: string) => boolean
} & ({ readonly folder: string; readonly keep?: true } | { readonly keep: false })

/** A message that the sink took, as its envelope names it. */
export interface SunkMail {
  readonly id: string
  readonly from: string
  readonly to: readonly string[]
}

export interface ListedMail {
  readonly id: string
  readonly to: readonly string[]
  readonly subject: string
  readonly receivedAt: Date
}

export interface Sink {
  /** `smtp://host:port` */
  readonly url: string
  /** Messages taken since it was opened. */
  taken(): number
  /** The newest first. */
  list(limit?: number): Promise<readonly ListedMail[]>
  /** The message as a mailbox holds it (Return-Path and Delivered-To on top), if it is still there. */
  read(id: string): Promise<Uint8Array | undefined>
  /** Calls `listener` after each message taken; gives back how to stop that. */
  onMessage(listener: (mail: SunkMail) => void): () => void
  close(): Promise<void>
}

const loopback = /^(?:127(?:\.\d{1,3}){3}|localhost)$/
const kept = 2_000
const largest = 5 * 1024 * 1024

/**
 * A mail server that delivers nowhere: it keeps the newest 2,000 messages as files, or only counts them
 * (`keep: false`). For first runs, tests and benches.
 */
export async function openSink(options: SinkOptions): Promise<Sink> {
  if (!loopback.test(options.host)) throw new TypeError('a sink takes mail from anyone: loopback only')
  const store = options.keep === false ? undefined : await openStore(options.folder)
  const listeners = new Set<(mail: SunkMail) => void>()
  let taken = 0

  async function take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address
    const to = session.envelope.rcptTo.map(({ address }) => address)
    const chunks: Buffer[] = []
    for await (const chunk of stream) if (store && !stream.sizeExceeded) chunks.push(chunk)
    if (stream.sizeExceeded) throw smtpRefusal(552, '5.3.4 Message too big')
    const id = (await store?.add([traceOf(from, to), ...chunks])) ?? String(taken + 1)
    taken += 1
    for (const listener of listeners) listener({ id, from, to })
  }

  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    hideDSN: false,
    size: largest,
    closeTimeout: 1_000,
    logger: false,
    onRcptTo({ address }, _session, done) {
      done(options.accept?.(address) === false ? smtpRefusal(550, '5.1.1 User unknown') : null)
    },
    onData: callbackify(take),
  })
  // A client that hangs up in the middle is no fault of the sink.
  server.on('error', () => undefined)
  const port = await listen(server, options)

  return {
    url: `smtp://${options.host}:${port}`,
    taken: () => taken,
    list: async (limit = 100) => (await store?.list(limit)) ?? [],
    read: async (id) => store?.read(id),
    onMessage(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

function listen(server: SMTPServer, { host, port }: { host: string; port: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.server.once('error', reject)
    const listening = server.listen(port, host, () => {
      const address = listening.address()
      server.server.off('error', reject)
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

/** What a server that delivers into a mailbox writes on top. */
function traceOf(from: string, to: readonly string[]): Buffer {
  const lines = [
    `Return-Path: <${oneLine(from)}>`,
    ...to.map((address) => `Delivered-To: ${oneLine(address)}`),
  ]
  return Buffer.from(lines.map((line) => `${line}\r\n`).join(''))
}

function smtpRefusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode })
}

/** Files `00000001.eml` and up in one folder. */
async function openStore(folder: string) {
  await mkdir(folder, { recursive: true })
  const ids = (await readdir(folder)).flatMap((name) => /^(\d{8})\.eml$/.exec(name)?.[1] ?? []).sort()
  let last = Number(ids.at(-1) ?? 0)
  const fileOf = (id: string) => join(folder, `${id}.eml`)

  async function listed(id: string): Promise<ListedMail[]> {
    const raw = await read(id)
    const mail = raw && (await parseMail(raw))
    if (!mail?.ok) return []
    const { mtime } = await stat(fileOf(id))
    return [{ id, to: mail.value.recipients, subject: mail.value.subject, receivedAt: mtime }]
  }

  async function read(id: string): Promise<Uint8Array | undefined> {
    return ids.includes(id) ? readFile(fileOf(id)).catch(() => undefined) : undefined
  }

  return {
    read,
    async add(parts: readonly Uint8Array[]): Promise<string> {
      last += 1
      const id = String(last).padStart(8, '0')
      await writeFile(`${fileOf(id)}.part`, parts)
      await rename(`${fileOf(id)}.part`, fileOf(id))
      ids.push(id)
      const old = ids.splice(0, Math.max(0, ids.length - kept))
      await Promise.all(old.map((id) => rm(fileOf(id), { force: true })))
      return id
    },
    async list(limit: number): Promise<readonly ListedMail[]> {
      const newest = ids.slice(-limit).toReversed()
      return (await Promise.all(newest.map(listed))).flat()
    },
  }
}

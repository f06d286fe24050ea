// The mail server of the fault test: notes each message in a file, rests, and only then says that it took it. Killed at
// any moment, it has taken what stands in the file.
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { openSink } from '@parley/mail'
import { writeTaken } from './taken.ts'

interface MailServerOrders {
  readonly port: number
  readonly file: string
  /** Where it keeps the messages. */
  readonly folder: string
  /** Milliseconds before it says that it took a message. */
  readonly rest: number
}

const orders: MailServerOrders = JSON.parse(process.argv[2] ?? '{}')
const file = openSync(orders.file, 'a')
const pause = new Int32Array(new SharedArrayBuffer(4))
const sink = await openSink({ host: '127.0.0.1', port: orders.port, folder: orders.folder })
sink.onMessage(({ id, to: [to = ''] }) => {
  const raw = readFileSync(join(orders.folder, `${id}.eml`), 'latin1')
  const [, name = ''] = /^Message-ID: *<([^@>]*)/im.exec(raw) ?? []
  writeSync(file, writeTaken({ at: Date.now(), name, to }))
  Atomics.wait(pause, 0, 0, orders.rest)
})
process.send?.('ready')
process.on('disconnect', () => {
  closeSync(file)
  process.exit()
})

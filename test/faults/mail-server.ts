// The mail server of the fault test: notes the return path of each message in a file, rests, and only then says that
// it took it. Killed at any moment, it has taken what stands in the file.
import { closeSync, openSync, writeSync } from 'node:fs'
import { openSink } from '@parley/mail'

interface MailServerOrders {
  readonly port: number
  readonly file: string
  /** Milliseconds before it says that it took a message. */
  readonly rest: number
}

const orders: MailServerOrders = JSON.parse(process.argv[2] ?? '{}')
const file = openSync(orders.file, 'a')
const pause = new Int32Array(new SharedArrayBuffer(4))
const sink = await openSink({ host: '127.0.0.1', port: orders.port, keep: false })
sink.onMessage(({ from }) => {
  writeSync(file, `${from}\n`)
  Atomics.wait(pause, 0, 0, orders.rest)
})
process.send?.('ready')
process.on('disconnect', () => {
  closeSync(file)
  process.exit()
})

// A Directory of the fault test, a web process or a worker, that may be killed at any moment.
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { second } from '@parley/kernel'
import { run } from '../../apps/directory/src/run.ts'
import { openDirectory } from './open-directory.ts'
import type { Orders } from './orders.ts'

const orders: Orders = JSON.parse(process.argv[2] ?? '{}')
const opened = await openDirectory(orders)
const { clock, log } = opened
// What is done each minute is done each second or two, as everything here is faster than it is.
const often = new Set(['watch', 'note-erasures'])
const duties = opened.directory.duties.map((duty) =>
  often.has(duty.name) ? { ...duty, every: 2 * second } : duty,
)
const directory = { ...opened.directory, duties }
const isWeb = orders.port !== undefined
await run(directory, { host: '127.0.0.1', port: orders.port ?? 0, web: isWeb, worker: !isWeb, clock, log })
process.on('disconnect', () => process.exit())
// Whoever started it may be gone already.
if (!process.connected) process.exit()
process.send?.('ready')
if (!isWeb) await readMail()

/** As from a mailbox: a mail is gone only when what it says is written. */
async function readMail(): Promise<never> {
  for (;;) {
    await sleep(200)
    const names = await readdir(orders.inbox)
    for (const name of names.filter((each) => each.endsWith('.eml'))) {
      const file = join(orders.inbox, name)
      await readFile(file)
        .then((raw) => directory.receive(raw, clock.now()))
        .then(() => rm(file, { force: true }))
        .catch(() => undefined)
    }
  }
}

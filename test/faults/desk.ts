// A Desk that may be killed at any moment: it writes a line of its record for each question.
import { systemClock } from '@parley/kernel'
import { openStore } from '../../apps/desk/src/open-store.ts'
import { clerk, type DeskOrders } from './desk-folder.ts'
import type { Question, Told } from './supervise.ts'

const { folder }: DeskOrders = JSON.parse(process.argv[2] ?? '{}')
const store = openStore(folder, { clock: systemClock, cost: { memory: 64, passes: 1 } })
const entered = await (store.isNew() ? store.begin(clerk) : store.unlock(clerk))
if (!entered.ok) throw new Error(entered.refusal.code)
const { record } = entered.value

process.on('disconnect', () => process.exit())
process.on('message', ({ id }: Question) => {
  const files = [{ name: 'attached', bytes: Buffer.from(id.repeat(40)) }]
  const note = { at: new Date(), by: clerk.name, what: 'note.written' as const, content: { text: id }, files }
  const tell = (outcome: string) => process.send?.({ id, outcome } satisfies Told)
  record.append(note).then(
    (line) => tell(line.ok ? 'kept' : line.refusal.code),
    (fault: unknown) => tell(fault instanceof Error ? fault.message : 'failed'),
  )
})
if (!process.connected) process.exit()
process.send?.('ready')

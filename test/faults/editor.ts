// Somebody who saves, one thing after the other, in a process that may be killed at any moment: entries, documents, and
// erasures, which the program notes in a file beside its database.
import { newId, parseStateCode } from '@parley/kernel'
import { exampleDocument, keepExample } from '../../apps/directory/test/library-example.ts'
import { nominate, phone } from '../../apps/directory/test/nominate.ts'
import { eraseSubject } from '../../apps/directory/src/platform/history/erase.ts'
import { openDirectory } from './open-directory.ts'
import type { Orders } from './orders.ts'
import type { Question, Told } from './supervise.ts'

const orders: Orders = JSON.parse(process.argv[2] ?? '{}')
const opened = await openDirectory(orders)
const { directory, clock, community } = opened
const { performer, database } = directory
const states = community.states.map(({ code }) => code)

const saves: Readonly<Record<string, (id: string) => Promise<unknown>>> = {
  entry: async (id) => {
    const state = parseStateCode(states[Number.parseInt(id.slice(-4), 16) % states.length] ?? '')
    if (!state) throw new Error('a community without States')
    await nominate(opened, state, 'technical', {
      name: `Office ${id}`,
      addresses: [phone('+999 1 234 5678')],
    })
  },
  document: async (id) => {
    const manifest = { symbol: `A/FAULT/${id}`, language: 'en', kind: 'resolution' } as const
    const text = 'Notes that nothing that was acknowledged may be lost.'
    await keepExample(
      performer,
      clock.now(),
      exampleDocument(manifest, [{ kind: 'operative', address: 'op/1', label: '1', text }]),
    )
  },
  erasure: (id) => database.transaction({ role: 'worker' }, (tx) => eraseSubject(tx, `fault:${id}`)),
}

process.on('disconnect', () => process.exit())
process.on('message', ({ id, what }: Question) => {
  const save = saves[what]?.(id) ?? Promise.reject(new Error(what))
  const tell = (outcome: string) => process.send?.({ id, outcome } satisfies Told)
  save.then(
    () => tell('kept'),
    (fault: unknown) => tell(fault instanceof Error ? fault.message : 'failed'),
  )
})
if (!process.connected) process.exit()
process.send?.(newId())

import { sql } from 'kysely'
import type { Command } from './platform/command.ts'
import { currentCheckpoint, shortCheckpoint } from './platform/history/checkpoint.ts'
import { countParticipating } from './modules/community/index.ts'

interface Figures {
  readonly sealed: number
  readonly waiting: number
  readonly deliveries: number
  readonly oldest: Date | null
}

/** How the Directory is, in a few lines without anybody's data. */
export const statusCommand: Command = {
  name: 'status',
  usage: 'status   what is stored, and what waits',
  run: async ({ performer, say }) => {
    const { database } = performer
    const lines = await database.transaction({ role: 'worker' }, async (tx) => {
      const { rows } = await sql<Figures>`select
        (select coalesce(max(seq), 0)::int from history.seal) as sealed,
        (select count(*)::int from history.pending) as waiting,
        (select count(*)::int from outbox.delivery) as deliveries,
        (select min(emitted_at) from outbox.delivery) as oldest`.execute(tx)
      const [figures] = rows
      const checkpoint = await currentCheckpoint(tx)
      return [
        `Database: ${database.kind}`,
        `Participating States: ${await countParticipating(tx)}`,
        `Acts in the history: ${figures?.sealed ?? 0}; waiting for their place: ${figures?.waiting ?? 0}`,
        `Newest checkpoint: ${checkpoint ? `${shortCheckpoint(checkpoint)}, ${checkpoint.at.toISOString()}` : 'none'}`,
        `Deliveries waiting: ${figures?.deliveries ?? 0}${figures?.oldest ? `, the oldest since ${figures.oldest.toISOString()}` : ''}`,
      ]
    })
    for (const line of lines) say(line)
    return 0
  },
}

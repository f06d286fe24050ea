import { after, day, hour } from '@parley/kernel'
import type { Database } from '../../platform/database/database.ts'
import type { Duty } from '../../platform/duties/duties.ts'
import { eraseSubject } from '../../platform/history/erase.ts'
import type { Erasers } from '../../platform/history/repeat-erasures.ts'
import type { TokensTables } from './tables.ts'

/** A token that was over and erased since does not open the directory again after a restore. */
export const tokensErasers: Erasers = {
  token: async ({ tx }, id) => {
    await tx.withTables<TokensTables>().deleteFrom('tokens.token').where('id', '=', id).execute()
    return []
  },
}

/** After the days for sessions and callers' addresses: a token keeps no address, and one that is over is gone. */
export function forgetTokensDuty(
  database: Pick<Database, 'transaction'>,
  retention: { readonly session: number },
): Duty {
  return {
    name: 'tokens.forget',
    every: hour,
    erases: true,
    run: (now) =>
      database.transaction({ role: 'worker' }, async (tx) => {
        const before = after(now, -retention.session * day)
        const tokens = tx.withTables<TokensTables>()
        await tokens
          .updateTable('tokens.token')
          .set({ last_used_from: null })
          .where('last_used_at', '<', before)
          .where('last_used_from', 'is not', null)
          .execute()
        const gone = await tokens
          .deleteFrom('tokens.token')
          .where((token) => token.or([token('ended_at', '<', before), token('expires_at', '<', before)]))
          .returning('id')
          .execute()
        for (const { id } of gone) await eraseSubject(tx, `token:${id}`)
      }),
  }
}

import { ok, parseStateCode, refuse } from '@parley/kernel'
import type { Keys } from '../../platform/config/keys.ts'
import { listDisputedIn, listPage, readableStates } from '../directory/index.ts'
import { most } from '../tokens/index.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { listedJson } from './entry-json.ts'
import { type Operation, operation, queryWith } from './operation.ts'
import { entriesQuery, entryList, nothingAsked } from './schemas.ts'

const usualLimit = 20

/** POC-13: the entries of participating States, page by page, without what is for the card only. */
export function listEntriesOperation(keys: Keys): Operation {
  return operation({
    id: 'listEntries',
    path: '/entries',
    verb: 'api.entries',
    needs: 'entries:read',
    summary: 'Entries',
    description: `The entries of participating States by State, a page at a time, without what is marked "card only". The States whose entries an answer holds are counted: ${most.states} an hour with \`entries:read\`, the same State again counts again, the own State and an answer 304 never. More is the whole list and needs \`entries:read-all\`; each use of it is a line that the Mission reads, and ten a day are the most.`,
    params: nothingAsked,
    query: entriesQuery,
    answer: entryList,
    read: async ({ tx, actor, token }, _, query) => {
      const { state, kind, language, text, limit = String(usualLimit), cursor } = query
      const belongs = [token.id, state, kind, language, text]
      const after = cursor === undefined ? undefined : readCursor(keys, belongs, cursor)
      if (cursor !== undefined && !after) {
        const values = { parameter: 'cursor' }
        return refuse({ code: 'api/parameter-invalid', kind: 'invalid', field: 'cursor', values })
      }
      const readable = await readableStates(tx, actor)
      const wanted = { state: parseStateCode(state ?? ''), kind, language, text, after, limit: Number(limit) }
      const { entries, next } = await listPage(tx, readable, wanted)
      const disputed = await listDisputedIn(
        tx,
        entries.map(({ id }) => id),
      )
      const others = new Set(entries.map((entry) => entry.state))
      others.delete(token.state)
      const following = next && writeCursor(keys, belongs, next)
      return ok({
        value: {
          entries: entries.map((entry) => listedJson(entry, disputed)),
          ...(following === undefined ? {} : { next: following }),
        },
        states: others.size,
        // One State's entries are no whole list, however many others were read before.
        begins: cursor === undefined && state === undefined,
        next: following === undefined ? undefined : queryWith({ ...query, cursor: following }),
      })
    },
  })
}

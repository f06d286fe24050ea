import { ok } from '@parley/kernel'
import { recordViewing } from '../../platform/history/record-viewing.ts'
import { type DirectoryPage, page } from '../../platform/pages/scope.ts'
import type { Community } from '../community/index.ts'
import type { CardLimit } from './card-limit.ts'
import { entryAt } from './entry-pages.ts'
import { entryToVcard, vcardType } from './entry-vcard.ts'
import { entrySubject } from './on-behalf.ts'
import { entryVcardRoute } from './routes.ts'
import { listKeysOf } from './store/keys.ts'

/** One card for an address book, with what is on the contact card only; the manager's taking is a viewing (RULE-9). */
export function entryVcardPage(community: Community, limit: CardLimit): DirectoryPage {
  return page({
    route: entryVcardRoute,
    verb: 'directory.card.read',
    read: async (scope) => {
      const found = await entryAt(scope, scope.params.entry)
      if (!found.ok) return found
      const allowed = await limit(scope)
      if (!allowed.ok) return allowed
      const entry = found.value
      const { id, state, kind } = entry
      await recordViewing(scope, { verb: 'entry.viewed', subject: entrySubject(id), state })
      const words = {
        stateName: community.stateName(state, scope.locale),
        kindName: community.kindName(kind, scope.locale),
      }
      const name = `${state}-${kind}-${id.slice(0, 8)}.vcf`
      return ok({
        file: { name, type: vcardType, text: entryToVcard(entry, words, await listKeysOf(scope.tx, entry)) },
      })
    },
  })
}

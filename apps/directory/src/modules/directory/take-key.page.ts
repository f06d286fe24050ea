import { ok } from '@parley/kernel'
import { recordViewing } from '../../platform/history/record-viewing.ts'
import { type DirectoryPage, page } from '../../platform/pages/scope.ts'
import type { CardLimit } from './card-limit.ts'
import { keyFiles } from './domain/key.ts'
import { entryAt } from './entry-pages.ts'
import { entrySubject } from './on-behalf.ts'
import { keyAbsent, keyOf } from './remove-key.page.ts'
import { keyFileRoute } from './routes.ts'
import { listKeysOf } from './store/keys.ts'

/** The public key as a file that programs for mail take in; what the manager takes is a viewing (RULE-9). */
export function keyFilePage(limit: CardLimit): DirectoryPage {
  return page({
    route: keyFileRoute,
    verb: 'directory.card.read',
    read: async (scope) => {
      const { tx, params } = scope
      const found = await entryAt(scope, params.entry)
      if (!found.ok) return found
      const { id, state, kind } = found.value
      const key = keyOf(await listKeysOf(tx, found.value), params.scheme)
      if (!key) return keyAbsent
      const allowed = await limit(scope)
      if (!allowed.ok) return allowed
      await recordViewing(scope, { verb: 'entry.viewed', subject: entrySubject(id), state })
      const { extension, type } = keyFiles[key.scheme]
      const name = `${state}-${kind}-${id.slice(0, 8)}.${extension}`
      return ok({ file: { name, type, text: `${key.armored.trim()}\n` } })
    },
  })
}

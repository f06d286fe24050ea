import { ok, refuse } from '@parley/kernel'
import { errorSummary, href, html, nothing } from '@parley/web'
import { z } from 'zod'
import { type DirectoryForm, type DirectoryPage, form, formView, page } from '../../platform/pages/scope.ts'
import { proofNotice, requireProof } from '../accounts/index.ts'
import type { Community } from '../community/index.ts'
import { removeKey } from './change-key.ts'
import { type EntryKey, keySchemes } from './domain/key.ts'
import { freeText } from './entry-form.ts'
import { entryAt, noteVerbaleField, noteVerbaleSchema, openedToWrite } from './entry-pages.ts'
import { text } from './locales/index.ts'
import { changeKeyRoute, removeKeyRoute } from './routes.ts'
import { listKeysOf } from './store/keys.ts'
import { keyFacts } from './write-key.ts'

export const keyAbsent = refuse({ code: 'directory/key-absent', kind: 'absent' })

/** Which key goes, before it does. */
export function removeKeyPage(community: Community): DirectoryPage {
  return page({
    route: removeKeyRoute,
    verb: 'directory.key.remove',
    read: async (scope, state) => {
      const { locale, actor, params } = scope
      const t = text(locale)
      const found = await openedToWrite(scope, params.entry, 'change')
      if (!found.ok) return found
      const entry = found.value
      const key = keyOf(await listKeysOf(scope.tx, entry), params.scheme)
      if (!key) return keyAbsent
      const view = formView(scope, state)
      const body = html`<h1>${t('keys.remove')}</h1>
        <p class="lede">
          ${community.stateName(entry.state, locale)} · ${community.kindName(entry.kind, locale)}
        </p>
        ${proofNotice(scope)}${errorSummary(view)}
        <h2>${t(`key.${key.scheme}`)}</h2>
        ${keyFacts(locale, key, scope.now)}
        <form method="post" action="${href(locale, removeKeyRoute, params)}">
          ${actor.role === 'manager' ? freeText(view, noteVerbaleField(locale)) : nothing}
          <p class="row">
            <button class="button stop">${t('keys.remove')}</button>
            <a href="${href(locale, changeKeyRoute, { entry: entry.id })}">${t('keys.back')}</a>
          </p>
        </form>`
      return ok({ title: t('keys.remove'), body, width: 'narrow' })
    },
  })
}

export function removeKeyForm({ profile }: Community, on: DirectoryPage): DirectoryForm {
  return form({
    route: removeKeyRoute,
    verb: 'directory.key.remove',
    fields: z.object({ noteVerbale: noteVerbaleSchema }),
    on,
    act: async (scope, { noteVerbale }) => {
      const proof = requireProof(scope)
      if (!proof.ok) return proof
      const found = await entryAt(scope, scope.params.entry)
      if (!found.ok) return found
      const scheme = keySchemes.find((each) => each === scope.params.scheme)
      return scheme ? removeKey(profile, { entry: found.value.id, noteVerbale }, scheme)(scope) : keyAbsent
    },
    next: ({ locale }, entry) => href(locale, changeKeyRoute, { entry: entry.id }),
  })
}

/** The key that an address of a page names by its scheme. */
export function keyOf(keys: readonly EntryKey[], scheme: string): EntryKey | undefined {
  return keys.find((each) => each.scheme === scheme)
}

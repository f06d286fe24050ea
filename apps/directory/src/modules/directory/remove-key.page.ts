import { ok, refuse } from '@parley/kernel'
import { errorSummary, href, html, nothing } from '@parley/web'
import { z } from 'zod'
import { dualForm } from '../../platform/dual-control/dual-control.ts'
import type { TwoPersonRule } from '../../platform/dual-control/two-person-rule.ts'
import { type DirectoryForm, type DirectoryPage, formView, page } from '../../platform/pages/scope.ts'
import { proofNotice, requireProof, secondPersonNotice } from '../accounts/index.ts'
import type { Community } from '../community/index.ts'
import { type EntryKey, keySchemes } from './domain/key.ts'
import { freeText } from './entry-form.ts'
import { entryAt, noteVerbaleField, noteVerbaleSchema, openedToWrite } from './entry-pages.ts'
import { text } from './locales/index.ts'
import type { KeyActs } from './own-acts/key-acts.ts'
import { changeKeyRoute, removeKeyRoute } from './routes.ts'
import { listKeysOf } from './store/keys.ts'
import { keyFacts } from './write-key.ts'

export const keyAbsent = refuse({ code: 'directory/key-absent', kind: 'absent' })

/** Which key goes, before it does. */
export function removeKeyPage(community: Community, rule: TwoPersonRule): DirectoryPage {
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
        ${proofNotice(scope)}${await secondPersonNotice(scope, rule, 'entries')}${errorSummary(view)}
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

export function removeKeyForm(rule: TwoPersonRule, { removed }: KeyActs, on: DirectoryPage): DirectoryForm {
  return dualForm(rule, removed, {
    route: removeKeyRoute,
    verb: 'directory.key.remove',
    fields: z.object({ noteVerbale: noteVerbaleSchema }),
    on,
    input: async (scope, { noteVerbale }) => {
      const proof = requireProof(scope)
      if (!proof.ok) return proof
      const { entry, scheme } = z.object({ entry: z.string(), scheme: z.string() }).parse(scope.params)
      const found = await entryAt(scope, entry)
      if (!found.ok) return found
      const known = keySchemes.find((each) => each === scheme)
      if (!known) return keyAbsent
      const before = keyOf(await listKeysOf(scope.tx, found.value), scheme)?.fingerprint ?? null
      return ok({ entry: found.value.id, noteVerbale: noteVerbale ?? null, scheme: known, before })
    },
  })
}

/** The key that an address of a page names by its scheme. */
export function keyOf(keys: readonly EntryKey[], scheme: string): EntryKey | undefined {
  return keys.find((each) => each.scheme === scheme)
}

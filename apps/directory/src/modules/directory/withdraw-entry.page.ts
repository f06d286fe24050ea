import { ok } from '@parley/kernel'
import { errorSummary, href, html } from '@parley/web'
import { z } from 'zod'
import { type DirectoryForm, type DirectoryPage, form, formView, page } from '../../platform/pages/scope.ts'
import { proofNotice, requireProof } from '../accounts/index.ts'
import type { Community } from '../community/index.ts'
import { confirmEntry } from './confirm-entry.ts'
import { entryAt, noteVerbaleSchema, openedToWrite } from './entry-pages.ts'
import { type EnteredFrom, withdrawalFields } from './letter-fields.ts'
import { text } from './locales/index.ts'
import { confirmEntryRoute, entryRoute, findStateRoute, ourStateRoute, withdrawEntryRoute } from './routes.ts'
import { withdrawEntry } from './withdraw-entry.ts'
import { entryName } from './write-entry.ts'

/** What withdrawing does, before it is done. */
export function withdrawEntryPage(community: Community, enteredFrom: EnteredFrom): DirectoryPage {
  return page({
    route: withdrawEntryRoute,
    verb: 'directory.entry.withdraw',
    read: async (scope, state) => {
      const { locale, actor } = scope
      const t = text(locale)
      const found = await openedToWrite(scope, scope.params.entry, 'withdraw')
      if (!found.ok) return found
      const entry = found.value
      const view = formView(scope, state)
      const body = html`<h1>${t('withdraw.title')}</h1>
        <p class="lede">${community.kindName(entry.kind, locale)} · ${entryName(locale, entry)}</p>
        ${actor.role === 'manager' ? enteredFrom(locale, 'withdrawal') : ''}${proofNotice(scope)}${errorSummary(view)}
        <p>${t('withdraw.explanation', { count: community.profile.retentionDays.withdrawnEntry })}</p>
        <form method="post" action="${href(locale, withdrawEntryRoute, { entry: entry.id })}">
          ${withdrawalFields(view, actor.role === 'manager')}
          <p class="row">
            <button class="button stop">${t('withdraw.button')}</button>
            <a href="${href(locale, entryRoute, { entry: entry.id })}">${t('back-to-card')}</a>
          </p>
        </form>`
      return ok({ title: t('withdraw.title'), body, width: 'narrow' })
    },
  })
}

export function withdrawEntryForm(community: Community, on: DirectoryPage): DirectoryForm {
  return form({
    route: withdrawEntryRoute,
    verb: 'directory.entry.withdraw',
    fields: z.object({ noteVerbale: noteVerbaleSchema }),
    on,
    act: async (scope, { noteVerbale }) => {
      const found = await entryAt(scope, scope.params.entry)
      if (!found.ok) return found
      const proof = requireProof(scope)
      if (!proof.ok) return proof
      return withdrawEntry(community.profile, { entry: found.value.id, noteVerbale })(scope)
    },
    next: ({ locale, actor }, entry) =>
      actor.role === 'manager'
        ? href(locale, findStateRoute, { state: entry.state })
        : href(locale, ourStateRoute),
  })
}

/** The one button by which a Mission confirms what the directory manager entered for it; it stands on the card. */
export function confirmEntryForm(on: DirectoryPage): DirectoryForm {
  return form({
    route: confirmEntryRoute,
    verb: 'directory.entry.confirm',
    fields: z.object({}),
    on,
    act: async (scope) => {
      const found = await entryAt(scope, scope.params.entry)
      return found.ok ? confirmEntry(found.value.id)(scope) : found
    },
    next: ({ locale, params }) => href(locale, entryRoute, params),
  })
}

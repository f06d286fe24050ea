import { ok } from '@parley/kernel'
import { errorSummary, href, html } from '@parley/web'
import { z } from 'zod'
import { dualForm } from '../../platform/dual-control/dual-control.ts'
import type { TwoPersonRule } from '../../platform/dual-control/two-person-rule.ts'
import { type DirectoryForm, type DirectoryPage, form, formView, page } from '../../platform/pages/scope.ts'
import { proofNotice, requireProof, secondPersonNotice } from '../accounts/index.ts'
import type { Community } from '../community/index.ts'
import { confirmEntry } from './confirm-entry.ts'
import { entryAt, entryParameter, noteVerbaleSchema, openedToWrite } from './entry-pages.ts'
import { type EnteredFrom, withdrawalFields } from './letter-fields.ts'
import { text } from './locales/index.ts'
import type { EntryActs } from './own-acts/entry-acts.ts'
import { confirmEntryRoute, entryRoute, withdrawEntryRoute } from './routes.ts'
import { entryName } from './write-entry.ts'

/** What withdrawing does, before it is done. */
export function withdrawEntryPage(
  community: Community,
  rule: TwoPersonRule,
  enteredFrom: EnteredFrom,
): DirectoryPage {
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
        ${actor.role === 'manager' ? enteredFrom(locale, 'withdrawal') : ''}${proofNotice(scope)}${await secondPersonNotice(scope, rule, 'entries')}${errorSummary(view)}
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

export function withdrawEntryForm(
  rule: TwoPersonRule,
  { withdrawn }: EntryActs,
  on: DirectoryPage,
): DirectoryForm {
  return dualForm(rule, withdrawn, {
    route: withdrawEntryRoute,
    verb: 'directory.entry.withdraw',
    fields: z.object({ noteVerbale: noteVerbaleSchema }),
    on,
    input: async (scope, { noteVerbale }) => {
      const found = await entryAt(scope, entryParameter(scope))
      if (!found.ok) return found
      const proof = requireProof(scope)
      if (!proof.ok) return proof
      const { id, version } = found.value
      return ok({ entry: id, version, noteVerbale: noteVerbale ?? null })
    },
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

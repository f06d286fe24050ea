import { ok } from '@parley/kernel'
import { errorSummary, href, html } from '@parley/web'
import { z } from 'zod'
import type { Performer } from '../../platform/action.ts'
import { type DirectoryForm, type DirectoryPage, form, formView, page } from '../../platform/pages/scope.ts'
import { proofNotice, requireProof } from '../accounts/index.ts'
import type { Community } from '../community/index.ts'
import { listInPages, listTypes, nameWords, writeList } from './list-file.ts'
import { hasListRight, useListRight } from './list-right.ts'
import { text } from './locales/index.ts'
import { readableStates } from './readers.ts'
import { takeListRoute } from './routes.ts'
import { countEntries } from './store/entries.ts'

const verb = 'directory.list.take'

/** The whole list as CSV: for those to whom their Mission gave the right to it. */
export function takeListPage(): DirectoryPage {
  return page({
    route: takeListRoute,
    verb,
    read: async (scope, state) => {
      const { locale, tx, actor } = scope
      const t = text(locale)
      const may = await hasListRight(tx, actor)
      const body = html`<h1>${t('list.title')}</h1>
        ${errorSummary(formView(scope, state))}
        <p class="lede">${t('list.lede')}</p>
        ${
          may
            ? html`${proofNotice(scope)}
                <p>${t('list.what')}</p>
                <form method="post" action="${href(locale, takeListRoute)}">
                  <button class="button main">${t('list.take')}</button>
                </form>`
            : html`<p>${t('directory/no-list-right')}</p>`
        }`
      return ok({ title: t('list.title'), body, width: 'narrow' })
    },
  })
}

export function takeListForm(
  { community, performer }: { readonly community: Community; readonly performer: Performer },
  on: DirectoryPage,
): DirectoryForm {
  return form({
    route: takeListRoute,
    verb,
    fields: z.object({}),
    on,
    act: async (scope) => {
      const proven = requireProof(scope)
      if (!proven.ok) return proven
      const { tx, actor, now, locale } = scope
      return useListRight(scope, async () => {
        const by = 'name' in actor ? actor.name : ''
        const pages = listInPages(performer.database, actor)
        return {
          value: writeList('csv', pages, nameWords(community, locale), { by, at: now }),
          entries: await countEntries(tx, await readableStates(tx, actor)),
        }
      })
    },
    next: ({ now }, csv) => ({
      file: {
        name: `entries-${now.toISOString().slice(0, 10)}.csv`,
        type: listTypes.csv.type,
        text: csv,
      },
    }),
  })
}

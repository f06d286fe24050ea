import { ok } from '@parley/kernel'
import { listTemplates } from '@parley/protocol'
import { href, html, nothing } from '@parley/web'
import { page } from '../door/scope.ts'
import { text } from '../locales/index.ts'
import { draftRoute, writeKindRoute, writeRoute } from '../routes.ts'
import { addressee, addresseeLine } from './addressee.ts'
import { readDrafts } from './drafts.ts'

/** What there is to write, and what was begun before. */
export const chooseTemplatePage = page({
  route: writeRoute,
  read: async (scope) => {
    const { locale, query, sealed, cases } = scope
    const t = text(locale)
    const within = cases.find(query.get('case') ?? '')
    const to = await addressee(scope, query.get('to'))
    const search = within
      ? `?${new URLSearchParams({ case: within.id })}`
      : to
        ? `?${new URLSearchParams({ to: to.id })}`
        : ''
    const drafts = await readDrafts({ sealed })
    const body = html`<h1>${t('write.title')}</h1>
      ${within ? html`<p class="lede"><bdi>${within.title}</bdi></p>` : nothing}
      ${to && !within ? html`<p class="lede">${await addresseeLine(scope, to)}</p>` : nothing}
      <p>${t('write.working')}</p>
      <ul class="steps">
        ${listTemplates().map(
          ({ kind, title, help }) =>
            html`<li>
              <a href="${href(locale, writeKindRoute, { kind })}${search}">${title[locale]}</a>
              <p class="small">${help[locale]}</p>
            </li>`,
        )}
      </ul>
      ${
        drafts.length === 0
          ? nothing
          : html`<h2>${t('write.drafts')}</h2>
              <ul>
                ${drafts.map(
                  ({ title, message }) =>
                    html`<li>
                      <a href="${href(locale, draftRoute, { id: message.id })}"><bdi>${title}</bdi></a>
                    </li>`,
                )}
              </ul>`
      }`
    return ok({ title: t('write.title'), body })
  },
})

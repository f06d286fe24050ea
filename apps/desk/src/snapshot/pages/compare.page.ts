import { ok, refuse } from '@parley/kernel'
import {
  actButton,
  errorSummary,
  facts,
  href,
  html,
  ltr,
  moment,
  notice,
  tick,
  tickBox,
  writeNumber,
} from '@parley/web'
import { z } from 'zod'
import { form, formView, page } from '../../door/scope.ts'
import { text } from '../../locales/index.ts'
import { compareRoute, discardRoute, loadRoute, offlineRoute } from '../../routes.ts'
import { keyOf } from '../kept.ts'

/** The first key, group by group, beside the Mission's letter: everything later hangs on it. */
export const comparePage = page({
  route: compareRoute,
  read: async (scope, typed) => {
    const { locale, directory } = scope
    const waiting = directory.waiting()
    if (!waiting) return ok({ to: href(locale, loadRoute) })
    const t = text(locale)
    const { snapshot, line } = waiting
    const view = formView(scope, typed)
    const groups = keyOf(line).match(/.{4}/g) ?? []
    const body = html`<h1>${t('compare.title')}</h1>
      <p class="lede">${t('compare.why')}</p>
      ${errorSummary(view)}
      <ol class="groups" dir="ltr">
        ${groups.map((group) => html`<li class="code">${group}</li>`)}
      </ol>
      ${facts([
        [t('offline.community'), ltr(snapshot.community)],
        [t('offline.number'), ltr(snapshot.number)],
        [t('offline.issued'), moment(locale, new Date(snapshot.issuedAt))],
        [t('compare.entries'), writeNumber(locale, snapshot.entries.length)],
      ])}
      ${notice(t('compare.differs'), 'warn')}
      <form method="post" action="${href(locale, compareRoute)}">
        ${tickBox(view, { name: 'compared', label: t('compare.same') })}
        <button class="button main">${t('compare.act')}</button>
      </form>
      ${actButton(href(locale, discardRoute), t('compare.discard'), 'stop')}`
    return ok({ title: t('compare.title'), width: 'narrow', body })
  },
})

export const compareForm = form({
  route: compareRoute,
  on: comparePage,
  fields: z.object({ compared: tick }),
  act: async ({ directory }, { compared }) =>
    compared
      ? directory.confirm()
      : refuse({ code: 'desk/not-compared', kind: 'invalid', field: 'compared' }),
  next: ({ locale }) => href(locale, offlineRoute),
})

export const discardForm = form({
  route: discardRoute,
  on: comparePage,
  fields: z.object({}),
  act: async ({ directory }) => {
    directory.discard()
    return ok(undefined)
  },
  next: ({ locale }) => href(locale, loadRoute),
})

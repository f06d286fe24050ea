import { ok, refuse } from '@parley/kernel'
import { errorSummary, fileField, href, html, textField } from '@parley/web'
import { z } from 'zod'
import { form, formView, page } from '../../door/scope.ts'
import { text } from '../../locales/index.ts'
import { readOwnKey } from '../../mailbox/own-key.ts'
import { arrivedRoute, openHandOverRoute } from '../../routes.ts'
import { arrived } from './arrived.ts'
import { readHandOver } from './contents.ts'
import { isSealedToKey, openWithKey } from './openpgp-seal.ts'
import { openSpoken } from './spoken-seal.ts'

/** A file that another office of the State made on its Desk. */
export const openHandOverPage = page({
  route: openHandOverRoute,
  read: async (scope, typed) => {
    const { locale } = scope
    const t = text(locale)
    const view = formView(scope, typed)
    const body = html`<h1>${t('within.open.title')}</h1>
      <p class="lede">${t('within.open.why')}</p>
      ${errorSummary(view)}
      <form method="post" action="${href(locale, openHandOverRoute)}" enctype="multipart/form-data">
        ${fileField(view, { name: 'file', label: t('within.open.file'), accept: '.parley' })}
        ${textField(view, { name: 'passphrase', label: t('within.open.passphrase'), help: t('within.open.passphrase.help'), autocomplete: 'off' })}
        <button class="button main">${t('within.open.act')}</button>
      </form>`
    return ok({ title: t('within.open.title'), width: 'narrow', body })
  },
})

export const openHandOverForm = form({
  route: openHandOverRoute,
  on: openHandOverPage,
  fields: z.object({ file: z.string().default(''), passphrase: z.string().max(100).default('') }),
  act: async (scope, { file, passphrase }) => {
    if (file === '') return refuse({ code: 'field/required', kind: 'invalid', field: 'file' })
    const opened = isSealedToKey(file)
      ? await openWithKey(file, await readOwnKey(scope), scope.now)
      : await openSpoken(file, passphrase, scope.desk.store.cost)
    if (!opened.ok) return opened
    const read = await readHandOver(opened.value)
    if (!read.ok) return read
    const decided = await arrived(scope, read.value)
    if (!decided.ok) return decided
    return scope.sealed('hand-over').write(opened.value)
  },
  next: ({ locale }) => href(locale, arrivedRoute),
})

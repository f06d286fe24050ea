import { actButton, fileField, type FormView, hidden, href, html, type Html, writeNumber } from '@parley/web'
import { text } from '../locales/index.ts'
import { attachRoute, detachRoute } from '../routes.ts'
import type { Draft } from './drafts.ts'

/** The files that go with a draft, each to be taken off again, and one more. */
export function attachmentsPart(view: FormView, { message }: Draft): Html {
  const { locale } = view
  const t = text(locale)
  const here = { id: message.id }
  return html`<h2>${t('attach.title')}</h2>
    <ul>
      ${message.attachments.map(
        ({ name, size }) =>
          html`<li class="row">
            <span><bdi>${name}</bdi> (${t('file.size', { size: writeNumber(locale, size) })})</span>
            ${actButton(href(locale, detachRoute, here), t('attach.off'), 'plain', hidden('name', name))}
          </li>`,
      )}
    </ul>
    <form method="post" action="${href(locale, attachRoute, here)}" enctype="multipart/form-data">
      ${fileField(view, { name: 'file', label: t('attach.file'), help: t('attach.file.help'), accept: '' })}
      <button class="button plain">${t('attach.act')}</button>
    </form>`
}

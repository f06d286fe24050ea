import {
  type FormView,
  href,
  html,
  type Html,
  linkButton,
  ltr,
  nothing,
  textField,
  tickBox,
} from '@parley/web'
import type { DeskScope, Inside } from '../door/scope.ts'
import { text } from '../locales/index.ts'
import { isInDoubt } from '../cases/mail-warnings.ts'
import { correspondentsOf } from '../mailbox/correspondents.ts'
import { readMailSettings } from '../mailbox/mail-settings.ts'
import { mailRoute, mailSettingsRoute, sendRoute } from '../routes.ts'
import { addressOf } from '../snapshot/contacts.ts'
import type { Draft } from './drafts.ts'
import { saysDetail } from './says-detail.ts'

type Around = Pick<DeskScope, 'locale'> & Inside

/** The ways out: through the office's own mail server, or as a file for its mail program. */
export async function outPart(scope: Around, view: FormView, draft: Draft): Promise<Html> {
  const { locale } = scope
  const t = text(locale)
  const here = { id: draft.message.id }
  const settings = await readMailSettings(scope)
  const to = addressIn(scope, draft) ?? (await listedAddress(scope, draft))
  const keys = to === undefined ? [] : (await correspondentsOf(scope)).keysOf(to)
  const askTo = textField(view, {
    name: 'to',
    label: t('preview.to'),
    type: 'email',
    value: to,
    autocomplete: 'off',
    required: true,
  })
  const asFile = html`<button class="button plain" formaction="${href(locale, mailRoute, here)}">
    ${t('preview.mail')}
  </button>`
  if (!settings?.smtp)
    return html`<h2>${t('preview.hand-over')}</h2>
      <p>${t('send.not-set-up')} ${linkButton(href(locale, mailSettingsRoute), t('post.title'))}</p>
      <form method="post" action="${href(locale, mailRoute, here)}">
        ${textField(view, { name: 'from', label: t('preview.from'), type: 'email', value: settings?.address, autocomplete: 'off', required: true })}
        ${askTo} ${asFile}
      </form>`
  const isAsked = saysDetail(draft) || keys.length > 0
  return html`<h2>${t('send.title')}</h2>
    <p>${t('send.from')} ${ltr(settings.address)}. ${keys.length > 0 ? t('send.encrypted') : nothing}</p>
    <form method="post" action="${href(locale, sendRoute, here)}">
      <input type="hidden" name="from" value="${settings.address}" />
      ${askTo} ${isAsked ? tickBox(view, { name: 'unencrypted', label: t('send.unencrypted') }) : nothing}
      <div class="row"><button class="button main">${t('send.act')}</button> ${asFile}</div>
    </form>`
}

/** Where the office is written to by the copy of the directory. */
async function listedAddress({ directory }: Inside, { message }: Draft): Promise<string | undefined> {
  const copy = await directory.current()
  return copy && addressOf(copy.snapshot, message.to)
}

/** Where the other side wrote from last, as far as that is in no doubt: nothing goes to a look-alike by itself. */
function addressIn({ cases }: Inside, draft: Draft): string | undefined {
  const within = cases.find(draft.case ?? '')
  const last = within?.lines.findLast(
    (line) =>
      line.known &&
      (line.what === 'message.received' || line.what === 'message.sent') &&
      line.content.address !== undefined &&
      !isInDoubt(line.content.warnings ?? []),
  )
  return last?.known && (last.what === 'message.received' || last.what === 'message.sent')
    ? last.content.address
    : undefined
}

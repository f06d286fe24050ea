import { newId, ok, refuse } from '@parley/kernel'
import { fieldsOf, listCodes, messageIdOf, messageMail, messageText, template } from '@parley/protocol'
import {
  actButton,
  errorSummary,
  href,
  html,
  line,
  linkButton,
  notice,
  nothing,
  select,
  textField,
} from '@parley/web'
import { z } from 'zod'
import { isChannel } from '../answer/message-lines.ts'
import { form, formView, page } from '../door/scope.ts'
import { text } from '../locales/index.ts'
import {
  caseRoute,
  draftRoute,
  dropDraftRoute,
  mailRoute,
  sentRoute,
  writeKindRoute,
  writeRoute,
} from '../routes.ts'
import { dropDraft, findDraft } from './drafts.ts'
import { sentLines } from './sent-lines.ts'

const unknown = refuse({ code: 'desk/draft-unknown', kind: 'absent' })

/** The text in both languages exactly as it goes out, and the ways out. */
export const previewPage = page({
  route: draftRoute,
  read: async (scope, typed) => {
    const { locale, params, sealed } = scope
    const t = text(locale)
    const draft = await findDraft({ sealed }, params.id)
    if (!draft) return unknown
    const { message, title } = draft
    const view = formView(scope, typed)
    const channels = listCodes('channel').map(({ code, label }) => ({ value: code, label: label[locale] }))
    const here = { id: message.id }
    const change = `${href(locale, writeKindRoute, { kind: message.kind })}?${new URLSearchParams({ draft: message.id })}`
    const body = html`<h1>${t('preview.title')}</h1>
      <p class="lede"><bdi>${title}</bdi></p>
      ${errorSummary(view)} ${saysDetail(draft) ? notice(t('preview.detail'), 'warn') : nothing}
      <p>${t('preview.exactly')}</p>
      <pre class="letter" dir="auto">${messageText(message)}</pre>
      <p>${linkButton(change, t('preview.change'))}</p>
      <h2>${t('preview.hand-over')}</h2>
      <form method="post" action="${href(locale, mailRoute, here)}">
        ${textField(view, { name: 'from', label: t('preview.from'), type: 'email', autocomplete: 'off', required: true })}
        ${textField(view, { name: 'to', label: t('preview.to'), type: 'email', autocomplete: 'off', required: true })}
        <button class="button plain">${t('preview.mail')}</button>
      </form>
      <h2>${t('preview.sent')}</h2>
      <p>${t('preview.sent.why')}</p>
      <form method="post" action="${href(locale, sentRoute, here)}">
        ${select(view, { name: 'channel', label: t('case.channel'), value: 'e-mail', options: channels })}
        <button class="button main">${t('preview.sent.act')}</button>
      </form>
      ${actButton(href(locale, dropDraftRoute, here), t('preview.drop'), 'stop')}`
    return ok({ title: t('preview.title'), body })
  },
})

/** Whether it says more than the class of the incident. */
function saysDetail({
  message,
}: {
  readonly message: { kind: string; template: number; values: object }
}): boolean {
  const known = template(message.kind, message.template)
  return (
    known !== undefined &&
    fieldsOf(known).some(({ id, detail }) => detail && Object.hasOwn(message.values, id))
  )
}

const address = line(254).refine(
  (typed) => /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(typed),
  {
    error: 'field/invalid',
  },
)

/** As a file for the office's own mail program; nothing is sent from here. */
export const mailForm = form({
  route: mailRoute,
  on: previewPage,
  fields: z.object({ from: address, to: address }),
  act: async ({ params, sealed }, { from, to }) => {
    const draft = await findDraft({ sealed }, params.id)
    if (!draft) return unknown
    const messageId = messageIdOf(draft.message, from.split('@')[1] ?? '')
    const bytes = messageMail(draft.message, {
      from: { address: from },
      to: { address: to },
      messageId,
      attachments: [],
    })
    return ok({ reference: draft.message.reference, mail: Buffer.from(bytes).toString('utf8') })
  },
  next: (_, { reference, mail }) => ({
    file: { name: `${reference}.eml`, type: 'message/rfc822', text: mail },
  }),
})

/** It went out: now it is a line of the record, and no draft any more. */
export const sentForm = form({
  route: sentRoute,
  on: previewPage,
  fields: z.object({ channel: z.string().refine(isChannel, { error: 'field/invalid' }) }),
  act: async (scope, { channel }) => {
    const { params, cases, record, now, user } = scope
    const draft = await findDraft(scope, params.id)
    if (!draft || !isChannel(channel)) return unknown
    const within = cases.find(draft.case ?? '')
    const id = within?.id ?? newId()
    for (const each of sentLines(draft, within, channel)) {
      const written = await record.append({ ...each, at: now, by: user.name, case: id })
      if (!written.ok) return written
    }
    const dropped = await dropDraft(scope, params.id)
    return dropped.ok ? ok(id) : dropped
  },
  next: ({ locale }, id) => href(locale, caseRoute, { id }),
})

export const dropDraftForm = form({
  route: dropDraftRoute,
  on: previewPage,
  fields: z.object({}),
  act: async (scope) => dropDraft(scope, scope.params.id),
  next: ({ locale }) => href(locale, writeRoute),
})

import { newId, ok, refuse } from '@parley/kernel'
import { listCodes, messageIdOf, messageMail, messageText } from '@parley/protocol'
import { actButton, errorSummary, href, html, line, linkButton, notice, nothing, select } from '@parley/web'
import { z } from 'zod'
import { isChannel } from '../answer/message-lines.ts'
import { form, formView, type Inside, page } from '../door/scope.ts'
import { mayGoOut } from '../exercise/nature.ts'
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
import { leavingPart } from '../mailbox/leaving-part.ts'
import { messageOf } from '../mailbox/send-message.ts'
import { attachmentsPart } from './attachments-part.ts'
import { readAttachments } from './attachments.ts'
import { type Draft, dropDraft, findDraft } from './drafts.ts'
import { outPart } from './out-part.ts'
import { saysDetail } from './says-detail.ts'
import { sentLines } from './sent-lines.ts'

const unknown = refuse({ code: 'desk/draft-unknown', kind: 'absent' })

/** The text in both languages exactly as it goes out, and the ways out. */
export const previewPage = page({
  route: draftRoute,
  read: async (scope, typed) => {
    const { locale, params, mails } = scope
    const t = text(locale)
    const draft = await findDraft(scope, params.id)
    if (!draft) return unknown
    const { message, title } = draft
    const view = formView(scope, typed)
    const channels = listCodes('channel').map(({ code, label }) => ({ value: code, label: label[locale] }))
    const here = { id: message.id }
    const change = `${href(locale, writeKindRoute, { kind: message.kind })}?${new URLSearchParams({ draft: message.id })}`
    const leaving = findLeaving(scope, draft)
    const body = html`<h1>${t('preview.title')}</h1>
      <p class="lede"><bdi>${title}</bdi></p>
      ${errorSummary(view)} ${leaving ? leavingPart(locale, mails, leaving) : nothing}
      ${saysDetail(draft) ? notice(t('preview.detail'), 'warn') : nothing}
      <p>${t('preview.exactly')}</p>
      <pre class="letter" dir="auto">${messageText(message)}</pre>
      <p>${linkButton(change, t('preview.change'))}</p>
      ${attachmentsPart(view, draft)} ${await outPart(scope, view, draft)}
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

/** Whether it was about to go out, and nobody has said what became of it. */
function findLeaving({ mails }: Pick<Inside, 'mails'>, { message }: Draft) {
  return mails.leaving().find((each) => messageOf(each)?.id === message.id)
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
  act: async (scope, { from, to }) => {
    const draft = await findDraft(scope, scope.params.id)
    if (!draft) return unknown
    const may = mayGoOut(scope, draft.message)
    if (!may.ok) return may
    const files = await readAttachments(scope, draft.message)
    if (!files.ok) return files
    const messageId = messageIdOf(draft.message, from.split('@')[1] ?? '')
    const bytes = messageMail(draft.message, {
      from: { address: from },
      to: { address: to },
      messageId,
      attachments: files.value,
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
  act: async (scope, { channel }) =>
    scope.mails.inTurn(async () => {
      const { params, cases, record, now, user } = scope
      const draft = await findDraft(scope, params.id)
      if (!draft || !isChannel(channel)) return unknown
      const may = mayGoOut(scope, draft.message)
      if (!may.ok) return may
      if (findLeaving(scope, draft)) return refuse({ code: 'desk/may-have-been-sent', kind: 'conflict' })
      const files = await readAttachments(scope, draft.message)
      if (!files.ok) return files
      const within = cases.find(draft.case ?? '')
      const entry = { at: now, by: user.name, case: within?.id ?? newId() }
      const [first, ...others] = sentLines(draft, within, channel).map((each) =>
        each.what === 'message.sent' ? { ...each, ...entry, files: files.value } : { ...each, ...entry },
      )
      if (!first) throw new Error('A message that says nothing of itself')
      const written = await record.appendAll([first, ...others])
      if (!written.ok) return written
      const dropped = await dropDraft(scope, params.id)
      return dropped.ok ? ok(entry.case) : dropped
    }),
  next: ({ locale }, id) => href(locale, caseRoute, { id }),
})

export const dropDraftForm = form({
  route: dropDraftRoute,
  on: previewPage,
  fields: z.object({}),
  act: async (scope) => dropDraft(scope, scope.params.id),
  next: ({ locale }) => href(locale, writeRoute),
})

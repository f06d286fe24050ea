import { isLocale, languageAmong, type Languages, ok, refuse, type Refusal } from '@parley/kernel'
import { composeReply, type FolderMailbox, parseMail, type Sink } from '@parley/mail'
import {
  bodyOf,
  empty,
  hidden,
  href,
  html,
  type Html,
  moment,
  notice,
  nothing,
  table,
  textField,
  trusted,
} from '@parley/web'
import { Hono } from 'hono'
import { z } from 'zod'
import { type DirectoryPage, formView, page } from '../../platform/pages/scope.ts'
import { isWaiting, type ReceiveMail } from '../checks/index.ts'
import type { DemonstrationClock } from './demonstration-clock.ts'
import { text } from './locales/index.ts'
import { replyRoute, sinkRoute, sunkMailRoute } from './routes.ts'

export interface SinkPages {
  readonly sink: Sink
  /** Where a reply lies that no rule recognises. */
  readonly mailbox: FolderMailbox
  readonly origin: URL
  readonly clock: DemonstrationClock
  readonly community: { readonly profile: { readonly languages: Languages } }
  readonly receive: ReceiveMail
}

const verb = 'demonstration.take-part'
const replyFields = z.object({ from: z.string().catch(''), text: z.string().catch('') })
const gone: Refusal = { code: 'demonstration/mail-gone', kind: 'absent' }
const verdicts = ['acknowledged', 'automatic', 'report', 'to-be-read', 'probably-automatic'] as const

/** What was sent, in the mailboxes of people who do not exist; whoever reads it here may answer as they would. */
export function mailSink({ sink, mailbox, origin, clock, receive, community }: SinkPages): {
  pages: readonly DirectoryPage[]
  street: Hono
} {
  const { languages } = community.profile
  const listPage = page({
    route: sinkRoute,
    verb,
    read: async ({ locale, query }) => {
      const t = text(locale)
      const mails = await sink.list(100)
      const verdict = verdicts.find((each) => each === query.get('verdict'))
      const rows = mails.map((mail) => [
        html`<bdi dir="ltr">${mail.to.join(', ')}</bdi>`,
        html`<a href="${href(locale, sunkMailRoute, { mail: mail.id })}">${mail.subject}</a>`,
        moment(locale, mail.receivedAt),
      ])
      const body = html`<h1>${t('mail.title')}</h1>
        <p class="lede">${t('mail.lede')}</p>
        ${verdict ? notice(t(`verdict.${verdict}`), verdict === 'acknowledged' ? 'good' : 'warn') : nothing}
        ${rows.length === 0 ? empty(t('mail.none')) : table(t('mail.title'), [t('mail.to'), t('mail.subject'), t('mail.at')], rows)}`
      return ok({ title: t('mail.title'), body })
    },
  })

  const mailPage = page({
    route: sunkMailRoute,
    verb,
    read: async (scope, state) => {
      const { locale, params } = scope
      const t = text(locale)
      const raw = await sink.read(params.mail)
      const mail = raw && (await parseMail(raw))
      if (!mail?.ok) return refuse(gone)
      const { subject, language, recipients } = mail.value
      const [to = ''] = recipients
      const view = formView(scope, state)
      const spoken = language && isLocale(language) ? language : 'en'
      const body = html`<h1>${subject}</h1>
        <p class="lede"><bdi dir="ltr">${to}</bdi></p>
        <div class="letter" lang="${spoken}" dir="auto">${withLinks(mail.value.text, origin)}</div>
        <h2>${t('reply.title')}</h2>
        <form method="post" action="${href(locale, replyRoute, { mail: params.mail })}">
          ${textField(view, { name: 'from', label: t('reply.from'), help: t('reply.from.help'), type: 'email', value: to })}
          ${textField(view, { name: 'text', label: t('reply.text'), rows: 4, value: t('reply.example') })}
          ${hidden('mail', params.mail)}<button class="button main">${t('reply.send')}</button>
        </form>`
      return ok({ title: subject, body, width: 'narrow' })
    },
  })

  const street = new Hono()
  street.post(`/:locale{(?:${languages.join('|')})}${replyRoute.path}`, async (c) => {
    const locale = languageAmong(languages, c.req.param('locale'))
    const original = await sink.read(c.req.param('mail'))
    const { from, text: written } = replyFields.parse(
      bodyOf(await c.req.formData().catch(() => new FormData())),
    )
    const reply = { from: { name: '', address: from }, text: written, at: clock.now() }
    const raw = original && (await composeReply(original, reply).catch(() => undefined))
    const verdict = raw ? await receive(raw, clock.now()) : 'to-be-read'
    if (raw && isWaiting(verdict)) await mailbox.keepWaiting(raw, clock.now())
    return c.redirect(`${href(locale, sinkRoute)}?verdict=${verdict}`, 303)
  })
  return { pages: [listPage, mailPage], street }
}

/** Plain text with the links of this Directory made to be clicked; everything is escaped. */
function withLinks(plain: string, origin: URL): Html {
  const parts = plain.split(/(https?:\/\/[^\s<>"]+)/)
  const shown = parts.map((part) =>
    part.startsWith(`${origin.origin}/`) ? html`<a href="${part}">${part}</a>` : html`${part}`,
  )
  return trusted(shown.join(''))
}

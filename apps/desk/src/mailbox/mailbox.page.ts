import { ok, refuse } from '@parley/kernel'
import {
  chip,
  empty,
  errorSummary,
  fileField,
  href,
  html,
  type Html,
  moment,
  nothing,
  optionalParagraphs,
  table,
  textField,
} from '@parley/web'
import { z } from 'zod'
import { form, formView, page } from '../door/scope.ts'
import { text } from '../locales/index.ts'
import { bringMailRoute, caseRoute, mailboxRoute, mailItemRoute } from '../routes.ts'
import { intakePart } from './intake-part.ts'
import type { Received } from './mail-index.ts'
import { warningsIn } from './mail-parts.ts'
import { readMailSettings } from './mail-settings.ts'
import { rawMailOf } from './pasted-mail.ts'
import { takeIn } from './take-in.ts'

/** What came in and waits for somebody to say where it belongs; and a way in for a mail that was saved as a file. */
export const mailboxPage = page({
  route: mailboxRoute,
  read: async (scope, typed) => {
    const { locale, mails, desk } = scope
    const t = text(locale)
    const view = formView(scope, typed)
    const unfiled = mails.unfiled()
    const aside = mails.setAside()
    const listed = (caption: string, of: readonly Received[]): Html =>
      html`<h2>${caption}</h2>
        ${table(
          caption,
          [t('mailbox.subject'), t('mailbox.from'), t('mailbox.received')],
          of.toReversed().map((mail) => [
            html`<a href="${href(locale, mailItemRoute, { line: String(mail.n) })}"
                ><bdi>${mail.content.subject ?? t('mailbox.no-subject')}</bdi></a
              >${warningsIn(mail.content.warnings ?? [])
                .slice(0, 2)
                .map((warning) => html` ${chip(t(`chip.${warning}`), 'warn')}`)}`,
            html`<bdi>${mail.content.address ?? '–'}</bdi>`,
            moment(locale, mail.at),
          ]),
        )}`
    const body = html`<h1>${t('mailbox.title')}</h1>
      ${errorSummary(view)} ${intakePart(locale, desk.intake?.status(), await readMailSettings(scope))}
      ${unfiled.length > 0 ? listed(t('mailbox.unfiled', { number: unfiled.length }), unfiled) : empty(t('mailbox.none'))}
      <h2>${t('mailbox.bring')}</h2>
      <p>${t('mailbox.bring.why')}</p>
      <form
        method="post"
        action="${href(locale, bringMailRoute)}"
        enctype="multipart/form-data"
        class="narrow"
      >
        ${fileField(view, { name: 'mail', label: t('mailbox.file'), accept: '.eml,message/rfc822' })}
        ${textField(view, { name: 'text', label: t('mailbox.pasted'), help: t('mailbox.pasted.help'), rows: 6, autocomplete: 'off' })}
        <button class="button main">${t('mailbox.bring.act')}</button>
      </form>
      ${aside.length > 0 ? listed(t('mailbox.aside', { number: aside.length }), aside) : nothing}`
    return ok({ title: t('mailbox.title'), body })
  },
})

/** The same way in as from the office's mailbox. */
export const bringMailForm = form({
  route: bringMailRoute,
  on: mailboxPage,
  fields: z.object({ text: optionalParagraphs(600_000) }),
  act: async ({ desk, files, now, user }, { text: pasted }) => {
    const file = files.find(({ field }) => field === 'mail')
    const raw = file?.bytes ?? (pasted === undefined ? undefined : rawMailOf(pasted))
    if (!raw) return refuse({ code: 'desk/mail-missing', kind: 'invalid', field: 'mail-file' })
    return takeIn(desk, raw, { at: now, by: user.name })
  },
  next: ({ locale }, taken) => {
    const line = href(locale, mailItemRoute, { line: String(taken.line) })
    if (taken.kind === 'known') return `${line}?known=yes`
    return taken.case === undefined || taken.isExercise ? line : href(locale, caseRoute, { id: taken.case })
  },
})

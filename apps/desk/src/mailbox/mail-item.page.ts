import { newId, ok, refuse, type Result } from '@parley/kernel'
import {
  actButton,
  choices,
  errorSummary,
  facts,
  type FormView,
  href,
  html,
  type Html,
  line,
  ltr,
  moment,
  notice,
  nothing,
  optionalLine,
  select,
  textField,
} from '@parley/web'
import { z } from 'zod'
import { type DeskScope, form, formView, type Inside, page } from '../door/scope.ts'
import { text } from '../locales/index.ts'
import { sortedMembers } from '../office/members.ts'
import type { KnownLine } from '../record/events.ts'
import {
  caseRoute,
  fileMailRoute,
  mailboxRoute,
  mailItemRoute,
  openCaseRoute,
  setAsideRoute,
} from '../routes.ts'
import { fileList, originalLink, warningNotices } from './mail-parts.ts'

const unknown = refuse({ code: 'desk/mail-unknown', kind: 'absent' })

/** One mail, as text: what is wrong with it on top, then what it says, then where it may belong. */
export const mailItemPage = page({
  route: mailItemRoute,
  read: async (scope, typed) => {
    const { locale, params, record, mails, query } = scope
    const t = text(locale)
    const mail = record.lines().find(({ n }) => String(n) === params.line)
    if (!mail?.known || mail.what !== 'message.received') return unknown
    const isFiled = mail.case !== undefined || !mails.findUnfiled(mail.n)
    const view = formView(scope, typed)
    const { subject, address, mailId, signedBy, warnings = [], channel } = mail.content
    const body = html`<h1><bdi>${subject ?? t('mailbox.no-subject')}</bdi></h1>
      ${query.get('known') === null ? nothing : notice(t('mailbox.known'))} ${errorSummary(view)}
      ${warningNotices(locale, warnings)}
      ${facts([
        [t('mailbox.from'), html`<bdi>${address ?? '–'}</bdi>`],
        [t('mailbox.received'), moment(locale, mail.at)],
        [t('mailbox.encrypted'), channel === 'encrypted-e-mail' ? t('mailbox.yes') : undefined],
        [t('mailbox.signed-by'), signedBy === undefined ? undefined : ltr(signedBy)],
        [t('mailbox.id'), mailId === undefined ? undefined : ltr(mailId)],
      ])}
      <pre class="letter" dir="auto">
${mail.content.text === '' ? t('mailbox.no-text') : mail.content.text}</pre>
      ${fileList(locale, mail)} ${originalLink(locale, mail)}
      ${isFiled ? nothing : whereTo(scope, view, mail)}`
    return ok({ title: subject ?? t('mailbox.no-subject'), body })
  },
})

function whereTo(
  { locale, cases, desk, kinds, settings, params }: PageOf,
  view: FormView,
  { content }: KnownLine<'message.received'>,
): Html {
  const t = text(locale)
  const here = { line: params.line }
  const open = [...cases.all()]
    .filter(({ isOpen }) => isOpen)
    .toSorted((one, other) => other.lastAt.getTime() - one.lastAt.getTime())
    .slice(0, mostCases)
  const states = sortedMembers(desk.members, locale).map(({ state, names }) => ({
    value: state,
    label: names[locale],
  }))
  const ofKind = kinds.map((each) => ({ value: each.id, label: each.names[locale] }))
  const known = open.map(({ id, title, reference }) => ({
    value: id,
    label: html`${title}${reference === undefined ? '' : ` (${reference})`}`,
  }))
  const intoCase =
    open.length === 0
      ? nothing
      : html`<h2>${t('mailbox.into-case')}</h2>
          <form method="post" action="${href(locale, fileMailRoute, here)}">
            ${select(view, { name: 'case', label: t('mailbox.case'), options: [{ value: '', label: '–' }, ...known] })}
            <button class="button main">${t('mailbox.into-case.act')}</button>
          </form>`
  return html`${intoCase}
    <h2>${t('mailbox.new-case')}</h2>
    <form method="post" action="${href(locale, openCaseRoute, here)}">
      ${textField(view, { name: 'title', label: t('write.case-title'), help: t('write.case-title.help'), value: content.subject, autocomplete: 'off', required: true })}
      ${select(view, { name: 'state', label: t('office.state'), options: [{ value: '', label: '–' }, ...states] })}
      ${choices(view, { name: 'kind', label: t('office.kind'), kind: 'radio', chosen: [settings.kind], options: ofKind })}
      ${textField(view, { name: 'entity', label: t('office.entity'), autocomplete: 'off', required: true })}
      <button class="button main">${t('mailbox.new-case.act')}</button>
    </form>
    <h2>${t('mailbox.put-aside')}</h2>
    <p>${t('mailbox.put-aside.why')}</p>
    ${actButton(href(locale, setAsideRoute, here), t('mailbox.put-aside.act'))}`
}

type PageOf = Omit<DeskScope, 'params'> & Inside & { readonly params: { readonly line: string } }

const mostCases = 200

/** A mail that waits, whoever asks for it first: two people do not file it twice. */
function waiting(
  { mails, params }: Pick<PageOf, 'mails' | 'params'>,
  act: (line: number) => Promise<Result<string>>,
): Promise<Result<string>> {
  return mails.inTurn(async () => {
    const found = mails.findUnfiled(Number(params.line))
    return found ? act(found.n) : refuse({ code: 'desk/mail-filed', kind: 'conflict' })
  })
}

export const fileMailForm = form({
  route: fileMailRoute,
  on: mailItemPage,
  fields: z.object({ case: optionalLine(100) }),
  act: (scope, typed) =>
    waiting(scope, async (n) => {
      const found = scope.cases.find(typed.case ?? '')
      if (!found) return refuse({ code: 'field/required', kind: 'invalid', field: 'case' })
      const entry = { at: scope.now, by: scope.user.name, case: found.id }
      const filed = await scope.record.append({ ...entry, what: 'mail.filed', content: { line: n } })
      return filed.ok ? ok(found.id) : filed
    }),
  next: ({ locale }, id) => href(locale, caseRoute, { id }),
})

export const openCaseForm = form({
  route: openCaseRoute,
  on: mailItemPage,
  fields: z.object({
    title: line(300),
    state: z.string().regex(/^[A-Z]{2}$/, { error: 'desk/state-missing' }),
    kind: line(100),
    entity: line(200),
  }),
  act: (scope, { title, state, kind, entity }) =>
    waiting(scope, async (n) => {
      const id = newId()
      const entry = { at: scope.now, by: scope.user.name, case: id }
      const nature = scope.session?.isExercise === true ? 'EXERCISE' : 'REAL'
      const counterpart = { state, kind, entity }
      const filed = await scope.record.appendAll([
        { ...entry, what: 'case.opened', content: { title, side: 'theirs', counterpart, nature } },
        { ...entry, what: 'mail.filed', content: { line: n } },
      ])
      return filed.ok ? ok(id) : filed
    }),
  next: ({ locale }, id) => href(locale, caseRoute, { id }),
})

/** It stays in the record, and can still be put into a case. */
export const setAsideForm = form({
  route: setAsideRoute,
  on: mailItemPage,
  fields: z.object({}),
  act: (scope) =>
    waiting(scope, async (n) => {
      const { record, now, user } = scope
      const content = { line: n }
      const aside = await record.append({ at: now, by: user.name, what: 'mail.set-aside', content })
      return aside.ok ? ok('') : aside
    }),
  next: ({ locale }) => href(locale, mailboxRoute),
})

import { ok } from '@parley/kernel'
import { empty, href, html, type Html, linkButton, nothing, notice } from '@parley/web'
import { page } from '../../door/scope.ts'
import { text } from '../../locales/index.ts'
import { leavingPart } from '../../mailbox/leaving-part.ts'
import { damageNotice } from '../../record/record.page.ts'
import { casesRoute, mailboxRoute, startRoute } from '../../routes.ts'
import type { Case } from '../case.ts'
import { type Due, dutyNote } from '../clocks.ts'
import { caseLink, caseTable } from './case-rows.ts'
import { changesNotice } from '../../snapshot/pages/changes-notice.ts'
import { dueLine } from './due-line.ts'

/** What needs a hand, before anything else. */
export const startPage = page({
  route: startRoute,
  read: async (scope) => {
    const { locale, cases, record, now, mails } = scope
    const t = text(locale)
    const note = dutyNote(cases.all(), record.lines(), now)
    const { unanswered } = note
    const unacknowledged = unanswered.filter((each) => isUnacknowledged(each))
    const others = unanswered.filter((each) => !isUnacknowledged(each))
    const waiting = mails.unfiled().length
    const leaving = mails.leaving()
    const isQuiet =
      note.overdue.length + note.next.length + unanswered.length + waiting + leaving.length === 0
    const dues = (title: string, of: readonly Due[]): Html =>
      of.length === 0
        ? nothing
        : html`<h2>${title}</h2>
            <ul>
              ${of.map((due) => html`<li>${caseLink(scope, due.case)}: ${dueLine(locale, due, now)}</li>`)}
            </ul>`
    const listed = (title: string, of: readonly Case[]): Html =>
      of.length === 0
        ? nothing
        : html`<h2>${title}</h2>
            ${caseTable(scope, title, of)}`
    const body = html`<h1>${t('start.title')}</h1>
      ${damageNotice(scope)} ${leaving.map((line) => leavingPart(locale, mails, line))}
      ${waiting === 0 ? nothing : notice(html`<a href="${href(locale, mailboxRoute)}">${t('start.mail', { number: waiting })}</a>`, 'warn')}
      ${dues(t('start.overdue'), note.overdue)} ${listed(t('start.acknowledge'), unacknowledged)}
      ${listed(t('start.answer'), others)} ${dues(t('start.next'), note.next)}
      ${isQuiet ? empty(t('start.quiet')) : nothing} ${changesNotice(scope)}
      <p>${linkButton(href(locale, casesRoute), t('cases.all'))}</p>`
    return ok({ title: t('start.title'), body })
  },
})

function isUnacknowledged({ acknowledged, answered }: Case): boolean {
  return !acknowledged.ours && !answered.ours
}

import { hour, type Locale, ok } from '@parley/kernel'
import { spokenReference } from '@parley/protocol'
import {
  errorSummary,
  facts,
  html,
  type Html,
  ltr,
  moment,
  nothing,
  writeDuration,
  href,
  linkButton,
} from '@parley/web'
import { caseUnknown } from '../case-unknown.ts'
import { answerPart } from '../../answer/answer-part.ts'
import { channelFact, channelPart, leadsFact } from '../../answer/channel-part.ts'
import { closingPart } from '../../answer/closing-part.ts'
import { handedOverFact, handOverLink, takenOverFact } from '../../answer/hand-over/hand-over-part.ts'
import { formView, type Inside, page } from '../../door/scope.ts'
import { sayConsentState } from '../../exports/consent-state.ts'
import { text } from '../../locales/index.ts'
import { leavingPart } from '../../mailbox/leaving-part.ts'
import { warningNotices } from '../../mailbox/mail-parts.ts'
import { ownActs } from '../../own-lines/own-acts.ts'
import { caseRoute, incomingRoute, toldRoute, writeRoute } from '../../routes.ts'
import { passedForNotice } from '../../snapshot/pages/passed-for.ts'
import type { Case } from '../case.ts'
import { duesOf } from '../clocks.ts'
import { isExchanged } from '../consent.ts'
import { lineTitle } from '../line-title.ts'
import { caseChips, counterpart } from './case-rows.ts'
import { dueLine } from './due-line.ts'
import { sayLine } from './say-line.ts'

const sides = ['ours', 'theirs'] as const

/** One case: what is known of both sides, the clocks, and every line in its order. */
export const showCasePage = page({
  route: caseRoute,
  read: async (scope, typed) => {
    const { locale, cases, params, now } = scope
    const each = cases.find(params.id)
    if (!each) return caseUnknown
    const t = text(locale)
    const dues = duesOf(each)
    const within = `?${new URLSearchParams({ case: each.id })}`
    const body = html`<h1><bdi>${each.title}</bdi></h1>
      <p class="lede">${counterpart(scope, each)}</p>
      <p>${caseChips(scope, each)}</p>
      ${errorSummary(formView(scope, typed))} ${warningNotices(locale, warningsOf(each))}
      ${await passedForNotice(scope, each)} ${leavingOf(scope, each)}
      ${
        dues.length === 0
          ? nothing
          : html`<h2>${t('case.clocks')}</h2>
              <ul>
                ${dues.map((due) => html`<li>${dueLine(locale, due, now)}</li>`)}
              </ul>`
      }
      ${answerPart(scope, each, typed)}
      <p class="row">
        ${linkButton(`${href(locale, writeRoute)}${within}`, t('write.title'))}
        ${linkButton(`${href(locale, incomingRoute)}${within}`, t('incoming.title'))}
        ${linkButton(href(locale, toldRoute, { id: each.id }), t('told.title'))}
      </p>
      ${ownActs(locale, each)}
      ${facts([
        [
          t('case.reference'),
          each.reference &&
            html`${ltr(each.reference)} <span class="small">${ltr(spokenReference(each.reference))}</span>`,
        ],
        [t('case.own-reference'), each.ownReference && html`<bdi>${each.ownReference}</bdi>`],
        [t('case.their-reference'), each.theirReference && html`<bdi>${each.theirReference}</bdi>`],
        [t('case.channel'), channelFact(locale, each)],
        [t('case.leads'), leadsFact(locale, each)],
        [t('line.case.taken-over'), takenOverFact(locale, each)],
        [t('line.case.handed-over'), handedOverFact(locale, each)],
        [t('case.consent'), sayConsentState(locale, each, '', now)],
      ])}
      ${channelPart(locale, each)}
      ${sides.map(
        (side) =>
          html`<h2>${t(`side.${side}`)}</h2>
            ${sideFacts(each, side, locale)}`,
      )}
      ${closingPart(scope, each, typed)} ${handOverLink(locale, each)}
      <h2>${t('case.lines')}</h2>
      <ol class="steps">
        ${each.lines.map(
          (line) =>
            html`<li id="line-${line.n}">
              <strong>${lineTitle(locale, line)}</strong> ${sayLine(locale, line)}
              <p class="small">${moment(locale, line.at)} · <bdi>${line.by}</bdi></p>
            </li>`,
        )}
      </ol>`
    return ok({ title: each.title, body })
  },
})

/** What was about to go out in this case, and is not settled. */
function leavingOf({ locale, mails }: Pick<Inside, 'mails'> & { readonly locale: Locale }, { id }: Case) {
  return mails
    .leaving()
    .filter((line) => line.case === id)
    .map((line) => leavingPart(locale, mails, line))
}

/** What was wrong with what they sent last. */
function warningsOf({ lines }: Case): readonly string[] {
  const last = lines.findLast(isExchanged)
  const said = last?.what === 'message.received' ? (last.content.warnings ?? []) : []
  const isClarified = lines.some((line) => line.what === 'case.clarified' && line.n > (last?.n ?? 0))
  return said.filter((each) => each !== 'says-exercise' || !isClarified)
}

function sideFacts(each: Case, side: 'ours' | 'theirs', locale: Locale): Html {
  const t = text(locale)
  const acknowledged = each.acknowledged[side]
  const answered = each.answered[side]
  const estimated = each.estimated[side]
  const timed = each.timed[side]
  const said: readonly (readonly [string, Html | string | undefined])[] = [
    [t('line.case.acknowledged'), acknowledged && moment(locale, acknowledged)],
    [
      t('line.case.answered'),
      answered && html`${t(`answer.${answered.answer}`)}, ${moment(locale, answered.at)}`,
    ],
    [t('line.case.estimated'), estimated && moment(locale, estimated.until)],
    [
      t('line.case.timed'),
      timed && html`${writeDuration(locale, timed.hours * hour)}, ${moment(locale, timed.until)}`,
    ],
  ]
  return said.some(([, value]) => value !== undefined)
    ? facts(said)
    : html`<p class="small">${t('side.nothing')}</p>`
}

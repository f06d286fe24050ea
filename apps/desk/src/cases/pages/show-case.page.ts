import { hour, type Locale, ok, refuse } from '@parley/kernel'
import { spokenReference } from '@parley/protocol'
import {
  facts,
  html,
  type Html,
  ltr,
  moment,
  notice,
  nothing,
  writeDuration,
  href,
  linkButton,
} from '@parley/web'
import { page } from '../../door/scope.ts'
import { text } from '../../locales/index.ts'
import { caseRoute, incomingRoute, writeRoute } from '../../routes.ts'
import type { Case } from '../case.ts'
import { duesOf } from '../clocks.ts'
import { isExchanged } from '../consent.ts'
import { lineTitle } from '../line-title.ts'
import { caseChips, counterpart } from './case-rows.ts'
import { dueLine } from './due-line.ts'
import { channelName, sayLine } from './say-line.ts'

const sides = ['ours', 'theirs'] as const

/** One case: what is known of both sides, the clocks, and every line in its order. */
export const showCasePage = page({
  route: caseRoute,
  read: async (scope) => {
    const { locale, cases, params, now } = scope
    const each = cases.find(params.id)
    if (!each) return refuse({ code: 'desk/case-unknown', kind: 'absent' })
    const t = text(locale)
    const dues = duesOf(each)
    const within = `?${new URLSearchParams({ case: each.id })}`
    const body = html`<h1><bdi>${each.title}</bdi></h1>
      <p>${caseChips(scope, each)}</p>
      <p class="row">
        ${linkButton(`${href(locale, writeRoute)}${within}`, t('write.title'), 'main')}
        ${linkButton(`${href(locale, incomingRoute)}${within}`, t('incoming.title'))}
      </p>
      ${warningsOf(each).map((warning) => notice(t(`warning.${warning}`), 'warn'))}
      ${facts([
        [t('case.counterpart'), counterpart(scope, each)],
        [
          t('case.reference'),
          each.reference &&
            html`${ltr(each.reference)} <span class="small">${ltr(spokenReference(each.reference))}</span>`,
        ],
        [t('case.their-reference'), each.theirReference && html`<bdi>${each.theirReference}</bdi>`],
        [t('case.channel'), channelOf(each, locale)],
        [t('case.consent'), consentOf(each, locale)],
      ])}
      ${
        dues.length === 0
          ? nothing
          : html`<h2>${t('case.clocks')}</h2>
              <ul>
                ${dues.map((due) => html`<li>${dueLine(locale, due, now)}</li>`)}
              </ul>`
      }
      ${sides.map(
        (side) =>
          html`<h2>${t(`side.${side}`)}</h2>
            ${sideFacts(each, side, locale)}`,
      )}
      <h2>${t('case.lines')}</h2>
      <ol class="steps">
        ${each.lines.map(
          (line) =>
            html`<li>
              <strong>${lineTitle(locale, line)}</strong> ${sayLine(locale, line)}
              <p class="small">${moment(locale, line.at)} · <bdi>${line.by}</bdi></p>
            </li>`,
        )}
      </ol>`
    return ok({ title: each.title, body })
  },
})

/** What was wrong with what they sent last. */
function warningsOf({ lines }: Case): readonly Warning[] {
  const last = lines.findLast(isExchanged)
  const said = last?.what === 'message.received' ? (last.content.warnings ?? []) : []
  return warnings.filter((each) => said.includes(each))
}

const warnings = [
  'broken-machine-part',
  'not-the-same-text',
  'reservations-missing',
  'newer-template',
  'newer-format',
  'says-exercise',
] as const
type Warning = (typeof warnings)[number]

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
    [t('line.case.led'), each.leads[side]],
  ]
  return said.some(([, value]) => value !== undefined)
    ? facts(said)
    : html`<p class="small">${t('side.nothing')}</p>`
}

function channelOf({ agreedChannel, proposedChannel }: Case, locale: Locale): Html | undefined {
  const t = text(locale)
  if (!agreedChannel && !proposedChannel) return undefined
  return html`${agreedChannel ? html`${t('channel.agreed')}: ${channelName(locale, agreedChannel.channel)} <bdi>${agreedChannel.detail ?? ''}</bdi>, ${moment(locale, agreedChannel.agreedAt, 'date')} ` : nothing}${
    proposedChannel
      ? html`${t(`channel.proposed.${proposedChannel.by}`)}: ${channelName(locale, proposedChannel.channel)}
          <bdi>${proposedChannel.detail ?? ''}</bdi>`
      : nothing
  }`
}

function consentOf({ consents }: Case, locale: Locale): string {
  const t = text(locale)
  const given = sides.filter((side) => consents.some((each) => each.side === side))
  if (given.length === 2) return t('consent.both')
  return t(given[0] === undefined ? 'consent.none' : `consent.only-${given[0]}`)
}

import { type Locale, second } from '@parley/kernel'
import {
  bar,
  figures,
  html,
  type Html,
  moment,
  nothing,
  table,
  writeDuration,
  writeNumber,
  writeShare,
} from '@parley/web'
import type { Tx } from '../../platform/database/database.ts'
import type { Community } from '../community/index.ts'
import type { Round } from './domain/check.ts'
import { findLastDue } from './keep-distances.ts'
import type { Counted, KeptFigures } from './kept-figures.ts'
import { text } from './locales/index.ts'
import { countRound, type RoundFigures } from './round-figures.ts'

/** What the control room shows of a round at one moment. */
export interface Look extends Counted {
  readonly round: Round
  /** When the last of the messages that still wait is due. */
  readonly lastDue: Date | undefined
}

export async function lookAt(
  tx: Tx,
  kept: KeptFigures,
  round: Round,
  now: Date,
  noOlderThan = 10 * second,
): Promise<Look> {
  const counted = await kept.figuresOf(round, now, noOlderThan, () => countRound(tx, round))
  const lastDue = round.status === 'running' ? await findLastDue(tx, round) : undefined
  return { ...counted, round, lastDue }
}

/** The figures of a round: the part of the control room that renews itself. Nothing in it can have the focus. */
export function showFigures(locale: Locale, community: Community, look: Look): Html {
  const t = text(locale)
  const { round, figures: counted, at, lastDue } = look
  return html`<p class="lede">
      ${t.html('round.started', { at: moment(locale, round.startedAt) })}
      ${
        round.closedAt
          ? t.html('round.ended', { at: moment(locale, round.closedAt) })
          : t.html('round.as-of', { at: moment(locale, at, 'second') })
      }
      ${lastDue && lastDue > at ? t.html('round.last-due', { at: moment(locale, lastDue) }) : nothing}
    </p>
    ${
      round.pausedAt
        ? html`<div class="notice warn">
            ${t.html('round.paused-since', { at: moment(locale, round.pausedAt) })}
          </div>`
        : nothing
    }
    ${
      round.status === 'stopped'
        ? html`<div class="notice warn">${t('round.stopped-what', { count: counted.notSentMessages })}</div>`
        : nothing
    }
    ${
      counted.ourFaults > 0
        ? html`<div class="notice stop">${t('round.our-faults', { count: counted.ourFaults })}</div>`
        : nothing
    }
    ${
      round.status === 'closed' && counted.notSent > 0
        ? html`<div class="notice warn">${t('report.ours', { count: counted.notSent })}</div>`
        : nothing
    }
    ${shares(locale, counted)} ${figures(bigFigures(locale, counted))}
    <h2>${t('round.by-kind')}</h2>
    ${answeredBy(
      locale,
      t('round.by-kind'),
      t('kind'),
      counted.byKind.map(({ kind, ...row }) => ({ name: community.kindName(kind, locale), ...row })),
    )}
    <h2>${t('report.by-group')}</h2>
    ${answeredBy(
      locale,
      t('report.by-group'),
      t('group'),
      byGroup(community, counted).map(({ group, ...row }) => ({
        name: community.groupName(group, locale),
        ...row,
      })),
    )}`
}

/** The figures for those who hear them. */
export function inOneSentence(locale: Locale, counted: RoundFigures): string {
  return text(locale)('round.bar', {
    answered: counted.answered + counted.late,
    checks: counted.checks,
    waiting: counted.waiting,
    failed: failedOf(counted),
  })
}

function answeredBy(
  locale: Locale,
  caption: string,
  column: string,
  rows: readonly ({ readonly name: string } & Rated)[],
): Html {
  const t = text(locale)
  return table(
    caption,
    [column, t('checks'), t('answered')],
    rows.map(({ name, ...row }) => [
      name,
      writeNumber(locale, row.checks),
      `${writeNumber(locale, row.answered)} (${rateOf(locale, row)})`,
    ]),
  )
}

type Rated = Pick<RoundFigures, 'checks' | 'answered' | 'notSent'>

/** As in the report: what we did not send stands in no rate. */
function rateOf(locale: Locale, { checks, answered, notSent }: Rated): string {
  return checks === notSent ? '–' : writeShare(locale, answered / (checks - notSent))
}

function failedOf({ undeliverable, noAnswer, notSent }: RoundFigures): number {
  return undeliverable + noAnswer + notSent
}

function shares(locale: Locale, counted: RoundFigures): Html {
  const all = Math.max(1, counted.checks)
  const answered = counted.answered + counted.late
  const failed = failedOf(counted)
  return bar(inOneSentence(locale, counted), [
    { share: answered / all, tone: 'good' },
    { share: counted.waiting / all, tone: 'wait' },
    { share: failed / all, tone: 'stop' },
  ])
}

/** In the order of the profile, whatever was answered (RULE-3). */
function byGroup(community: Community, { byState }: RoundFigures) {
  const groups = Map.groupBy(byState, ({ state }) => community.findState(state)?.group ?? '')
  const order = community.profile.groups.map(({ id }) => id)
  return [
    ...order.filter((id) => groups.has(id)),
    ...[...groups.keys()].filter((id) => !order.includes(id)),
  ].map((group) => {
    const rows = groups.get(group) ?? []
    return {
      group,
      checks: rows.reduce((all, { checks }) => all + checks, 0),
      answered: rows.reduce((all, { answered }) => all + answered, 0),
      notSent: rows.reduce((all, { notSent }) => all + notSent, 0),
    }
  })
}

function bigFigures(locale: Locale, counted: RoundFigures) {
  const t = text(locale)
  const number = (value: number) => writeNumber(locale, value)
  return [
    { value: number(counted.checks), label: t('figure.checks', { count: counted.states }) },
    { value: number(counted.answered), label: t('figure.answered', { share: rateOf(locale, counted) }) },
    { value: number(counted.late), label: t('figure.late') },
    { value: number(counted.waiting), label: t('figure.waiting') },
    { value: number(counted.toSend), label: t('figure.to-send') },
    { value: number(counted.sent), label: t('figure.sent') },
    { value: number(counted.delivered), label: t('figure.delivered') },
    { value: number(counted.undeliverable), label: t('figure.undeliverable') },
    ...(counted.noAnswer > 0 ? [{ value: number(counted.noAnswer), label: t('figure.no-answer') }] : []),
    ...(counted.notSent > 0 ? [{ value: number(counted.notSent), label: t('figure.not-sent') }] : []),
    {
      value: counted.medianAnswer === undefined ? '–' : writeDuration(locale, counted.medianAnswer),
      label: t('figure.median'),
    },
  ]
}

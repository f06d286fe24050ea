import { ok, parseId, parseStateCode, refuse } from '@parley/kernel'
import {
  chip,
  empty,
  href,
  html,
  type Html,
  linkButton,
  ltr,
  moment,
  nothing,
  select,
  telephoneLink,
  writeTelephone,
} from '@parley/web'
import { type DirectoryForm, type DirectoryPage, formView, page } from '../../platform/pages/scope.ts'
import type { Community } from '../community/index.ts'
import { type Entry, listEntries } from '../directory/index.ts'
import { callOutcomes } from './call-sheet.ts'
import { whatHappened } from './control-room.page.ts'
import type { Check, Round } from './domain/check.ts'
import { text } from './locales/index.ts'
import { type CallMade, listCalls, listToCall, listWaitingOf } from './round-figures.ts'
import { callSheetRoute, recordCallRoute, roundRoute } from './routes.ts'
import { findRound, listStatesOf } from './store.ts'

/** Entries without a working address, to be called: the number, and what came of it. */
export function callSheet(community: Community): {
  pages: readonly DirectoryPage[]
  forms: readonly DirectoryForm[]
} {
  const sheetPage = page({
    route: callSheetRoute,
    verb: 'checks.rounds.read',
    read: async (scope, state) => {
      const { locale, tx, params, query, now } = scope
      const t = text(locale)
      const id = parseId<'round'>(params.round)
      const round = id && (await findRound(tx, id))
      if (!round) return refuse({ code: 'checks/round-unknown', kind: 'absent' })
      const toCall = await listToCall(tx, round)
      const asked = parseStateCode(query.get('state') ?? '')
      const others = asked ? await listWaitingOf(tx, round, asked) : []
      const also = others.filter((check) => toCall.every((each) => each.id !== check.id))
      const checks = [...also, ...toCall]
      const entries = await listEntries(tx, { ids: checks.map((check) => check.entry) })
      const byId = new Map(entries.map((entry) => [entry.id, entry]))
      const calls = await listCalls(
        tx,
        checks.map((check) => check.id),
      )
      const card = (check: Check) =>
        cardOf(locale, community, round, check, byId.get(check.entry), calls.get(check.id) ?? [])
      const title = t('calls.title', { number: round.number })
      const states = await listStatesOf(tx, round.id)
      const body = html`<h1>${title}</h1>
        <p class="lede">${t('calls.lede')}</p>
        <p class="printed small">${t.html('report.printed', { at: moment(locale, now) })}</p>
        ${also.map(card)} ${toCall.length > 0 ? toCall.map(card) : empty(t('calls.none'))}
        ${
          round.status === 'running'
            ? html`<h2 class="unprinted">${t('calls.other')}</h2>
                <form
                  method="get"
                  action="${href(locale, callSheetRoute, { round: round.id })}"
                  class="row unprinted"
                >
                  ${select(formView(scope, state), {
                    name: 'state',
                    label: t('state'),
                    value: asked ?? '',
                    options: [
                      { value: '', label: '–' },
                      ...states.map((code) => ({
                        value: code,
                        label: community.stateName(code, locale),
                      })),
                    ],
                  })}<button class="button plain">${t('calls.show')}</button>
                </form>`
            : nothing
        }
        <p>
          <a href="${href(locale, roundRoute, { round: round.id })}"
            >${t('round.title', { number: round.number })}</a
          >
        </p>`
      return ok({ title, body, width: 'narrow' })
    },
  })
  return { pages: [sheetPage], forms: [] }
}

function cardOf(
  locale: Parameters<typeof text>[0],
  community: Community,
  round: Round,
  check: Check,
  entry: Entry | undefined,
  calls: readonly CallMade[],
): Html {
  const t = text(locale)
  const phones = entry?.addresses.filter(({ channel }) => channel === 'phone') ?? []
  const mayCall =
    round.status === 'running' && (check.status === 'waiting' || check.status === 'undeliverable')
  return html`<article class="card">
    <section>
      <h2>${community.stateName(check.state, locale)} · ${community.kindName(check.kind, locale)}</h2>
      <p>${entry?.entityName.original ?? t('entry.withdrawn')} ${whatHappened(locale, check)}</p>
      ${phones.map(
        ({ value, extension }) =>
          html`<a class="number" href="${telephoneLink(value, extension)}"
            >${writeTelephone(value)}${extension === undefined ? '' : ` × ${extension}`}</a
          >`,
      )}
      ${calls.map((call) => html`<p class="small">${callLine(locale, call)}</p>`)}
    </section>
    ${
      mayCall
        ? html`<section>
            ${linkButton(href(locale, recordCallRoute, { round: round.id, check: check.id }), t('calls.record'))}
          </section>`
        : nothing
    }
  </article>`
}

/** When, what came of it, at which number, who took it and who called; and whether the State says: not so. */
export function callLine(locale: Parameters<typeof text>[0], call: CallMade): Html {
  const t = text(locale)
  const outcome = callOutcomes.find((each) => each === call.outcome) ?? 'no-answer'
  return html`${moment(locale, call.at)} · ${t(`call.${outcome}`)}
  ${call.number === '' ? nothing : html`· ${ltr(writeTelephone(call.number))}`}
  ${call.takenBy === '' ? nothing : html`· ${t.html('call.taken-by', { who: html`<bdi>${call.takenBy}</bdi>` })}`}
  ${call.caller === '' ? nothing : html`· ${t.html('call.caller', { who: html`<bdi>${call.caller}</bdi>` })}`}
  ${call.deniedAt ? chip(t('call.denied'), 'warn') : nothing}`
}

import { ok, parseId, refuse } from '@parley/kernel'
import { actButton, empty, errorSummary, hidden, html, href, ltr, moment, nothing } from '@parley/web'
import { z } from 'zod'
import { type DirectoryForm, type DirectoryPage, form, page } from '../../platform/pages/scope.ts'
import type { Community } from '../community/index.ts'
import { listEntries } from '../directory/index.ts'
import { callOutcomes, recordCall } from './call-sheet.ts'
import { whatHappened } from './control-room.page.ts'
import { text } from './locales/index.ts'
import { listCalls, listToCall } from './round-figures.ts'
import { callSheetRoute, roundRoute } from './routes.ts'
import { findRound } from './store.ts'

/** Entries without a working address, to be called: the number, what to say, and what came of it. */
export function callSheet(community: Community): {
  pages: readonly DirectoryPage[]
  forms: readonly DirectoryForm[]
} {
  const sheetPage = page({
    route: callSheetRoute,
    verb: 'checks.rounds.read',
    read: async ({ locale, tx, params, texts }, state) => {
      const t = text(locale)
      const id = parseId<'round'>(params.round)
      const round = id && (await findRound(tx, id))
      if (!round) return refuse({ code: 'checks/round-unknown', kind: 'absent' })
      const checks = await listToCall(tx, round)
      const entries = await listEntries(tx, { ids: checks.map((check) => check.entry) })
      const byId = new Map(entries.map((entry) => [entry.id, entry]))
      const calls = await listCalls(
        tx,
        checks.map((check) => check.id),
      )
      const action = href(locale, callSheetRoute, { round: round.id })
      const cards = checks.map((check) => {
        const entry = byId.get(check.entry)
        const phones = entry?.addresses.filter(({ channel }) => channel === 'phone') ?? []
        const buttons = callOutcomes.map((outcome) =>
          actButton(
            action,
            t(`call.${outcome}`),
            outcome === 'answered' ? 'main' : 'plain',
            html`${hidden('check', check.id)}${hidden('outcome', outcome)}`,
          ),
        )
        return html`<article class="card">
          <section>
            <h2>${community.stateName(check.state, locale)} · ${community.kindName(check.kind, locale)}</h2>
            <p>${entry?.entityName.original ?? t('entry.withdrawn')} ${whatHappened(locale, check)}</p>
            ${phones.map((phone) => html`<a class="number" href="tel:${phone.value}">${ltr(phone.value)}</a>`)}
            ${(calls.get(check.id) ?? []).map((call) => html`<p class="small">${moment(locale, call.at)} · ${t(`call.${outcomeOf(call.outcome)}`)}</p>`)}
          </section>
          ${check.status === 'waiting' && round.status === 'running' ? html`<section class="row">${buttons}</section>` : nothing}
        </article>`
      })
      const body = html`<h1>${t('calls.title', { number: round.number })}</h1>
        <p class="lede">${t('calls.lede')}</p>
        ${errorSummary({ locale, texts, form: state })} ${cards.length > 0 ? cards : empty(t('calls.none'))}
        <p>
          <a href="${href(locale, roundRoute, { round: round.id })}"
            >${t('round.title', { number: round.number })}</a
          >
        </p>`
      return ok({ title: t('calls.title', { number: round.number }), body, width: 'narrow' })
    },
  })

  const callForm = form({
    route: callSheetRoute,
    verb: 'checks.call.record',
    fields: z.object({ check: z.string(), outcome: z.enum(callOutcomes) }),
    on: sheetPage,
    act: async (scope, { check, outcome }) => {
      const id = parseId<'check'>(check)
      return id ? recordCall(scope, id, outcome) : refuse({ code: 'checks/check-unknown', kind: 'absent' })
    },
    next: ({ locale, params }) => href(locale, callSheetRoute, params),
  })
  return { pages: [sheetPage], forms: [callForm] }
}

function outcomeOf(text: string) {
  return callOutcomes.find((outcome) => outcome === text) ?? 'no-answer'
}

import { directionOf, languageAmong, type Locale, ok, parseId, refuse } from '@parley/kernel'
import {
  chip,
  choices,
  empty,
  errorSummary,
  facts,
  href,
  html,
  type Html,
  moment,
  nothing,
  table,
  textField,
} from '@parley/web'
import { z } from 'zod'
import type { Tx } from '../../platform/database/database.ts'
import { type DirectoryForm, type DirectoryPage, form, formView, page } from '../../platform/pages/scope.ts'
import { type Community, findCompetentAuthority, findMission } from '../community/index.ts'
import { listEntries } from '../directory/index.ts'
import { opensFollowUp } from './domain/check.ts'
import {
  authorities,
  channels,
  closedBy,
  findFollowUp,
  type FollowUp,
  listAttempts,
  listFollowUps,
  outcomes,
  recordAttempt,
} from './follow-up.ts'
import { text } from './locales/index.ts'
import { prepareNote } from './prepared-note.ts'
import { followUpRoute, followUpsRoute, roundRoute } from './routes.ts'
import { findRound, known, listRounds, listStateChecks } from './store.ts'

/** POC-18: what the manager does after silence, one State at a time, with a note to send. */
export function followUps(community: Community): {
  pages: readonly DirectoryPage[]
  forms: readonly DirectoryForm[]
} {
  const listPage = page({
    route: followUpsRoute,
    verb: 'checks.follow-up.read',
    read: async ({ locale, tx, now }) => {
      const t = text(locale)
      const all = await listFollowUps(tx)
      const rounds = new Map((await listRounds(tx)).map(({ id, number }) => [id, number]))
      const today = now.toISOString().slice(0, 10)
      const rows = all.map((followUp) => [
        html`<a href="${href(locale, followUpRoute, { followup: followUp.id })}"
          >${community.stateName(followUp.state, locale)}</a
        >`,
        t('round.title', { number: rounds.get(followUp.round) ?? '' }),
        moment(locale, followUp.openedAt, 'date'),
        followUp.closedAt
          ? chip(t(`follow-up.closed.${closedBy(followUp)}`), 'good')
          : html`${moment(locale, new Date(followUp.nextActionOn), 'date')}
            ${followUp.nextActionOn <= today ? chip(t('follow-up.due'), 'warn') : nothing}`,
      ])
      const body = html`<h1>${t('follow-ups.title')}</h1>
        <p class="lede">${t('follow-ups.lede')}</p>
        ${rows.length === 0 ? empty(t('follow-ups.none')) : table(t('follow-ups.title'), [t('state'), t('round'), t('follow-up.opened'), t('follow-up.next')], rows)}`
      return ok({ title: t('follow-ups.title'), body })
    },
  })

  const onePage = page({
    route: followUpRoute,
    verb: 'checks.follow-up.read',
    read: async (scope, state) => {
      const { locale, tx, params, now } = scope
      const t = text(locale)
      const id = parseId<'follow-up'>(params.followup)
      const followUp = id && (await findFollowUp(tx, id))
      if (!followUp) return refuse({ code: 'checks/follow-up-unknown', kind: 'absent' })
      const attempts = await listAttempts(tx, followUp.id)
      const note = await noteFor(tx, community, followUp)
      const view = formView(scope, state)
      const name = community.stateName(followUp.state, locale)
      const authorityOptions = authorities.map((value) => ({ value, label: t(`authority.${value}`) }))
      const channelOptions = channels.map((value) => ({
        value,
        label: t(`channel.${value}`, { letter: community.profile.letter[locale] }),
      }))
      const outcomeOptions = outcomes.map((value) => ({ value, label: t(`outcome.${value}`) }))
      const body = html`<h1>${t('follow-up.title', { state: name })}</h1>
        ${errorSummary(view)}
        ${facts([
          [
            t('round'),
            html`<a href="${href(locale, roundRoute, { round: followUp.round })}"
              >${t('round.title', { number: note.round.number })}</a
            >`,
          ],
          [t('follow-up.opened'), moment(locale, followUp.openedAt, 'date')],
          [
            t('follow-up.next'),
            followUp.closedAt ? undefined : moment(locale, new Date(followUp.nextActionOn), 'date'),
          ],
          [
            t('follow-up.closed'),
            followUp.closedAt &&
              html`${moment(locale, followUp.closedAt, 'date')} ·
              ${t(`follow-up.closed.${closedBy(followUp)}`)}`,
          ],
          [t('note.recipient'), note.recipient],
        ])}
        <h2>${t('note.title')}</h2>
        ${
          note.text === undefined
            ? empty(t('note.none'))
            : html`<p class="small">${t('note.ours')}</p>
                ${letter(note.language, note.text)}`
        }
        <h2>${t('follow-up.attempts')}</h2>
        ${
          attempts.length === 0
            ? empty(t('follow-up.no-attempts'))
            : table(
                t('follow-up.attempts'),
                [t('date'), t('authority'), t('channel'), t('outcome')],
                attempts.map((attempt) => [
                  moment(locale, new Date(attempt.onDate), 'date'),
                  t(`authority.${attempt.authority}`),
                  t(`channel.${attempt.channel}`, { letter: community.profile.letter[locale] }),
                  t(`outcome.${attempt.outcome}`),
                ]),
              )
        }
        ${
          followUp.closedAt
            ? nothing
            : html`<h2>${t('follow-up.record')}</h2>
                <form method="post" action="${href(locale, followUpRoute, { followup: followUp.id })}">
                  ${textField(view, { name: 'onDate', label: t('date'), type: 'date', value: now.toISOString().slice(0, 10), size: 'short' })}
                  ${choices(view, { name: 'authority', label: t('authority'), kind: 'radio', options: authorityOptions, chosen: [note.authority ? 'competent-authority' : 'mission'] })}
                  ${choices(view, { name: 'channel', label: t('channel'), kind: 'radio', options: channelOptions, chosen: ['email'] })}
                  ${choices(view, { name: 'outcome', label: t('outcome'), kind: 'radio', options: outcomeOptions })}
                  ${textField(view, { name: 'nextOn', label: t('follow-up.next'), help: t('follow-up.next-help'), type: 'date', size: 'short' })}
                  <button class="button main">${t('follow-up.save')}</button>
                </form>`
        }`
      return ok({ title: t('follow-up.title', { state: name }), body, width: 'narrow' })
    },
  })

  const attemptForm = form({
    route: followUpRoute,
    verb: 'checks.follow-up.record',
    fields: z.object({
      onDate: z.iso.date(),
      authority: z.enum(authorities),
      channel: z.enum(channels),
      outcome: z.enum(outcomes),
      nextOn: z
        .union([z.iso.date(), z.literal('')])
        .optional()
        .transform((date) => date || undefined),
    }),
    on: onePage,
    act: async (scope, attempt) => {
      const id = parseId<'follow-up'>(scope.params.followup)
      return id
        ? recordAttempt(scope, id, attempt)
        : refuse({ code: 'checks/follow-up-unknown', kind: 'absent' })
    },
    next: ({ locale, params }) => href(locale, followUpRoute, params),
  })
  return { pages: [listPage, onePage], forms: [attemptForm] }
}

function letter(language: Locale, words: string): Html {
  return html`<div class="letter" lang="${language}" dir="${directionOf(language)}">${words}</div>`
}

/** To the competent authority that the State named, else to the Mission; in the Mission's language. */
async function noteFor(tx: Tx, community: Community, followUp: FollowUp) {
  const mission = await findMission(tx, followUp.state)
  const authority = await findCompetentAuthority(tx, followUp.state)
  const round = known(await findRound(tx, followUp.round))
  const checks = await listStateChecks(tx, followUp.round, followUp.state)
  const entries = await listEntries(tx, { state: followUp.state })
  const names = new Map(entries.map((entry) => [entry.id, entry.entityName.original]))
  const wanted = mission?.language ?? community.findState(followUp.state)?.missionLanguage
  const language = languageAmong(community.profile.languages, wanted)
  // An entry that the State withdrew is not followed up.
  const silent = checks.flatMap((check) => {
    const entityName = names.get(check.entry)
    return entityName !== undefined && opensFollowUp(check.status) ? [{ check, entityName }] : []
  })
  return {
    language,
    authority,
    round,
    recipient: authority ? (authority.email ?? authority.telephone ?? authority.name) : mission?.email,
    text:
      silent.length === 0
        ? undefined
        : prepareNote(community, language, {
            state: followUp.state,
            round,
            silent,
            authority: authority?.name,
          }),
  }
}

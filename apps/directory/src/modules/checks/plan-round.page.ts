import { directionOf, fold, type Locale, ok } from '@parley/kernel'
import {
  actButton,
  type Body,
  chip,
  empty,
  errorSummary,
  type FormState,
  hidden,
  href,
  html,
  type Html,
  moment,
  notice,
  nothing,
  select,
  several,
  table,
  textField,
  tick,
  type View,
  writeLanguage,
  writeMonths,
  written,
} from '@parley/web'
import { z } from 'zod'
import { unchanged } from '../../platform/action.ts'
import {
  type DirectoryForm,
  type DirectoryPage,
  type DirectoryScope,
  form,
  formView,
  page,
} from '../../platform/pages/scope.ts'
import type { Community } from '../community/index.ts'
import type { Entry } from '../directory/index.ts'
import {
  type Candidate,
  type Choice,
  chosenOf,
  type Counted,
  type Survey,
  surveyCandidates,
} from './choose-entries.ts'
import { text } from './locales/index.ts'
import { findNextRound, forgetPlan, type NextRound, planRound } from './plan-date.ts'
import { planDateRoute, planRoute, previewRoute, roundsRoute } from './routes.ts'

type Scope = Pick<DirectoryScope, 'locale' | 'tx' | 'now' | 'texts'>

/** More than this nobody reads through: such a round is limited by kind and group alone. */
const mostListed = 2_000

/** What is looked for in the list: it limits what is shown, and nothing of the round. */
const lookedFor = z.string().trim().max(200).catch('').default('')

export const choiceFields = {
  kind: z.string().optional().transform(orNothing),
  group: z.string().optional().transform(orNothing),
  chosen: tick,
  entry: several(z.uuid(), 5_000),
}

interface ChoiceSent {
  readonly kind?: string | undefined
  readonly group?: string | undefined
  readonly chosen: boolean
  readonly entry: readonly string[]
}

export function choiceOf({ kind, group, chosen, entry }: ChoiceSent): Choice {
  return { kind, group, entries: chosen ? new Set(entry) : undefined }
}

/** The next round: when it begins, whom it reaches, and the button that starts what is shown. */
export function planning(community: Community): {
  page: DirectoryPage
  forms: readonly DirectoryForm[]
} {
  const planPage = page({
    route: planRoute,
    verb: 'checks.rounds.read',
    read: async (scope, state) => ok(await viewOf(community, scope, state)),
  })
  const chooseForm = form({
    route: planRoute,
    verb: 'checks.rounds.read',
    fields: z.object({ ...choiceFields, name: lookedFor }),
    on: planPage,
    // Nothing is changed: the choice stands in the form alone.
    act: async (scope, choice) => {
      const values: Body = {
        name: choice.name,
        kind: choice.kind ?? '',
        group: choice.group ?? '',
        ...(choice.chosen ? { chosen: 'yes' } : {}),
        entry: choice.entry,
      }
      return unchanged(await viewOf(community, scope, { values, errors: [] }))
    },
    next: (_, view) => view,
  })
  const dateForm = form({
    route: planDateRoute,
    verb: 'checks.round.plan',
    fields: z.union([z.object({ usual: z.literal('yes') }), z.object({ on: z.iso.date() })]),
    on: planPage,
    act: (scope, sent) => ('on' in sent ? planRound(scope, sent.on) : forgetPlan(scope)),
    next: ({ locale }) => href(locale, planRoute),
  })
  return { page: planPage, forms: [chooseForm, dateForm] }
}

async function viewOf(community: Community, scope: Scope, state: FormState): Promise<View> {
  const { locale, tx, texts, now } = scope
  const t = text(locale)
  const sent = z.object(choiceFields).safeParse(state.values)
  const choice = sent.success ? choiceOf(sent.data) : {}
  const name = lookedFor.parse(state.values['name'])
  const survey = await surveyCandidates(scope, community, choice, mostListed)
  const next = await findNextRound(tx, community)
  const body = html`<h1>${t('plan.title')}</h1>
    ${errorSummary({ locale, texts, form: state })} ${dateSection(community, scope, state, next)}
    <p class="unprinted"><a href="${href(locale, previewRoute)}">${t('plan.preview')}</a></p>
    <h2>${t('plan.who')}</h2>
    <p class="printed small">${t.html('report.printed', { at: moment(locale, now) })}</p>
    ${choosing(community, scope, { ...choice, name }, survey)}`
  return { title: t('plan.title'), body }
}

function dateSection(community: Community, scope: Scope, state: FormState, next: NextRound | undefined) {
  const { locale } = scope
  const t = text(locale)
  const view = formView(scope, state)
  const action = href(locale, planDateRoute)
  const interval = writeMonths(locale, community.profile.checkEveryMonths)
  return html`<h2>${t('plan.when')}</h2>
    <p>
      ${next ? t.html('rounds.due', { date: moment(locale, next.dueAt, 'date') }) : t('rounds.first')}
      ${t('plan.when.usual', { interval })}
    </p>
    <details class="unprinted">
      <summary>${t('plan.when.change')}</summary>
      <form method="post" action="${action}">
        ${textField(view, {
          name: 'on',
          label: t('date'),
          help: t('plan.when.help'),
          type: 'date',
          value: next?.dueAt.toISOString().slice(0, 10),
          size: 'short',
        })}
        <button class="button plain">${t('plan.when.save')}</button>
      </form>
      ${next?.otherwise ? actButton(action, t('plan.when.back'), 'plain', hidden('usual', 'yes')) : nothing}
    </details>`
}

function choosing(
  community: Community,
  scope: Scope,
  choice: Choice & { readonly name: string },
  { candidates, listed, counted, seen }: Survey,
): Html {
  const { locale } = scope
  const t = text(locale)
  const { kinds, groups } = community.profile
  const { name, kind = '', group = '' } = choice
  const view = formView(scope, { values: { name, kind, group }, errors: [] })
  const shown = named(community, locale, name, listed)
  const boxes = new Set(shown.map(({ entry }) => String(entry.id)))
  // What is ticked and not listed now stays ticked, and is seen again when the limit is taken back.
  const ticked = [...(choice.entries ?? []), ...chosenOf(listed).map(({ entry }) => entry.id)]
  const kept = [...new Set<string>(ticked)].filter((id) => !boxes.has(id))
  const isLong = candidates > mostListed
  return html`<form method="post" action="${href(locale, planRoute)}">
    <div class="filter unprinted">
      ${isLong ? nothing : textField(view, { name: 'name', label: t('plan.name'), type: 'search' })}
      ${select(view, {
        name: 'kind',
        label: t('kind'),
        options: [
          { value: '', label: t('plan.all') },
          ...kinds.map(({ id }) => ({ value: id, label: community.kindName(id, locale) })),
        ],
      })}
      ${
        groups.length === 0
          ? nothing
          : select(view, {
              name: 'group',
              label: t('plan.group'),
              options: [
                { value: '', label: t('plan.all') },
                ...groups.map(({ id }) => ({ value: id, label: community.groupName(id, locale) })),
              ],
            })
      }
      <button class="button plain">${t('plan.show')}</button>
    </div>
    ${
      candidates === 0
        ? empty(t('rounds.nobody'))
        : html`${counts(community, scope, counted)}
            ${isLong ? notice(t('plan.too-many', { count: candidates }), 'warn') : nothing}
            ${isLong ? nothing : html`${hidden('chosen', 'yes')}${kept.map((id) => hidden('entry', id))}`}
            ${isLong ? nothing : shown.length === 0 ? empty(t('plan.name.none')) : whoGetsWhat(community, scope, shown)}
            <div class="notice warn unprinted">
              <label class="choice"
                ><input type="checkbox" name="confirmed" value="yes" id="confirmed" />
                <span>${t('plan.confirm', { messages: counted.messages })}</span></label
              >
              ${hidden('seen', seen)}
              <button class="button main" formaction="${href(locale, roundsRoute)}">
                ${t('rounds.start')}
              </button>
            </div>`
    }
  </form>`
}

/** Those whose State or entity is called so. */
function named(
  community: Community,
  locale: Locale,
  name: string,
  candidates: readonly Candidate[],
): readonly Candidate[] {
  if (name === '') return candidates
  const states = new Set(community.searchStates(name, locale).map(({ code }) => code))
  const part = fold(name)
  return candidates.filter(
    ({ entry: { state, entityName } }) =>
      states.has(state) ||
      [entityName.original, entityName.english ?? ''].some((each) => fold(each).includes(part)),
  )
}

function counts(community: Community, { locale }: Scope, counted: Counted): Html {
  const t = text(locale)
  const { entries, states, messages, byTelephone, shared } = counted
  return html`<p>${t('rounds.who', { entries, states })} ${t('plan.messages', { messages })}</p>
    ${byTelephone > 0 ? notice(t('plan.by-telephone', { count: byTelephone }), 'warn') : nothing}
    ${
      shared.length > 0
        ? notice(
            html`<p>${t('plan.shared', { count: shared.length })}</p>
              <ul>
                ${shared.map((of) => html`<li>${of.map((entry, index) => html`${index > 0 ? ' · ' : ''}${nameOf(entry)} (${community.stateName(entry.state, locale)})`)}</li>`)}
              </ul>`,
            'warn',
          )
        : nothing
    }`
}

function whoGetsWhat(community: Community, { locale }: Scope, candidates: readonly Candidate[]): Html {
  const t = text(locale)
  return table(
    t('plan.list'),
    [t('entry'), t('state'), t('kind'), t('plan.reached'), t('plan.language')],
    candidates.map(({ entry, emails, language, beside, isFresh, isChosen }) => [
      html`<label class="choice"
        ><input type="checkbox" name="entry" value="${entry.id}" ${isChosen ? html` checked` : nothing} />
        <span>${nameOf(entry)} ${isFresh ? chip(t('plan.fresh')) : nothing}</span></label
      >`,
      community.stateName(entry.state, locale),
      community.kindName(entry.kind, locale),
      emails.length === 0 ? t('plan.telephone') : t('plan.addresses', { count: emails.length }),
      html`<a href="${href(locale, previewRoute)}?language=${language}${beside ? `&beside=${beside}` : ''}"
        >${[language, beside].flatMap((each) => (each ? writeLanguage(locale, each) : [])).join(' · ')}</a
      >`,
    ]),
  )
}

function nameOf({ entityName, language }: Entry): Html {
  return written(entityName.original, language, directionOf(language))
}

function orNothing(text: string | undefined): string | undefined {
  return text === '' ? undefined : text
}

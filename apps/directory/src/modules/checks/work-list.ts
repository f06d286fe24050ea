import { type Locale, parseId } from '@parley/kernel'
import { empty, type FormView, href, html, type Html, nothing, select, table } from '@parley/web'
import type { DirectoryScope } from '../../platform/pages/scope.ts'
import type { Community } from '../community/index.ts'
import { listEntries } from '../directory/index.ts'
import type { Check, Round } from './domain/check.ts'
import { type FollowUp, followUpsByState } from './follow-up.ts'
import { text } from './locales/index.ts'
import { listNeedingHand, type WorkFilter, worksPerPage } from './round-figures.ts'
import { roundRoute } from './routes.ts'
import { checkStatus } from './store.ts'

/** What became of a check, and what to do about it. */
interface WorkWords {
  readonly happened: (check: Check) => Html
  /** `followUp`: what its State was asked in this round, if it was. */
  readonly next: (check: Check, followUp: FollowUp | undefined) => Html
}

/**
 * The checks that the manager works through: by status, kind, group and State, a page at a time. `states`: those that
 * have a check in the round.
 */
export async function workList(
  { locale, tx, query }: Pick<DirectoryScope, 'locale' | 'tx' | 'query'>,
  round: Round,
  community: Community,
  states: ReadonlySet<string>,
  words: WorkWords,
): Promise<Html> {
  const found = await listNeedingHand(tx, round, filterOf(community, query))
  const shown = found.slice(0, worksPerPage)
  const last = found.length > worksPerPage ? shown.at(-1) : undefined
  return html`${filterForm(locale, round, community, states, query)}
  ${shown.length === 0 ? empty(text(locale)('round.hand.none')) : await rowsOf(locale, tx, round, community, shown, words)}
  ${last ? nextPage(locale, round, query, last) : nothing}`
}

/** What the query asks for; what it says that is not there asks for nothing. */
function filterOf({ profile, states }: Community, query: URLSearchParams): WorkFilter {
  const status = checkStatus.safeParse(query.get('status'))
  const kind = profile.kinds.find(({ id }) => id === query.get('kind'))?.id
  const group = profile.groups.find(({ id }) => id === query.get('group'))?.id
  const state = states.find(({ code }) => code === query.get('state'))?.code
  const within = states.filter(
    (each) => (group === undefined || each.group === group) && (state === undefined || each.code === state),
  )
  return {
    status: status.success ? status.data : undefined,
    kind,
    states: state === undefined && group === undefined ? undefined : within.map(({ code }) => code),
    after: parseId<'check'>(query.get('after') ?? ''),
  }
}

function filterForm(
  locale: Locale,
  round: Round,
  community: Community,
  states: ReadonlySet<string>,
  query: URLSearchParams,
): Html {
  const t = text(locale)
  const { compare } = new Intl.Collator(locale)
  const view: FormView = { locale, texts: [], form: { values: {}, errors: [] } }
  const { profile } = community
  const box = (name: string, label: string, options: readonly { value: string; label: string }[]) =>
    select(view, {
      name,
      label,
      value: query.get(name) ?? '',
      options: [{ value: '', label: name === 'status' ? t('round.hand') : t('work.all') }, ...options],
    })
  return html`<form
    class="filter"
    method="get"
    action="${href(locale, roundRoute, { round: round.id })}#work"
  >
    ${box(
      'status',
      t('rounds.status'),
      checkStatus.options.map((value) => ({ value, label: t(`status.${value}`) })),
    )}
    ${box(
      'kind',
      t('kind'),
      profile.kinds.map(({ id }) => ({ value: id, label: community.kindName(id, locale) })),
    )}
    ${box(
      'group',
      t('group'),
      profile.groups.map(({ id }) => ({ value: id, label: community.groupName(id, locale) })),
    )}
    ${box(
      'state',
      t('state'),
      community.states
        .filter(({ code }) => states.has(code))
        .map(({ code, names }) => ({ value: code, label: names[locale] }))
        .toSorted((one, other) => compare(one.label, other.label)),
    )}
    <button class="button">${t('work.show')}</button>
  </form>`
}

async function rowsOf(
  locale: Locale,
  tx: DirectoryScope['tx'],
  round: Round,
  community: Community,
  checks: readonly Check[],
  { happened, next }: WorkWords,
): Promise<Html> {
  const t = text(locale)
  const entries = await listEntries(tx, { ids: checks.map((check) => check.entry) })
  const names = new Map(entries.map((entry) => [entry.id, entry.entityName.original]))
  const followUps = await followUpsByState(
    tx,
    round.id,
    checks.map(({ state }) => state),
  )
  return table(
    t('round.hand'),
    [t('state'), t('entry'), t('what-happened'), t('next')],
    checks.map((check) => [
      html`<a href="?state=${check.state}#work">${community.stateName(check.state, locale)}</a>`,
      html`${names.get(check.entry) ?? t('entry.withdrawn')}
        <span class="small">${community.kindName(check.kind, locale)}</span>`,
      happened(check),
      next(check, followUps.get(check.state)),
    ]),
  )
}

function nextPage(locale: Locale, round: Round, query: URLSearchParams, last: Check): Html {
  const next = new URLSearchParams(query)
  next.set('after', last.id)
  return html`<p>
    <a href="${href(locale, roundRoute, { round: round.id })}?${next}#work">${text(locale)('work.next')}</a>
  </p>`
}

import { type Locale, ok, type StateCode } from '@parley/kernel'
import {
  facts,
  href,
  html,
  type Html,
  linkButton,
  moment,
  nothing,
  notice,
  sentence,
  webText,
  writeMoment,
} from '@parley/web'
import { listActs, type PastAct } from '../../platform/history/read.ts'
import { type DirectoryPage, type DirectoryScope, page } from '../../platform/pages/scope.ts'
import { type Community, findFrozen } from '../community/index.ts'
import { listCardViews, type MonthOfViews } from './card-views.ts'
import type { Entry } from './domain/entry.ts'
import type { ContactChange } from './domain/former-value.ts'
import { listOpenItems } from './domain/open-items.ts'
import type { OnTop } from './find.page.ts'
import { underReview } from './frozen.ts'
import { waitingProposals, wayToImports, waysOfManager } from './import-entries/proposals.page.ts'
import { text } from './locales/index.ts'
import { entrySubject } from './on-behalf.ts'
import { readableStates } from './readers.ts'
import {
  changeEntryRoute,
  decideChangeRoute,
  delegatesRoute,
  entryRoute,
  listRightRoute,
  newEntryRoute,
  ourStateRoute,
} from './routes.ts'
import { listDisputed } from './store/changes.ts'
import { listEntries } from './store/entries.ts'
import { changeVerbs } from './show-changes.page.ts'
import { changedFields, whoActed } from './write-act.ts'
import { entryName } from './write-entry.ts'

/** The acts about a State's entries, and what the directory manager opened (RULE-9). */
const verbs = [
  ...changeVerbs,
  'entry.dispute-reminded',
  'entry.key-expires-soon',
  'entry.key-expires-past',
  'entry.viewed',
  'list-right.given',
  'list-right.ended',
  'list.taken',
  'state.viewed',
] as const

/** The start page of a Mission: who is nominated, what is still open as information, what happened lately. */
export function ourStatePage(
  community: Community,
  onTop: OnTop,
  further: (locale: Locale) => Html,
): DirectoryPage {
  return page({
    route: ourStateRoute,
    verb: 'directory.our-state.read',
    read: async (scope) => {
      const { locale, tx, actor } = scope
      const t = text(locale)
      if (!('state' in actor)) return ok({ title: t('our-state.title'), body: html`` })
      const { state } = actor
      const participates = (await readableStates(tx, actor)).has(state)
      const entries = participates ? await listEntries(tx, { state }) : []
      const disputed = participates ? await listDisputed(tx, state) : []
      const acts = await listActs(tx, { state, verbs, limit: 20 })
      const body = html`<h1>${community.stateName(state, locale)}</h1>
        <p class="lede">${t('our-state.lede')}</p>
        ${await onTop(scope)}${await waitingProposals(scope)}${underReview(locale, await findFrozen(tx, state))}${disputedNotice(locale, disputed)}${
          participates
            ? html`${nominees(locale, community, state, entries)}${wayToImports(locale)}${open(community, locale, entries)}`
            : html`<p>${t('our-state.not-participating')}</p>`
        }${viewsByMonth(locale, await listCardViews(tx, state))}
        <p>${linkButton(href(locale, delegatesRoute), t('delegates.title'))}</p>
        ${listRightLink(locale)}${further(locale)}${lately(scope, community, entries, acts)}`
      return ok({ title: t('our-state.title'), body, width: 'narrow' })
    },
  })
}

/** RULE-12: a total by month, rounded up to ten; never by whom or when. */
function viewsByMonth(locale: Locale, months: readonly MonthOfViews[]): Html {
  const t = text(locale)
  if (months.length === 0) return nothing
  const rows = months.map(
    ({ month, atMost }) =>
      [
        writeMoment(locale, new Date(`${month}-01T00:00:00Z`), 'month'),
        t('views.at-most', { count: atMost }),
      ] as const,
  )
  return html`<h2>${t('views.title')}</h2>
    <p class="small">${t('views.explanation')}</p>
    ${facts(rows)}`
}

function listRightLink(locale: Locale): Html {
  return html`<p><a href="${href(locale, listRightRoute)}">${text(locale)('list-right.title')}</a></p>`
}

/** What waits for the Mission alone: changes of which somebody says that they are not right. */
function disputedNotice(locale: Locale, disputed: readonly ContactChange[]): Html {
  const t = text(locale)
  return html`${disputed.map(({ entry, id }) =>
    notice(
      html`<p>${t('our-state.disputed')}</p>
        ${linkButton(href(locale, decideChangeRoute, { entry, change: id }), t('decide.title'), 'main')}`,
      'warn',
    ),
  )}`
}

/** For the manager's page of a State: the same list as the State's own, with the way to act on a note verbale. */
export function entriesSection(community: Community) {
  return async ({ locale, tx }: Pick<DirectoryScope, 'locale' | 'tx'>, state: StateCode): Promise<Html> =>
    html`${nominees(locale, community, state, await listEntries(tx, { state }))}${waysOfManager(locale)}`
}

function nominees(locale: Locale, community: Community, state: StateCode, entries: readonly Entry[]): Html {
  return html`${community.profile.kinds.map((kind) => nominated(locale, kind, state, entries, community))}`
}

function nominated(
  locale: Locale,
  { id: kind, names }: Community['profile']['kinds'][number],
  state: StateCode,
  all: readonly Entry[],
  { profile }: Community,
): Html {
  const t = text(locale)
  const entries = all.filter((entry) => entry.kind === kind)
  return html`<h2>${names[locale]}</h2>
    ${
      entries.length === 0
        ? html`<p class="empty">${t('our-state.none')}</p>`
        : html`<ul>
            ${entries.map((entry) => {
              const params = { entry: entry.id }
              return html`<li>
                <a href="${href(locale, entryRoute, params)}">${entryName(locale, entry)}</a> ·
                <a href="${href(locale, changeEntryRoute, params)}">${t('change.title')}</a>
              </li>`
            })}
          </ul>`
    }${
      entries.length < profile.entriesPerKind
        ? linkButton(
            `${href(locale, newEntryRoute)}?${new URLSearchParams({ kind, state })}`,
            t('our-state.add'),
            entries.length === 0 ? 'main' : 'plain',
          )
        : ''
    }`
}

/** POC-27: information, never an error; nothing follows from leaving it as it is. */
function open(community: Community, locale: Locale, entries: readonly Entry[]): Html {
  const t = text(locale)
  const kinds = community.profile.kinds.map(({ id }) => id)
  const items = listOpenItems(entries, kinds)
  if (items.length === 0) return html``
  const unnamed = items.flatMap((item) => (item.what === 'kind' ? [item.kind] : []))
  const byEntry = Map.groupBy(
    items.filter((item) => item.what !== 'kind'),
    ({ entry }) => entry,
  )
  return html`<h2>${t('open.title')}</h2>
    <p class="small">${t('open.explanation')}</p>
    <ul>
      ${unnamed.map((kind) => html`<li>${t('open.kind', { kind: community.kindName(kind, locale) })}</li>`)}
      ${[...byEntry].map(
        ([entry, open]) =>
          html`<li>
            ${webText(locale).html('pair', {
              name: html`<a href="${href(locale, entryRoute, { entry: entry.id })}"
                >${entryName(locale, entry)}</a
              >`,
              value: open.map(({ what }) => t(`open.${what}`)).join(' · '),
            })}
          </li>`,
      )}
    </ul>`
}

type Words = Pick<DirectoryScope, 'locale' | 'texts'>

function lately(
  view: Words,
  community: Community,
  entries: readonly Entry[],
  acts: readonly PastAct[],
): Html {
  const { locale } = view
  const t = text(locale)
  if (acts.length === 0) return html``
  const subjects = new Map(entries.map((entry) => [entrySubject(entry.id), entry]))
  return html`<h2>${t('lately.title')}</h2>
    <ul class="plain">
      ${acts.map((act) => {
        const entry = subjects.get(act.subject)
        return html`<li>
          ${moment(locale, act.at)}<br />${webText(locale)('pair', {
            name: whoActed(community, locale, act.actor),
            value: sentence(view, `history.${act.verb}`),
          })}${
            entry
              ? html` ·
                  <a href="${href(locale, entryRoute, { entry: entry.id })}">${entryName(locale, entry)}</a>`
              : ''
          }${changedFields(locale, act)}
        </li>`
      })}
    </ul>`
}

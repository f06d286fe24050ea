import { type Locale, ok, parseStateCode } from '@parley/kernel'
import { empty, href, html, type Html, moment, nothing, select, sentence, table } from '@parley/web'
import { recordViewing } from '../../platform/history/record-viewing.ts'
import { listActs, type PastAct } from '../../platform/history/read.ts'
import { type DirectoryPage, formView, page } from '../../platform/pages/scope.ts'
import type { Community } from '../community/index.ts'
import type { Entry, EntryId } from './domain/entry.ts'
import { text } from './locales/index.ts'
import { entrySubject } from './on-behalf.ts'
import { changesRoute, entryRoute } from './routes.ts'
import { listDisputed } from './store/changes.ts'
import { listEntries } from './store/entries.ts'
import { changedFields, whoActed } from './write-act.ts'
import { entryName } from './write-entry.ts'

/** What changes an entry; what was merely looked at is no change. */
export const changeVerbs = [
  'entry.added',
  'entry.changed',
  'entry.confirmed',
  'entry.change-disputed',
  'entry.change-kept',
  'entry.change-compromised',
  'entry.change-restored',
  'entry.former-erased',
  'entry.address-answered',
  'entry.key-set',
  'entry.key-removed',
  'entry.withdrawn',
  'entry.erased',
  'entry.restored',
] as const

const perPage = 50
/** Whoever looks further back reads the history. */
const pagesShown = 200

/** POC-11: the manager's feed of changes, the newest first; no values, and a card opened from it is a view like any other. */
export function changesPage(community: Community): DirectoryPage {
  return page({
    route: changesRoute,
    verb: 'directory.changes.read',
    read: async (scope) => {
      const { locale, tx, query } = scope
      const t = text(locale)
      const state = community.findState(query.get('state') ?? '')?.code
      if (state) await recordViewing(scope, { verb: 'state.viewed', subject: `state:${state}`, state })
      const place = Math.min(pagesShown, Math.max(1, Math.trunc(Number(query.get('page'))) || 1))
      const acts = await listActs(tx, {
        verbs: changeVerbs,
        limit: perPage,
        ...(state && { state }),
        offset: (place - 1) * perPage,
      })
      const disputed = await listDisputed(tx, state)
      const entries = await listEntries(tx, { state })
      const bySubject = new Map(entries.map((entry) => [entrySubject(entry.id), entry]))
      const more = acts.length === perPage && place < pagesShown
      const older = more
        ? new URLSearchParams({ ...(state && { state }), page: String(place + 1) }).toString()
        : undefined
      const body = html`<h1>${t('changes.title')}</h1>
        <p class="lede">${t('changes.lede')}</p>
        <form method="get" class="filter">
          ${select(formView(scope, { values: { state: state ?? '' }, errors: [] }), {
            name: 'state',
            label: t('field.state'),
            options: [
              { value: '', label: t('changes.all-states') },
              ...community
                .searchStates('', locale)
                .map(({ code, names }) => ({ value: code, label: names[locale] })),
            ],
          })}
          <button class="button main">${t('changes.show')}</button>
        </form>
        ${waiting(locale, community, entries, new Set(disputed.map(({ entry }) => entry)))}
        ${
          acts.length === 0
            ? empty(t('changes.none'))
            : table(
                t('changes.title'),
                [t('changes.at'), t('changes.what'), t('find.state'), t('changes.entry'), t('changes.who')],
                acts.map((act) => [
                  moment(locale, act.at),
                  html`${sentence(scope, `history.${act.verb}`)}${changedFields(locale, act)}`,
                  stateName(community, locale, act),
                  linked(locale, bySubject.get(act.subject)),
                  whoActed(community, locale, act.actor),
                ]),
              )
        }${older === undefined ? nothing : html`<p><a href="${href(locale, changesRoute)}?${older}">${t('changes.older')}</a></p>`}`
      return ok({ title: t('changes.title'), body, width: 'wide' })
    },
  })
}

/** Disputed changes wait for their Mission; the manager can only remind it. */
function waiting(
  locale: Locale,
  community: Community,
  entries: readonly Entry[],
  disputed: ReadonlySet<EntryId>,
): Html {
  const t = text(locale)
  const waits = entries.filter(({ id }) => disputed.has(id))
  if (waits.length === 0) return nothing
  return html`<h2>${t('changes.disputed')}</h2>
    <ul>
      ${waits.map((entry) => html`<li>${community.stateName(entry.state, locale)} · ${linked(locale, entry)}</li>`)}
    </ul>`
}

function linked(locale: Locale, entry: Entry | undefined): Html | string {
  return entry
    ? html`<a href="${href(locale, entryRoute, { entry: entry.id })}">${entryName(locale, entry)}</a>`
    : text(locale)('entry.withdrawn')
}

function stateName(community: Community, locale: Locale, act: PastAct): string {
  const code = parseStateCode(act.state ?? '')
  return code ? community.stateName(code, locale) : '–'
}

import { type Locale, ok, parseId, refuse } from '@parley/kernel'
import { href, type Html, html, ltr, moment, telephoneLink, writeTelephone, written } from '@parley/web'
import { type DirectoryPage, type DirectoryScope, page } from '../../platform/pages/scope.ts'
import type { Community } from '../community/index.ts'
import type { CardLimit } from './card-limit.ts'
import { type Address, type Entry, type EntryId, withoutCardOnly } from './domain/entry.ts'
import { searchIn } from './find-filters.ts'
import { text } from './locales/index.ts'
import { readableStates } from './readers.ts'
import { counterpartsRoute, entryRoute } from './routes.ts'
import { openSearch } from './search-entries.ts'
import { listEntries } from './store/entries.ts'
import { entryName, officeHours, workingLanguages } from './write-entry.ts'

/** So many cards fit on two printed pages. */
const mostCards = 20
const mostOffered = 20

type Scope = Pick<DirectoryScope, 'locale' | 'actor' | 'now' | 'query'>

/** Up to twenty cards on two printed, dated pages. RULE-12: the choice stands in the address of the page alone. */
export function counterpartsPage(community: Community, limit: CardLimit): DirectoryPage {
  const search = openSearch(community)
  return page({
    route: counterpartsRoute,
    verb: 'directory.counterparts.read',
    read: async (scope) => {
      const { locale, tx, actor, now, query } = scope
      const t = text(locale)
      const readable = await readableStates(tx, actor)
      if (readable.size === 0) return refuse({ code: 'directory/not-participating', kind: 'forbidden' })
      const chosen = chosenIn(query)
      const allowed = await limit(scope, chosen.length)
      if (!allowed.ok) return allowed
      const wanted = searchIn(community, actor, query)
      const offered = wanted.text === '' ? [] : (await search(tx, locale, readable, wanted)).states
      const found = new Map((await listEntries(tx, { ids: chosen })).map((entry) => [entry.id, entry]))
      const entries = chosen
        .flatMap((id) => found.get(id) ?? [])
        .filter(({ state }) => readable.has(state))
        .map(withoutCardOnly)
      const gone = chosen.length - entries.length
      const name = 'account' in actor ? actor.name : ''
      const body = html`<h1>${t('counterparts.title')}</h1>
        <p class="lede unprinted">${t('counterparts.lede', { count: mostCards })}</p>
        <p class="printed">
          ${t.html('counterparts.printed', { at: moment(locale, now), name: html`<bdi>${name}</bdi>` })}
        </p>
        ${gone > 0 ? html`<p class="notice warn">${t('counterparts.gone', { count: gone })}</p>` : ''}
        <div class="unprinted">
          ${finder(scope, chosen, wanted.text)}
          ${offers(
            scope,
            community,
            chosen,
            offered.flatMap((state) => state.entries).filter(({ id }) => !chosen.includes(id)),
            wanted.text,
          )}
        </div>
        ${
          entries.length === 0
            ? html`<p class="empty">${t('counterparts.empty')}</p>`
            : html`<div class="sheet">${entries.map((entry) => card(scope, community, chosen, entry))}</div>`
        }`
      return ok({ title: t('counterparts.title'), body })
    },
  })
}

function chosenIn(query: URLSearchParams): readonly EntryId[] {
  const ids = (query.get('cards') ?? '').split(',').flatMap((id) => parseId<'entry'>(id) ?? [])
  return [...new Set(ids)].slice(0, mostCards)
}

/** The page with these cards; the words that were searched stay where somebody goes on choosing. */
function address(locale: Locale, cards: readonly EntryId[], words = ''): string {
  const query = [
    ...(cards.length > 0 ? [`cards=${cards.join(',')}`] : []),
    ...(words === '' ? [] : [new URLSearchParams({ q: words }).toString()]),
  ]
  return href(locale, counterpartsRoute) + (query.length > 0 ? `?${query.join('&')}` : '')
}

function finder({ locale, query }: Scope, chosen: readonly EntryId[], words: string): Html | string {
  const t = text(locale)
  if (chosen.length >= mostCards) return html`<p class="small">${t('counterparts.full')}</p>`
  const kind = query.get('kind')
  return html`<form class="search" method="get" action="${href(locale, counterpartsRoute)}" role="search">
    <input type="hidden" name="cards" value="${chosen.join(',')}" />
    ${kind === null ? '' : html`<input type="hidden" name="kind" value="${kind}" />`}
    <input type="search" name="q" aria-label="${t('find.label')}" value="${words}" />
    <button class="button">${t('find.button')}</button>
  </form>`
}

/** What was found, each with the way to add it; RULE-7: the other kind is one step away. */
function offers(
  scope: Scope,
  community: Community,
  chosen: readonly EntryId[],
  entries: readonly Entry[],
  words: string,
): Html | string {
  const { locale, actor } = scope
  const t = text(locale)
  if (words === '' || chosen.length >= mostCards) return ''
  const other = community.profile.kinds.filter(
    ({ id }) => actor.role === 'poc' && id !== searchIn(community, actor, scope.query).kind,
  )
  return html`${
    entries.length === 0
      ? html`<p class="empty">${t('find.nothing')}</p>`
      : html`<ul>
          ${entries.slice(0, mostOffered).map(
            (entry) =>
              html`<li>
                ${community.stateName(entry.state, locale)} · ${community.kindName(entry.kind, locale)} ·
                ${entryName(locale, entry)} ·
                <a href="${address(locale, [...chosen, entry.id], words)}"
                  >${t('counterparts.add')}<span class="said">
                    ${community.stateName(entry.state, locale)}, ${entryName(locale, entry)}</span
                  ></a
                >
              </li>`,
          )}
        </ul>`
  }${other.map(
    ({ id, names }) =>
      html`<p>
        <a href="${address(locale, chosen, words)}&amp;kind=${id}"
          >${t('find.show', { kind: names[locale] })}</a
        >
      </p>`,
  )}${entries.length > mostOffered ? html`<p class="small">${t('find.more')}</p>` : ''}`
}

const rank = ({ urgent, channel }: Address) => (urgent ? 0 : channel === 'phone' ? 1 : 2)

function card(scope: Scope, community: Community, chosen: readonly EntryId[], entry: Entry): Html {
  const { locale, query } = scope
  const t = text(locale)
  const { language, addresses, availability } = entry
  const [first, ...others] = addresses.toSorted((one, other) => rank(one) - rank(other))
  const lines = [
    workingLanguages(locale, entry.workingLanguages),
    availability.always ? t('hours.always') : officeHours(locale, availability),
    entry.personName === undefined ? undefined : html`<bdi lang="${language}">${entry.personName}</bdi>`,
  ].filter((line) => line !== undefined)
  const state = community.stateName(entry.state, locale)
  const without = chosen.filter((id) => id !== entry.id)
  return html`<article class="card">
    <section>
      <h2>
        <a href="${href(locale, entryRoute, { entry: entry.id })}">${state}</a>
        <span class="small">${community.kindName(entry.kind, locale)}</span>
      </h2>
      <div>${entryName(locale, entry)}${translation(locale, entry)}</div>
      ${first === undefined ? html`<div class="small">${t('counterparts.on-card')}</div>` : html`<div class="first">${reached(first)}</div>`}
      <div>${others.map((each) => html`<span class="one">${reached(each)}</span> `)}</div>
      <div class="small">${lines.map((line, place) => html`${place > 0 ? ' · ' : ''}${line}`)}</div>
      <a class="unprinted" href="${address(locale, without, query.get('q') ?? '')}"
        >${t('counterparts.remove')}<span class="said"> ${state}</span></a
      >
    </section>
  </article>`
}

/** The State's own unofficial translation, for those who read neither the entry's language nor its script. */
function translation(locale: Locale, { language, entityName: { original, english } }: Entry): Html | string {
  const isRead =
    original === '' || english === undefined || ['en', locale].includes(language) || locale === 'en'
  return isRead ? '' : html` <span class="small">${written(english, 'en', 'ltr')}</span>`
}

function reached({ channel, value, extension }: Address): Html {
  const shown = channel === 'email' ? value : writeTelephone(value)
  const to = channel === 'email' ? `mailto:${value}` : telephoneLink(value, extension)
  return html`<a href="${to}">${ltr(extension === undefined ? shown : `${shown} × ${extension}`)}</a>`
}

import { type Locale, ok, refuse, type StateCode } from '@parley/kernel'
import { href, html, type Html } from '@parley/web'
import { type DirectoryPage, type DirectoryScope, page } from '../../platform/pages/scope.ts'
import type { Community } from '../community/index.ts'
import type { Entry } from './domain/entry.ts'
import { findAddress, kindSwitch, searchForm, searchIn } from './find-filters.ts'
import { text } from './locales/index.ts'
import { readableStates } from './readers.ts'
import { counterpartsRoute, entryRoute, findRoute, findStateRoute, takeListRoute } from './routes.ts'
import { type Found, openSearch } from './search-entries.ts'
import { entryName, thereNow, workingLanguages } from './write-entry.ts'

/** What other rooms put on the start page of a POC: its open check, if there is one. */
export type OnTop = (scope: Pick<DirectoryScope, 'tx' | 'locale' | 'actor' | 'now'>) => Promise<Html>

/** Who do you need to reach? One box for a State, a team, a language; the start page of a POC. */
export function findPage(community: Community, onTop: OnTop): DirectoryPage {
  const search = openSearch(community)
  return page({
    route: findRoute,
    verb: 'directory.find',
    read: async (scope) => {
      const { locale, tx, actor, query, now } = scope
      const t = text(locale)
      const readable = await readableStates(tx, actor)
      if (readable.size === 0 && actor.role !== 'manager')
        return refuse({ code: 'directory/not-participating', kind: 'forbidden' })
      const wanted = searchIn(community, actor, query)
      const found = await search(tx, locale, readable, wanted)
      const body = html`<h1>${t('find.title')}</h1>
        <p class="lede">${t('find.lede')} ${kindSwitch(community, scope, wanted)}</p>
        ${await onTop(scope)} ${searchForm(scope, community, wanted, readable)}
        ${
          scope.may('directory.counterparts.read')
            ? html`<p>
                <a href="${href(locale, counterpartsRoute)}">${t('counterparts.title')}</a> ·
                <a href="${href(locale, takeListRoute)}">${t('list.title')}</a>
              </p>`
            : ''
        }
        ${results(community, locale, found, wanted.kind, now)}${
          found.next === undefined
            ? ''
            : html`<p>
                <a href="${findAddress(locale, wanted, { from: found.next })}" rel="next"
                  >${t('find.next', { state: community.stateName(found.next, locale) })}</a
                >
              </p>`
        }`
      return ok({ title: t('find.title'), body })
    },
  })
}

function results(
  community: Community,
  locale: Locale,
  found: Found,
  kind: string | undefined,
  now: Date,
): Html {
  const t = text(locale)
  const { states, notJoined, more } = found
  const rows = states.flatMap(({ state, entries }) => {
    const name = html`<a href="${href(locale, findStateRoute, { state })}"
      ><strong>${community.stateName(state, locale)}</strong></a
    >`
    return entries.length === 0
      ? [row(locale, name, nobody(community, locale, state, kind))]
      : entries.map((entry, position) =>
          row(locale, position === 0 ? name : '', contact(community, locale, entry, kind), entry, now),
        )
  })
  const heads = [t('find.state'), t('find.contact'), t('find.languages'), t('find.there-now')]
  return html`${
    rows.length === 0
      ? html`<p class="empty">${t('find.nothing')}</p>`
      : html`<table class="cards">
          <caption>
            ${t('find.caption')}
          </caption>
          <thead>
            <tr>
              ${heads.map((head) => html`<th scope="col">${head}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${rows}
          </tbody>
        </table>`
  }${notJoined.map((state) => html`<p class="small">${t('find.not-joined', { state: community.stateName(state, locale) })}</p>`)}${
    more ? html`<p class="small">${t('find.more')}</p>` : ''
  }`
}

/** On a narrow screen a row is a card: State and name need no label there, and what is not known leaves no gap. */
function row(locale: Locale, name: Html | string, who: Html, entry?: Entry, now?: Date): Html {
  const t = text(locale)
  const languages = entry && workingLanguages(locale, entry.workingLanguages)
  const there = entry && now && thereNow(locale, entry, now)
  return html`<tr>
    <td data-label="">${name}</td>
    <td data-label="">${who}</td>
    <td data-label="${languages ? t('find.languages') : ''}">${languages}</td>
    <td data-label="${there ? t('find.there-now') : ''}">${there}</td>
  </tr>`
}

function contact(community: Community, locale: Locale, entry: Entry, kind: string | undefined): Html {
  const card = href(locale, entryRoute, { entry: entry.id })
  return html`<a href="${card}">${entryName(locale, entry)}</a>${
      kind === undefined ? html`<div class="small">${community.kindName(entry.kind, locale)}</div>` : ''
    }`
}

function nobody(community: Community, locale: Locale, state: StateCode, kind: string | undefined): Html {
  const t = text(locale)
  const named =
    kind === undefined
      ? t('find.none-named')
      : t('find.kind-none-named', { kind: community.kindName(kind, locale) })
  return html`${named} <a href="${href(locale, findStateRoute, { state })}">${t('find.what-remains')}</a>`
}

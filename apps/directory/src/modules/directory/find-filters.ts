import type { Locale, StateCode } from '@parley/kernel'
import { href, html, type Html, select, writeLanguage } from '@parley/web'
import { type DirectoryScope, formView } from '../../platform/pages/scope.ts'
import type { Actor } from '../../platform/session/actor.ts'
import type { Community } from '../community/index.ts'
import { commonLanguages, parseLanguage } from './domain/languages.ts'
import { text } from './locales/index.ts'
import { findRoute } from './routes.ts'
import type { Search } from './search-entries.ts'

/** RULE-7: a POC is offered its like, the other kind is one step away; a Mission and the manager choose. */
export function wantedKind(community: Community, actor: Actor, chosen: string | null): string | undefined {
  const kinds = community.profile.kinds.map(({ id }) => id)
  return (
    kinds.find((kind) => kind === chosen) ?? kinds.find((kind) => actor.role === 'poc' && kind === actor.kind)
  )
}

/** What an address of the page asks for; a filter that names nothing known lets everything through. */
export function searchIn(community: Community, actor: Actor, query: URLSearchParams): Search {
  const value = (name: string) => query.get(name) ?? ''
  return {
    text: value('q').replaceAll('\0', '').slice(0, 200),
    kind: wantedKind(community, actor, query.get('kind')),
    language: parseLanguage(value('language')),
    group: community.states.find(({ group }) => group === value('group'))?.group,
    organization: community.organizations.find(({ code }) => code === value('organization'))?.code,
    state: community.findState(value('state'))?.code,
    from: community.findState(value('from'))?.code,
  }
}

/** The same list at another address: with some of what was asked for left out or put in its place. */
export function findAddress(locale: Locale, search: Search, instead: Partial<Search> = {}): string {
  const { text: q, ...filters } = { ...search, from: undefined, ...instead }
  const query = new URLSearchParams(
    Object.entries({ q: q || undefined, ...filters }).flatMap(([name, value]) =>
      value ? [[name, value]] : [],
    ),
  )
  return href(locale, findRoute) + (query.size > 0 ? `?${query}` : '')
}

type Scope = Pick<DirectoryScope, 'locale' | 'texts' | 'actor'>

/** One box for words; the lists to narrow it down stand folded away. Everything stands in the address. */
export function searchForm(
  scope: Scope,
  community: Community,
  search: Search,
  readable: ReadonlySet<StateCode>,
): Html {
  const { locale } = scope
  const t = text(locale)
  const { state = '', language = '', group = '', organization = '', kind } = search
  const view = formView(scope, { values: { state, language, group, organization }, errors: [] })
  const list = (name: string, label: string, options: readonly (readonly [string, string])[]) =>
    select(view, {
      name,
      label,
      options: [
        { value: '', label: t('find.any') },
        ...sorted(locale, options).map(([value, each]) => ({ value, label: each })),
      ],
    })
  const narrowed = [state, language, group, organization].some(Boolean)
  return html`<form method="get" action="${href(locale, findRoute)}" role="search">
    ${kind === undefined ? '' : html`<input type="hidden" name="kind" value="${kind}" />`}
    <div class="search">
      <input type="search" name="q" aria-label="${t('find.label')}" value="${search.text}" />
      <button class="button main">${t('find.button')}</button>
    </div>
    <details ${narrowed ? html` open` : ''}>
      <summary>${t('find.narrow')}</summary>
      <div class="filter">
        ${list(
          'state',
          t('find.state'),
          [...readable].map((code) => [code, community.stateName(code, locale)]),
        )}
        ${list(
          'language',
          t('card.languages'),
          commonLanguages.map((tag) => [tag, writeLanguage(locale, tag)]),
        )}
        ${list(
          'group',
          t('find.group'),
          [...new Set(community.states.map((each) => each.group))].map((each) => [
            each,
            community.groupName(each, locale),
          ]),
        )}
        ${list(
          'organization',
          t('find.organization'),
          community.organizations.map(({ code, names }) => [code, names[locale]]),
        )}
        <button class="button">${t('find.button')}</button>
      </div>
    </details>
  </form>`
}

function sorted(locale: Locale, options: readonly (readonly [string, string])[]) {
  const collator = new Intl.Collator(locale)
  return options.toSorted(([, one], [, other]) => collator.compare(one, other))
}

export function kindSwitch(community: Community, { locale, actor }: Scope, search: Search): Html {
  const t = text(locale)
  const { kinds } = community.profile
  const { kind } = search
  const link = (id: string | undefined, label: string) =>
    html`<a href="${findAddress(locale, search, { kind: id })}">${label}</a>`
  const others = kinds.filter(({ id }) => id !== kind)
  const links = others.map(({ id, names }) => link(id, t('find.show', { kind: names[locale] })))
  const all = kind === undefined || actor.role === 'poc' ? [] : [link(undefined, t('find.show-all'))]
  const offered = kind === undefined ? '' : t('find.offered', { kind: community.kindName(kind, locale) })
  return html`${offered}
  ${[...links, ...all].map((each, position) => html`${position > 0 ? ' · ' : ''}${each}`)}`
}

import { type Locale, ok, refuse } from '@parley/kernel'
import { href, html, type Html, linkButton, notice, writeList } from '@parley/web'
import { type DirectoryPage, type DirectoryScope, page } from '../../platform/pages/scope.ts'
import type { Community } from '../community/index.ts'
import {
  type Card,
  type CardLimit,
  type Entry,
  entryName,
  entryRoute,
  findReadableCard,
  findStateRoute,
  sharedDirectories,
  withoutCardOnly,
} from '../directory/index.ts'
import { text } from './locales/index.ts'
import { composeRoute } from './routes.ts'
import { inquirySheet } from './inquiry-sheet.ts'

/**
 * POC-36: what it takes to write to the point of contact of another State. RULE-1: the page has all it needs and can
 * send nothing. RULE-12: nothing is written down or counted of who opened it for whom.
 */
export function composePage(community: Community, limit: CardLimit): DirectoryPage {
  return page({
    route: composeRoute,
    verb: 'exchange.compose',
    read: async (scope) => {
      const { locale, actor, query, params } = scope
      const card = await findReadableCard(scope, params.entry)
      if (!card || actor.role !== 'poc') return refuse({ code: 'exchange/entry-absent', kind: 'absent' })
      if (card.entry.state === actor.state) return refuse({ code: 'exchange/own-state', kind: 'conflict' })
      const entry = withoutCardOnly(card.entry)
      const state = community.stateName(entry.state, locale)
      // RULE-7: like to like; the other kind is one deliberate step away.
      if (entry.kind !== actor.kind && query.get('other') !== 'yes')
        return ok({
          title: state,
          body: otherKind(community, locale, entry, actor.kind),
          width: 'narrow',
        })
      const allowed = await limit(scope)
      if (!allowed.ok) return allowed
      const t = text(locale)
      const title = t('compose.title', { state })
      const body = html`<h1>${title}</h1>
        <div class="lede">${community.kindName(entry.kind, locale)} · ${entryName(locale, entry)}</div>
        <div class="unprinted">
          ${linkButton(href(locale, entryRoute, { entry: entry.id }), t('compose.leave'))}
          ${notice(t('compose.nothing-sent'))}
          <p>${whichDirectory(community, scope, entry)}</p>
          <p class="small">${t('compose.operator')}</p>
        </div>
        ${inquirySheet(scope, community, { ...card, entry } satisfies Card)}`
      return ok({ title, body, width: 'narrow', sealed: true })
    },
  })
}

function otherKind(community: Community, locale: Locale, entry: Entry, ownKind: string): Html {
  const t = text(locale)
  const state = community.stateName(entry.state, locale)
  const kind = community.kindName(entry.kind, locale)
  const own = community.kindName(ownKind, locale)
  return html`<h1>${state}</h1>
    <p class="lede">${kind} · ${entryName(locale, entry)}</p>
    <p>${t('other.says', { kind, own })}</p>
    <p class="row">
      ${linkButton(`${href(locale, findStateRoute, { state: entry.state })}?kind=${ownKind}`, t('other.own', { own, state }), 'main')}
      ${linkButton(`${href(locale, composeRoute, { entry: entry.id })}?other=yes`, t('other.go-on'))}
    </p>`
}

/** POC-37: this directory, or that of an organization to which both States belong. */
function whichDirectory(
  community: Community,
  { locale, actor }: Pick<DirectoryScope, 'locale' | 'actor'>,
  { state }: Entry,
): string {
  const t = text(locale)
  const shared = sharedDirectories(community, 'state' in actor ? actor.state : undefined, state)
  if (shared.length === 0) return t('compose.this-directory')
  const names = shared.map((each) => each.names[locale])
  return t('compose.directories', { names: writeList(locale, names) })
}

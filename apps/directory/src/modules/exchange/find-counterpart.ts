import { type Locale, ok, refuse, type Result } from '@parley/kernel'
import { href, html, type Html, inLanguage, linkButton, type View } from '@parley/web'
import type { DirectoryScope } from '../../platform/pages/scope.ts'
import type { Actor } from '../../platform/session/actor.ts'
import type { Community } from '../community/index.ts'
import {
  type Card,
  type Entry,
  entryName,
  findReadableCard,
  findStateRoute,
  withoutCardOnly,
} from '../directory/index.ts'
import { text } from './locales/index.ts'

/** A POC that writes, and whom it writes to: without what stands on the contact card only. */
export interface Counterpart {
  readonly actor: Extract<Actor, { readonly role: 'poc' }>
  readonly card: Card
}

type Scope = Omit<DirectoryScope, 'params'>

/** Whom a POC writes to; or, for an entry of the other kind, the page that asks for the deliberate step (RULE-7). */
export async function findCounterpart(
  community: Community,
  scope: Scope,
  id: string,
): Promise<Result<Counterpart | View>> {
  const { locale, actor, query } = scope
  const card = await findReadableCard(scope, id)
  if (!card || actor.role !== 'poc') return refuse({ code: 'exchange/entry-absent', kind: 'absent' })
  if (card.entry.state === actor.state) return refuse({ code: 'exchange/own-state', kind: 'conflict' })
  const entry = withoutCardOnly(card.entry)
  if (entry.kind !== actor.kind && query.get('other') !== 'yes')
    return ok({
      title: community.stateName(entry.state, locale),
      body: otherKind(community, scope, entry, actor.kind),
      width: 'narrow',
    })
  return ok({ actor, card: { ...card, entry, keys: card.keys.filter(({ cardOnly }) => !cardOnly) } })
}

/** What stands in the address of every page for this entry: the deliberate step, once taken. */
export function addressing(
  { actor, card }: Counterpart,
  more: Readonly<Record<string, string>> = {},
): string {
  const query = new URLSearchParams(more)
  if (card.entry.kind !== actor.kind) query.set('other', 'yes')
  return query.size === 0 ? '' : `?${query}`
}

function otherKind(community: Community, scope: Scope, entry: Entry, ownKind: string): Html {
  const { locale, query } = scope
  const t = text(locale)
  const state = community.stateName(entry.state, locale)
  const kind = community.kindName(entry.kind, locale)
  const own = community.kindName(ownKind, locale)
  return html`<h1>${state}</h1>
    <p class="lede">${kind} · ${entryName(locale, entry)}</p>
    <p>${t('other.says', { kind, own })}</p>
    <p class="row">
      ${linkButton(`${href(locale, findStateRoute, { state: entry.state })}?kind=${ownKind}`, t('other.own', { own, state }), 'main')}
      ${linkButton(goOn(scope, locale, query), t('other.go-on'))}
    </p>`
}

function goOn({ path }: Scope, locale: Locale, asked: URLSearchParams): string {
  const query = new URLSearchParams(asked)
  query.set('other', 'yes')
  return inLanguage({ path, query }, locale)
}

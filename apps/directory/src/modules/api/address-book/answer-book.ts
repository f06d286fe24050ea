import { ok, refuse, type Result } from '@parley/kernel'
import type { Locale } from '@parley/kernel'
import { done, type Done, unchanged } from '../../../platform/action.ts'
import { mayRole } from '../../../platform/session/authority.ts'
import type { Community } from '../../community/index.ts'
import { countListing, most, type SystemScope } from '../../tokens/index.ts'
import { authority } from '../authority.ts'
import { hasTag } from '../negotiate.ts'
import { type Book, type BookCard, listBook, tagOfBook } from './book.ts'
import {
  bookResource,
  carddav,
  cardResource,
  dav,
  homeResource,
  hrefOf,
  multistatus,
  places,
  precondition,
  principalResource,
  type Resource,
  rootResource,
} from './properties.ts'
import { type At, changesSince, tokenNow } from './synchronise.ts'
import type { Element, Name } from './xml.ts'

export interface BookAsked {
  readonly method: 'PROPFIND' | 'REPORT' | 'GET'
  readonly path: string
  readonly depth: string
  /** The request's XML; none where nothing was sent. */
  readonly body: Element | undefined
  readonly kept: string | undefined
  readonly locale: Locale
}

export type BookAnswer =
  | { readonly kind: 'multistatus'; readonly xml: string }
  | { readonly kind: 'precondition'; readonly xml: string }
  | { readonly kind: 'card'; readonly vcard: string; readonly tag: string }
  | { readonly kind: 'not-modified'; readonly tag: string }

const absent = refuse({ code: 'api/not-found', kind: 'absent' })
const badReport = refuse({ code: 'api/report-unknown', kind: 'forbidden' })

/** RFC 6352 as far as reading needs it. What goes out is counted like any other list. */
export async function answerBook(
  scope: SystemScope,
  community: Community,
  asked: BookAsked,
): Promise<Result<Done<BookAnswer>>> {
  if (!mayRole(authority, scope.actor.role, 'api.address-book'))
    return refuse({ code: 'web/forbidden', kind: 'forbidden' })
  const book = await listBook(scope.tx, scope.actor, community, asked.locale)
  const at = { locale: asked.locale, keptDays: community.profile.retentionDays.withdrawnEntry }
  switch (asked.method) {
    case 'PROPFIND':
      return properties(community, asked, book.cards, await tokenNow(scope, book, at))
    case 'REPORT':
      return isSynchronising(asked) ? synchronise(scope, asked, book, at) : report(scope, asked, book.cards)
    case 'GET':
      return card(scope, asked, book.cards)
  }
}

function properties(
  community: Community,
  { path, depth, body, locale }: BookAsked,
  cards: readonly BookCard[],
  syncToken: string,
): Result<Done<BookAnswer>> {
  if (depth === 'infinity') return refuse({ code: 'api/depth', kind: 'forbidden' })
  const name = community.profile.names[locale]
  const book = bookResource(name, tagOfBook(cards), syncToken)
  const below: Readonly<Record<string, readonly Resource[]>> = {
    [places.root]: [rootResource(name), principalResource(name), homeResource(name)],
    [places.principal]: [principalResource(name)],
    [places.home]: [homeResource(name), book],
    [places.book]: [book, ...cards.map((each) => cardResource(each, false))],
  }
  const one = cards.find((each) => hrefOf(each) === path)
  const found = one ? [cardResource(one, false)] : below[path]
  if (!found) return absent
  const wanted = namesIn(body)
  return unchanged({
    kind: 'multistatus',
    xml: multistatus(depth === '1' ? found : found.slice(0, 1), wanted),
  })
}

async function report(
  scope: SystemScope,
  { path, body }: BookAsked,
  cards: readonly BookCard[],
): Promise<Result<Done<BookAnswer>>> {
  if (path !== places.book) return absent
  if (body?.name.namespace !== carddav) return badReport
  const wanted = namesIn(body)
  const withData = wanted === 'all' || wanted.some(({ local }) => local === 'address-data')
  const hrefs = body.children.filter(({ name }) => name.local === 'href').map(({ text }) => pathOf(text))
  const byHref = new Map(cards.map((each) => [hrefOf(each), each]))
  const isQuery = body.name.local === 'addressbook-query'
  // A filter would be an answer to another question than the one asked: only the whole book is given.
  const filter = body.children.find(({ name }) => name.local === 'filter')
  if (isQuery && (filter?.children.length ?? 0) > 0) return badReport
  if (!isQuery && body.name.local !== 'addressbook-multiget') return badReport
  const found = isQuery ? cards : [...new Set(hrefs)].flatMap((href) => byHref.get(href) ?? [])
  const xml = multistatus(
    found.map((each) => cardResource(each, withData)),
    wanted,
    isQuery ? [] : hrefs.filter((href) => !byHref.has(href)),
  )
  return counted(scope, withData ? found : [], { kind: 'multistatus', xml })
}

function isSynchronising({ path, body }: BookAsked): boolean {
  return path === places.book && body?.name.namespace === dav && body.name.local === 'sync-collection'
}

/** RFC 6578: a reader that keeps its copy is told what changed, and which cards are none any more. */
async function synchronise(
  scope: SystemScope,
  { body }: BookAsked,
  book: Book,
  at: At,
): Promise<Result<Done<BookAnswer>>> {
  const changes = await changesSince(scope, book, child(body, 'sync-token')?.text ?? '', at)
  if (changes === 'too-old') return unchanged({ kind: 'precondition', xml: precondition('valid-sync-token') })
  const { changed, gone } = changes
  const most = child(child(body, 'limit'), 'nresults')?.text
  // A part of the changes could not be named by a token: who wants fewer takes the book another way.
  if (most !== undefined && changed.length + gone.length > Number(most))
    return unchanged({ kind: 'precondition', xml: precondition('number-of-matches-within-limits') })
  const wanted = namesIn(body)
  const withData = wanted === 'all' || wanted.some(({ local }) => local === 'address-data')
  const xml = multistatus(
    changed.map((each) => cardResource(each, withData)),
    wanted,
    gone.map((id) => hrefOf({ id })),
    await tokenNow(scope, book, at),
  )
  return counted(scope, withData ? changed : [], { kind: 'multistatus', xml })
}

function child(of: Element | undefined, local: string): Element | undefined {
  return of?.children.find(({ name }) => name.namespace === dav && name.local === local)
}

async function card(
  scope: SystemScope,
  { path, kept }: BookAsked,
  cards: readonly BookCard[],
): Promise<Result<Done<BookAnswer>>> {
  const found = cards.find((each) => hrefOf(each) === path)
  if (!found) return absent
  const { tag, vcard } = found
  if (hasTag(kept, tag)) return unchanged({ kind: 'not-modified', tag })
  return counted(scope, [found], { kind: 'card', vcard, tag })
}

/** Counts the States whose cards go out; the whole list is a line of the State's history. */
async function counted(
  scope: SystemScope,
  cards: readonly BookCard[],
  answer: BookAnswer,
): Promise<Result<Done<BookAnswer>>> {
  const states = new Set(cards.map(({ state }) => state))
  states.delete(scope.token.state)
  const begins = states.size > most.states
  const lines =
    states.size === 0
      ? ok([])
      : await countListing(scope, { states: states.size, begins, way: 'address-book' })
  if (!lines.ok) return lines
  const [first, ...others] = lines.value
  return first ? done(answer, [first, ...others]) : unchanged(answer)
}

/** The properties that a request names below `prop`; all of them where it names none. */
function namesIn(body: Element | undefined): readonly Name[] | 'all' {
  const prop = body?.children.find(({ name }) => name.namespace === dav && name.local === 'prop')
  const names = prop?.children.map(({ name }) => name).filter(({ local }) => /^[\w-]{1,60}$/.test(local))
  return names === undefined || names.length === 0 ? 'all' : names.slice(0, 40)
}

/** An address as programs send it: whole or as a path, with or without escapes. */
function pathOf(href: string): string {
  try {
    return decodeURIComponent(new URL(href.slice(0, 500), 'http://localhost').pathname)
  } catch {
    return ''
  }
}

import { after, day } from '@parley/kernel'
import { listGone } from '../../directory/index.ts'
import type { SystemScope } from '../../tokens/index.ts'
import type { Book, BookCard } from './book.ts'
import { overlap, readSyncToken, type Seen, writeSyncToken } from './sync-token.ts'

export interface Changes {
  readonly changed: readonly BookCard[]
  /** Ids of cards that a reader may have and that are none any more. */
  readonly gone: readonly string[]
}

/** How the book stands: as of its last change, or of the beginning of this day, so that a quiet book keeps its token. */
async function seenNow(scope: SystemScope, book: Book, at: At): Promise<Seen> {
  const gone = await goneSince(scope, at)
  const changes = [...book.cards, ...book.hidden].flatMap(({ changedAt }) => changedAt ?? [])
  const today = new Date(scope.now.toISOString().slice(0, 10))
  const last = [...changes, ...gone.map((each) => each.at)].reduce(
    (latest, each) => (each > latest ? each : latest),
    today,
  )
  const settled = after(last, overlap)
  return { at: settled < scope.now ? settled : scope.now, locale: at.locale }
}

export interface At extends Pick<Seen, 'locale'> {
  /** For how long what went is remembered. */
  readonly keptDays: number
}

/** RFC 6578: what changed since a token was given; `too-old` where only the whole book will do. */
export async function changesSince(
  scope: SystemScope,
  book: Book,
  token: string,
  at: At,
): Promise<Changes | 'too-old'> {
  if (token === '') return { changed: book.cards, gone: [] }
  const since = readSyncToken(token, { at: scope.now, locale: at.locale }, at.keptDays)
  if (!since) return 'too-old'
  const live = new Set(book.cards.map(({ id }) => id))
  const withdrawn = (await goneSince(scope, at)).filter((each) => each.at > since)
  const hidden = book.hidden.filter(({ changedAt }) => changedAt === undefined || changedAt > since)
  const gone = new Set([...withdrawn, ...hidden].map(({ id }) => id).filter((id) => !live.has(id)))
  return { changed: book.cards.filter(({ changedAt }) => changedAt > since), gone: [...gone] }
}

function goneSince({ tx, now }: SystemScope, { keptDays }: At) {
  return listGone(tx, after(now, -keptDays * day))
}

export async function tokenNow(scope: SystemScope, book: Book, at: At): Promise<string> {
  return writeSyncToken(await seenNow(scope, book, at))
}

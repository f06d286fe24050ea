import { type Id, type Locale, newId } from '@parley/kernel'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import type { LibraryTables } from '../tables.ts'

/** A document in one language: what annotations are kept by, beside the address of the paragraph. */
interface Version {
  readonly symbol: string
  readonly language: string
}

/** What somebody says beside a paragraph; the paragraph itself stays as it is. */
export interface Annotation {
  readonly id: string
  readonly symbol: string
  readonly language: Locale
  readonly address: string
  /** The words that it is about; null where it is about the whole paragraph. */
  readonly printed: string | null
  readonly text: string
  readonly textLanguage: Locale
  readonly madeAt: Date
  readonly withdrawnAt: Date | null
}

type NewAnnotation = Omit<Annotation, 'id' | 'withdrawnAt'>

export async function keepAnnotation(tx: Tx, said: NewAnnotation): Promise<Id<'annotation'>> {
  const { symbol, language, address, printed, text, textLanguage, madeAt } = said
  const id = newId<'annotation'>()
  await tx
    .withTables<LibraryTables>()
    .insertInto('library.annotation')
    .values({
      id,
      symbol,
      language,
      address,
      printed,
      text,
      text_language: textLanguage,
      made_at: madeAt,
      withdrawn_at: null,
    })
    .execute()
  return id
}

export async function findAnnotation(tx: Tx, id: Id<'annotation'>): Promise<Annotation | undefined> {
  return annotations(tx).where('id', '=', id).executeTakeFirst()
}

/** All of a document in one language, also those that were withdrawn, the newest first. */
export async function listAnnotations(
  tx: Tx,
  { symbol, language }: Version,
  { from, most }: { readonly from: number; readonly most: number },
): Promise<readonly Annotation[]> {
  return annotationsOf(tx, { symbol, language })
    .orderBy('made_at', 'desc')
    .orderBy('id')
    .offset(from)
    .limit(most)
    .execute()
}

/** Those that stand beside these paragraphs now, the oldest first. */
export async function listBeside(
  tx: Tx,
  version: Version,
  addresses: readonly string[],
  most: number,
): Promise<readonly Annotation[]> {
  if (addresses.length === 0) return []
  return annotationsOf(tx, version)
    .where('address', 'in', addresses)
    .where('withdrawn_at', 'is', null)
    .orderBy('made_at')
    .orderBy('id')
    .limit(most)
    .execute()
}

/** Says whether it was there to be withdrawn. */
export async function withdrawKept(tx: Tx, id: Id<'annotation'>, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .withTables<LibraryTables>()
    .updateTable('library.annotation')
    .set({ withdrawn_at: now })
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

function annotationsOf(tx: Tx, { symbol, language }: Version) {
  return annotations(tx)
    .where('symbol', '=', symbol)
    .where(sql<boolean>`language = ${language}`)
}

function annotations(tx: Tx) {
  return tx
    .withTables<LibraryTables>()
    .selectFrom('library.annotation')
    .select([
      'id',
      'symbol',
      'language',
      'address',
      'printed',
      'text',
      'text_language as textLanguage',
      'made_at as madeAt',
      'withdrawn_at as withdrawnAt',
    ])
}

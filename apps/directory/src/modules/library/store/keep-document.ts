import { createHash } from 'node:crypto'
import { newId, type Result } from '@parley/kernel'
import { type ActionScope, done, type Done } from '../../../platform/action.ts'
import type { Tx } from '../../../platform/database/database.ts'
import type { Citation, StructuredDocument } from '../structured-document.ts'
import { keepPassages } from '../search/keep-passages.ts'
import type { LibraryTables } from '../tables.ts'
import { keepSteps } from '../track/keep-steps.ts'
import { pagesOf } from './pages.ts'
import { portions } from './portions.ts'

/** CAP-12, OEW-12: keeps a document with what it cites; of a symbol in one language there is one, the last. */
export async function keepDocument(
  scope: Pick<ActionScope, 'tx' | 'now'>,
  document: StructuredDocument,
  citations: readonly Citation[],
): Promise<Result<Done<string>>> {
  const { symbol, language } = document.manifest
  const digest = createHash('sha256').update(document.source).digest('hex')
  const id = await keepItself(scope, document, digest)
  await keepNodes(scope.tx, id, document)
  await keepCitations(scope.tx, id, citations)
  await keepSteps(scope.tx, id, document)
  await keepPassages(scope.tx, id, document, citations)
  const content = { symbol, language, digest }
  return done(id, [{ verb: 'document.kept', subject: `document:${id}`, content }])
}

async function keepItself(
  { tx, now }: Pick<ActionScope, 'tx' | 'now'>,
  { manifest, source, title, damage, doubts }: StructuredDocument,
  digest: string,
): Promise<string> {
  const told = {
    kind: manifest.kind,
    title,
    dated: manifest.dated ?? null,
    became_symbol: manifest.becameSymbol ?? null,
    source,
    source_digest: digest,
    damage: JSON.stringify(damage),
    doubts: JSON.stringify(doubts),
    imported_at: now,
  }
  const { symbol, language } = manifest
  const { id } = await tx
    .withTables<LibraryTables>()
    .insertInto('library.document')
    .values({ id: newId(), symbol, language, ...told })
    .onConflict((conflict) => conflict.columns(['symbol', 'language']).doUpdateSet(told))
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Instead of those that were there; what they cited goes with them. */
async function keepNodes(tx: Tx, document: string, { nodes }: StructuredDocument): Promise<void> {
  const tables = tx.withTables<LibraryTables>()
  await tables.deleteFrom('library.node').where('document', '=', document).execute()
  const pages = pagesOf(nodes)
  const rows = nodes.map(({ position, parent, kind, label, address, spans, text, notes }) => ({
    document,
    position,
    parent,
    kind,
    label,
    address,
    spans: spans.flatMap(({ start, end }) => [start, end]),
    text,
    notes,
    page: pages[position] ?? 1,
  }))
  for (const some of portions(rows)) await tables.insertInto('library.node').values(some).execute()
}

async function keepCitations(tx: Tx, document: string, citations: readonly Citation[]): Promise<void> {
  const rows = citations.map(({ position, span, printed, symbol, place }, ordinal) => ({
    document,
    ordinal,
    position,
    starts_at: span.start,
    ends_at: span.end,
    printed,
    symbol,
    place,
  }))
  for (const some of portions(rows))
    await tx.withTables<LibraryTables>().insertInto('library.citation').values(some).execute()
}

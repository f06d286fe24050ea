import { readdirSync, readFileSync } from 'node:fs'
import type { Performer } from '../src/platform/action.ts'
import { findCitations } from '../src/modules/library/cite/find-citations.ts'
import { readManifest } from '../src/modules/library/read-file/read-manifest.ts'
import { recogniseDocument } from '../src/modules/library/recognise/recognise-document.ts'
import type { Manifest } from '../src/modules/library/structured-document.ts'
import { type Example, type ExampleCitation, keepExample } from './library-example.ts'
import { areSourcesThere, sourceTexts } from './source-documents.ts'

/** A document as it is kept: with its structure and what it cites. */
export interface KnownDocument {
  readonly document: Example
  readonly citations: readonly ExampleCitation[]
}

/** Told by its own words: nothing depends on the name of a file. */
const told: readonly (readonly [words: string, Manifest])[] = [
  ['\n36/77 - ', { symbol: 'A/RES/77/36', language: 'ar', kind: 'resolution', dated: '2022-12-07' }],
  ['\n132/78 - ', { symbol: 'A/RES/78/132', language: 'ar', kind: 'resolution', dated: '2023-12-19' }],
  ['المرفق دال\n', { symbol: 'A/78/265', language: 'ar', kind: 'report', dated: '2023-08-01' }],
  ['undocs.org/ar/A/AC.292/2022/CRP.1', { symbol: 'A/77/275', language: 'ar', kind: 'report' }],
  [
    '订正决议草案',
    {
      symbol: 'A/C.1/77/L.23/Rev.1',
      language: 'zh',
      kind: 'draft-resolution',
      dated: '2022-10-20',
      becameSymbol: 'A/RES/77/36',
    },
  ],
]

export const seedSymbols: readonly string[] = told.map(([, { symbol }]) => symbol)

export function seedDocuments(): readonly KnownDocument[] {
  const sources = sourceTexts()
  return told.map(([words, manifest]) => {
    const source = sources.find((each) => each.includes(words))
    if (source === undefined) throw new Error(`no source document is ${manifest.symbol}`)
    return known(source, manifest)
  })
}

const family = new URL('../src/modules/library/family/', import.meta.url)

/** The documents of our own, in all their languages. */
export function familyDocuments(): readonly KnownDocument[] {
  const names = readdirSync(family).filter((name) => name.endsWith('.txt'))
  const manifest = readManifest(readFileSync(new URL('manifest.json', family), 'utf8'), names)
  if (!manifest.ok) throw new Error(manifest.refusal.code)
  return [...manifest.value].map(([file, each]) => known(readFileSync(new URL(file, family), 'utf8'), each))
}

/** Keeps our own documents, and the five where they are there. */
export async function keepAll(performer: Performer, now: Date): Promise<void> {
  for (const { document, citations } of [...familyDocuments(), ...(areSourcesThere ? seedDocuments() : [])])
    await keepExample(performer, now, document, citations)
}

function known(source: string, manifest: Manifest): KnownDocument {
  const document = recogniseDocument(source, manifest)
  return { document, citations: findCitations(document) }
}

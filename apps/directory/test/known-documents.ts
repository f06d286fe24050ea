import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { findCitations } from '../src/modules/library/cite/find-citations.ts'
import { readManifest } from '../src/modules/library/read-file/read-manifest.ts'
import { recogniseDocument } from '../src/modules/library/recognise/recognise-document.ts'
import type { Manifest } from '../src/modules/library/structured-document.ts'
import { type Example, type ExampleCitation } from './library-example.ts'

/** A document as it is kept: with its structure and what it cites. */
export interface KnownDocument {
  readonly document: Example
  readonly citations: readonly ExampleCitation[]
}

/** The source documents stand beside the checkout; what is asked of them must be answered in CI. */
const seeds = new URL('../../../../shared/seeds/', import.meta.url)
export const areSeedsAbsent = !existsSync(seeds) && !process.env['CI']

/** Told by its own words: nothing depends on the name of a file. */
const told: readonly (readonly [words: string, Manifest])[] = [
  ['\n36/77 - ', { symbol: 'A/RES/77/36', language: 'ar', kind: 'resolution', dated: '2022-12-07' }],
  ['\n132/78 - ', { symbol: 'A/RES/78/132', language: 'ar', kind: 'resolution', dated: '2023-12-19' }],
  ['المرفق دال\n', { symbol: 'A/78/265', language: 'ar', kind: 'report', dated: '2023-08-01' }],
  [
    'undocs.org/ar/A/AC.292/2022/CRP.1',
    { symbol: 'A/77/275', language: 'ar', kind: 'report', dated: '2022-08-08' },
  ],
  [
    '订正决议草案',
    { symbol: 'A/C.1/77/L.23/Rev.1', language: 'zh', kind: 'draft-resolution', becameSymbol: 'A/RES/77/36' },
  ],
]

export function seedDocuments(): readonly KnownDocument[] {
  const sources = readdirSync(seeds).map((name) => readFileSync(new URL(name, seeds), 'utf8'))
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

function known(source: string, manifest: Manifest): KnownDocument {
  const document = recogniseDocument(source, manifest)
  return { document, citations: findCitations(document) }
}

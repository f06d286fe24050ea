import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { asDuty, type Performer } from '../../../platform/action.ts'
import { findCitations } from '../cite/find-citations.ts'
import { readManifest } from '../read-file/read-manifest.ts'
import { recogniseDocument } from '../recognise/recognise-document.ts'
import { keepDocument } from '../store/keep-document.ts'
import type { Manifest } from '../structured-document.ts'

// The source documents stand beside the checkout; what is asked of them must be answered in CI.
const seeds = new URL('../../../../../../../shared/seeds/', import.meta.url)
export const seedsAreThere = existsSync(seeds) || process.env['CI'] === 'true'
const family = new URL('../family/', import.meta.url)

/** Told by its own words: nothing here depends on the name of a file. */
const told: readonly (readonly [says: string, manifest: Manifest])[] = [
  ['\n36/77 - ', { symbol: 'A/RES/77/36', language: 'ar', kind: 'resolution', dated: '2022-12-07' }],
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
  ['\n132/78 - ', { symbol: 'A/RES/78/132', language: 'ar', kind: 'resolution', dated: '2023-12-19' }],
  ['المرفق دال\n', { symbol: 'A/78/265', language: 'ar', kind: 'report', dated: '2023-08-01' }],
  ['', { symbol: 'A/77/275', language: 'ar', kind: 'report' }],
]

/** Our own documents, and the five where they are there. */
export async function keepLibrary(performer: Performer, now: Date): Promise<void> {
  for (const [source, manifest] of [...ofFamily(), ...ofSeeds()]) {
    const document = recogniseDocument(source, manifest)
    const kept = await performer.perform(asDuty('library', now), (scope) =>
      keepDocument(scope, document, findCitations(document)),
    )
    if (!kept.ok) throw new Error(kept.refusal.code)
  }
}

type Source = readonly [source: string, manifest: Manifest]

function ofFamily(): readonly Source[] {
  const names = readdirSync(family).filter((name) => name.endsWith('.txt'))
  const manifest = readManifest(readFileSync(new URL('manifest.json', family), 'utf8'), names)
  if (!manifest.ok) throw new Error(manifest.refusal.code)
  return [...manifest.value].map(([file, each]) => [readFileSync(new URL(file, family), 'utf8'), each])
}

function ofSeeds(): readonly Source[] {
  if (!seedsAreThere) return []
  return readdirSync(seeds).flatMap((name) => {
    const source = readFileSync(new URL(name, seeds), 'utf8')
    const manifest = told.find(([says]) => source.includes(says))?.[1]
    return manifest ? [[source, manifest] as const] : []
  })
}

export const toldSymbols: readonly string[] = told.map(([, { symbol }]) => symbol)

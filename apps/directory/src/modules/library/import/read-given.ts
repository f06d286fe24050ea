import { ok, type Result } from '@parley/kernel'
import { findCitations } from '../cite/find-citations.ts'
import { readSource, type SourceText } from '../read-file/read-source.ts'
import { recogniseDocument } from '../recognise/recognise-document.ts'
import type { Citation, Manifest, StructuredDocument } from '../structured-document.ts'
import { digestOf, knownManifest } from './known-documents.ts'
import { readManifestFrom, type ReadManifest } from './read-manifest-from.ts'

export interface GivenFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** A file as far as it is read before its structure is recognised. */
export interface ReadGiven extends SourceText, ReadManifest {
  readonly file: string
  readonly digest: string
}

/** The text of a file, and what is told of it: with it, by those who know it, or by its own cover, in this order. */
export async function readGiven(
  { name, bytes }: GivenFile,
  told?: Partial<Manifest>,
): Promise<Result<ReadGiven>> {
  const read = await readSource(bytes, name)
  if (!read.ok) return read
  const digest = digestOf(read.value.source)
  const manifest = readManifestFrom(read.value.source, name, { ...knownManifest(digest), ...told })
  return manifest.ok ? ok({ file: name, digest, ...read.value, ...manifest.value }) : manifest
}

export interface Recognised {
  readonly document: StructuredDocument
  readonly citations: readonly Citation[]
}

/** CAP-12: its structure and what it cites; what its cover leaves open is doubted with the rest. */
export function recogniseGiven({ source, manifest, doubts }: ReadGiven): Recognised {
  const recognised = recogniseDocument(source, manifest)
  const document = { ...recognised, doubts: [...doubts, ...recognised.doubts] }
  return { document, citations: findCitations(document) }
}

import { createHash } from 'node:crypto'
import { z } from 'zod'
import { toldOfDocument } from '../read-file/read-manifest.ts'
import type { Manifest } from '../structured-document.ts'
import known from './known-documents.json' with { type: 'json' }

const schema = z.object({
  documents: z.array(z.strictObject({ sha256: z.hash('sha256'), ...toldOfDocument })),
})

let byDigest: ReadonlyMap<string, Manifest> | undefined

/** What is told of documents that do not print it themselves; a document is known by its text, whatever its file is called. */
export function knownManifest(digest: string): Manifest | undefined {
  byDigest ??= new Map(schema.parse(known).documents.map(({ sha256, ...told }) => [sha256, told]))
  return byDigest.get(digest)
}

/** SHA-256 of a source, as the store keeps it. */
export function digestOf(source: string): string {
  return createHash('sha256').update(source).digest('hex')
}

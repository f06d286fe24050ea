import type { Manifest, StructuredDocument } from '../structured-document.ts'
import { measureDamage } from './damage.ts'
import { recogniseReport } from './recognise-report.ts'
import { recogniseResolution } from './recognise-resolution.ts'

/** CAP-12: what a document is, from its plain text and what nobody can tell from it. */
export function recogniseDocument(source: string, manifest: Manifest): StructuredDocument {
  const damage = measureDamage(source)
  const isResolution = manifest.kind === 'resolution' || manifest.kind === 'draft-resolution'
  const recognised = isResolution
    ? { ...recogniseResolution(source), doubts: [] }
    : recogniseReport(source, damage.isDamaged)
  return { manifest, source, damage, ...recognised }
}

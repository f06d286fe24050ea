import type { Locale } from '@parley/kernel'
import { labelIn } from '../cite/letters.ts'
import { text } from '../locales/index.ts'
import {
  type Citation,
  type DocumentNode,
  headingKinds,
  type StructuredDocument,
} from '../structured-document.ts'

/** Reads as the document does, one block for each piece, without what pages print around it. */
export function toPlainText(document: StructuredDocument): string {
  const { manifest, damage, nodes } = document
  const t = text(manifest.language)
  const blocks = nodes
    .filter(({ kind, text: own, label }) => kind !== 'furniture' && (own !== '' || label !== null))
    .map((node) => blockOf(node, manifest.language))
  const warning = damage.isDamaged ? [t('export.damaged')] : []
  return [manifest.symbol, ...warning, ...blocks].map((block) => `${block}\n`).join('\n')
}

/** All that is known, with the source that its spans are parts of. */
export function toJson(document: StructuredDocument, citations: readonly Citation[]): string {
  const { manifest, title, damage, doubts, nodes, source } = document
  return `${JSON.stringify({ manifest, title, damage, doubts, nodes, citations, source }, null, 2)}\n`
}

/** The text of a heading has its letter; before others stands theirs. */
function blockOf({ kind, label, text: own }: DocumentNode, language: Locale): string {
  if (label === null || (headingKinds.includes(kind) && own !== '')) return own
  return `${labelIn(language, kind, label)} ${own}`.trim()
}

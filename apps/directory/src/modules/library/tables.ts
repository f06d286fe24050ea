import type { Locale } from '@parley/kernel'
import type { JSONColumnType } from 'kysely'
import type { Manifest, NodeKind, StructuredDocument } from './structured-document.ts'

export type LibraryTables = {
  'library.document': {
    id: string
    symbol: string
    language: Locale
    kind: Manifest['kind']
    title: string
    dated: string | null
    became_symbol: string | null
    source: string
    source_digest: string
    damage: JSONColumnType<StructuredDocument['damage']>
    doubts: JSONColumnType<StructuredDocument['doubts']>
    imported_at: Date
  }
  'library.node': {
    document: string
    position: number
    parent: number | null
    kind: NodeKind
    label: string | null
    address: string
    spans: readonly number[]
    text: string
    notes: readonly string[]
    page: number
  }
  'library.citation': {
    document: string
    ordinal: number
    position: number
    starts_at: number
    ends_at: number
    printed: string
    symbol: string
    place: string | null
  }
}

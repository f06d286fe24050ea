import type { Locale } from '@parley/kernel'
import type { JSONColumnType } from 'kysely'
import type { SourceRemark } from './read-file/remarks.ts'
import type { Manifest, NodeKind, StructuredDocument } from './structured-document.ts'
import type { StepState, TrackedAct } from './track/tracked-step.ts'

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
  'library.waiting': {
    id: string
    file: string
    symbol: string
    language: string
    manifest: JSONColumnType<Manifest>
    source: string
    doubts: JSONColumnType<StructuredDocument['doubts']>
    remarks: JSONColumnType<readonly SourceRemark[]>
    brought_at: Date
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
  'library.step': {
    document: string
    position: number
    kind: 'operative' | 'next-step'
    section: string
    acts: JSONColumnType<readonly TrackedAct[]>
    sessions: readonly number[]
    dates: readonly string[]
  }
  'library.carried_step': {
    document: string
    ordinal: number
    position: number
    symbol: string
    section: string
    step: number
  }
  'library.step_state': {
    id: string
    symbol: string
    address: string
    state: StepState
    evidence: string | null
    changed_at: Date
  }
  'library.annotation': {
    id: string
    symbol: string
    language: Locale
    address: string
    printed: string | null
    text: string
    text_language: Locale
    made_at: Date
    withdrawn_at: Date | null
  }
}

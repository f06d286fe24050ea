import type { Locale } from '@parley/kernel'

// What a document is once its structure is known: spans over the untouched source, and what they read as.

/** Part of a source, in UTF-16 code units: from `start` up to, not including, `end`. */
export interface Span {
  readonly start: number
  readonly end: number
}

/**
 * What a span of a document is. `note` is a note by an asterisk; `furniture` is what a page prints around its text
 * (running headers, job numbers, repeated links); `other` is text that no rule knows.
 */
export type NodeKind =
  | 'document'
  | 'cover'
  | 'part'
  | 'section'
  | 'heading'
  | 'annex'
  | 'appendix'
  | 'preamble'
  | 'operative'
  | 'paragraph'
  | 'sub-paragraph'
  | 'sub-item'
  | 'step'
  | 'bullet'
  | 'agenda-item'
  | 'measure'
  | 'principle'
  | 'working-paper'
  | 'sponsors'
  | 'footnote'
  | 'note'
  | 'closing'
  | 'furniture'
  | 'other'

/** What opens a part of a document: it stays with what follows it, and its text has its letter or number. */
export const headingKinds: readonly NodeKind[] = ['part', 'section', 'heading', 'annex', 'appendix']

/** One piece of a document. The nodes stand in the order of the source; the first is the document itself. */
export interface DocumentNode {
  /** Place in `nodes`. */
  readonly position: number
  /** Place of the node that holds it; the document's own is null. */
  readonly parent: number | null
  readonly kind: NodeKind
  /** Its number or letter as readers say it: `3`, `a`, `B`, `iv`; null where it has none. */
  readonly label: string | null
  /**
   * Stable, below the symbol, unique in the document: `5` (main report), `annex/29/a`, `annex-A/8`, `annex-D/12`, `pp/1`, `op/3`,
   * `annex/B/step-1`, `annex/fn/12`; empty for the document. What nobody cites has one as well (`annex/furniture-3`).
   */
  readonly address: string
  /** Its own leaves: text that belongs to it and to none of its children. Two where a page break cuts it. */
  readonly spans: readonly Span[]
  /** What its own spans read as: without label, mark-up and empty links, joined across page breaks, in one line. */
  readonly text: string
  /** Notes that its text refers to, by their address, in the order of the references. */
  readonly notes: readonly string[]
}

/** How much of a text layer can be read. */
interface Damage {
  /** Words, and how many of them are single letters, hold a tatweel, or a run of three equal letters. */
  readonly words: number
  readonly broken: number
  /** 0 to 1: `broken` of `words`. */
  readonly share: number
  /** Whether readers are warned: "extraction damaged". */
  readonly isDamaged: boolean
}

/** What the importer is unsure of; a person looks before it is kept. `code` has a sentence in six languages. */
interface Doubt {
  readonly code: string
  /** Where in the source. */
  readonly at: number
  /** What stands there, a few words of it. */
  readonly printed: string
}

/** What nobody can tell from a text, told with it. */
export interface Manifest {
  /** As cited: `A/78/265`. */
  readonly symbol: string
  readonly language: Locale
  readonly kind: DocumentKind
  /** The day it bears, ISO 8601. */
  readonly dated?: string
  /** A draft names what it became: `A/RES/77/36`. */
  readonly becameSymbol?: string
}

export const documentKinds = ['resolution', 'draft-resolution', 'report', 'other'] as const
type DocumentKind = (typeof documentKinds)[number]

/**
 * Every character of the source lies in exactly one span of one node; the spans in order give the source.
 */
export interface StructuredDocument {
  readonly manifest: Manifest
  readonly source: string
  /** Read from the text: its title, where a rule finds one. */
  readonly title: string
  readonly nodes: readonly DocumentNode[]
  readonly damage: Damage
  readonly doubts: readonly Doubt[]
}

/** A place that names another document, or a paragraph of one. */
export interface Citation {
  /** Place of the node that cites, in `nodes`. */
  readonly position: number
  /** Where it is printed in the source. */
  readonly span: Span
  readonly printed: string
  /** Normalised: `A/78/265`, `A/RES/75/240`, `A/DEC/77/512`, `E/RES/2023/3`. */
  readonly symbol: string
  /** Below the symbol, where a paragraph is named: `annex-I/65`; null where the whole document is. */
  readonly place: string | null
}

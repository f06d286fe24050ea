import glossaryFile from '../glossary.json' with { type: 'json' }

/** The official languages of the United Nations, in its order: the languages of the glossary, whatever the interface offers. */
export const glossaryLanguages = ['ar', 'zh', 'en', 'fr', 'ru', 'es'] as const

export type GlossaryLanguage = (typeof glossaryLanguages)[number]

export type TermId = keyof typeof glossaryFile

/** The word for one notion in one language. */
export interface GlossaryTerm {
  readonly term: string
  /** Nominative; absent where the word has none, and always in Chinese. */
  readonly plural?: string
  /** Symbol and paragraph of the document whose word it is (it may stand there inflected), else `ours`. */
  readonly source: string
  /** Words that tempt a translator and are wrong for this notion. */
  readonly avoid?: readonly string[]
}

export interface GlossaryEntry extends Readonly<Record<GlossaryLanguage, GlossaryTerm>> {
  /** In English, for translators: what the word means and what it must not be taken for. */
  readonly note?: string
}

export const glossary: Readonly<Record<TermId, GlossaryEntry>> = glossaryFile

export function isTermId(text: string): text is TermId {
  return Object.hasOwn(glossary, text)
}

/** The one word for a notion in a language, in the singular and in its base form. */
export function term(id: TermId, language: GlossaryLanguage): string {
  return glossary[id][language].term
}

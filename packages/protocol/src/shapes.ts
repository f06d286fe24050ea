import type { Texts } from './texts.ts'

/** One value of a coded field: a form written in one language is read in another without a translator. */
export interface Code {
  readonly code: string
  readonly label: Texts
  readonly help?: Texts
  /** Document and paragraph, or the list that it comes from. */
  readonly source?: string
}

/** A file of `data/codes`. */
export interface CodeListFile {
  readonly list: string
  readonly version: number
  /** Where the list comes from and under which licence, if it is not ours. */
  readonly source?: string
  readonly codes: readonly Code[]
}

/**
 * A working template of Parley, not one agreed by States (POC-34). Every field is optional (RULE-2), and none
 * names a responsible State (RULE-4).
 */
export interface Template {
  readonly kind: string
  readonly version: number
  readonly title: Texts
  readonly help: Texts
  readonly provisions: readonly string[]
  readonly steps: readonly Step[]
}

export interface Step {
  readonly id: string
  readonly title: Texts
  readonly help?: Texts
  readonly fields: readonly Field[]
}

interface FieldWords {
  readonly id: string
  readonly label: Texts
  readonly help?: Texts
  /** More than the class of the incident: asked about before it leaves unencrypted. */
  readonly detail?: boolean
}

export type Field = FieldWords &
  (
    | { readonly type: 'line' | 'text' | 'hours' | 'instant' }
    | { readonly type: 'code' | 'codes'; readonly list: string }
  )

/** A file of `data/templates`. */
export interface TemplateFile extends Omit<Template, 'steps'> {
  readonly steps: readonly StepFile[]
}

interface StepFile extends Omit<Step, 'fields'> {
  readonly fields: readonly FieldFile[]
}

export interface FieldFile extends FieldWords {
  readonly type: string
  readonly list?: string
}

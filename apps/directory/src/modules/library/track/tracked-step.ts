import { type Addressee, addresseeWords } from '../next-steps/addressees.ts'
import { type Verb, verbWords } from '../next-steps/verbs.ts'

/** What became of a step; one of which nobody said anything is open. */
export const stepStates = ['open', 'done', 'superseded'] as const
export type StepState = (typeof stepStates)[number]

export const verbs: readonly Verb[] = verbWords.map(([verb]) => verb)
export const addressees: readonly Addressee[] = addresseeWords.map(([addressee]) => addressee)

/** What a step does and whom it asks, as its paragraph was read. */
export interface TrackedAct {
  readonly verb: Verb
  readonly addressee: Addressee | null
}

/** One operative paragraph or recommended next step, whatever languages its document is there in. */
export interface TrackedStep {
  readonly document: string
  readonly position: number
  readonly symbol: string
  /** Of the text: the reader’s own where the document is there in it. */
  readonly language: string
  readonly isDamaged: boolean
  /** Below the symbol. */
  readonly address: string
  readonly label: string | null
  readonly kind: 'operative' | 'next-step'
  readonly section: string
  /** The first is what it is known by; none where nothing could be read. */
  readonly acts: readonly TrackedAct[]
  readonly sessions: readonly number[]
  readonly dates: readonly string[]
  readonly state: StepState
  readonly evidence: string | null
  readonly changedAt: Date | null
}

/** What a step is known by. */
export function firstAct({ acts }: Pick<TrackedStep, 'acts'>): TrackedAct | undefined {
  return acts[0]
}

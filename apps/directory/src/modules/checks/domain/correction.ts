/** Why a round is corrected: what an earlier message got wrong. The sentences stand in the language files; nobody types one. */
export const correctionReasons = ['wrong-time', 'link', 'twice', 'unreadable', 'genuine'] as const
export type CorrectionReason = (typeof correctionReasons)[number]

/** What the correction of one message says. */
export interface Correction {
  readonly reason: CorrectionReason
  /** Its check was answered before the correction left: nothing more is asked. */
  readonly isAnswered: boolean
}

export function parseReason(text: string | null | undefined): CorrectionReason | undefined {
  return correctionReasons.find((reason) => reason === text)
}

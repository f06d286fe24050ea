/** What an action gives back: a value, or the reason why it was refused. A fault is thrown, never returned. */
export type Result<T, R = Refusal> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: R }

/** How a refusal is answered over HTTP; the code chooses the sentence. */
export type RefusalKind =
  'invalid' | 'unauthenticated' | 'forbidden' | 'absent' | 'conflict' | 'gone' | 'too-many'

export interface Refusal {
  /** `<module>/<what>`, for example `checks/code-unknown`; the sentence stands in the module's language files. */
  readonly code: string
  readonly kind: RefusalKind
  /** The form field at fault, if one is. */
  readonly field?: string
  /** Values for the sentence's placeholders. Never personal data: refusals are logged. */
  readonly values?: Readonly<Record<string, string | number>>
}

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value }
}

export function refuse<R extends Refusal>(refusal: R): { readonly ok: false; readonly refusal: R } {
  return { ok: false, refusal }
}

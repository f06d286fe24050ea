import type { Refusal } from '@parley/kernel'
import { z } from 'zod'

/** A form as it was sent: every field a text or several. */
export type Body = Readonly<Record<string, string | readonly string[]>>

export interface FieldError {
  readonly field: string
  /** A message key: one of this package's `field/…`, or a module's refusal code. */
  readonly code: string
}

/** What a page shows in its form: nothing yet, or what was typed with what is wrong. */
export interface FormState {
  readonly values: Body
  readonly errors: readonly FieldError[]
  readonly refusal?: Refusal
  /** Why this form was kept and is shown again, filled; nothing of it was done yet. */
  readonly kept?: KeptBecause
}

export type KeptBecause = 'session-ended' | 'proof-needed'

export const blankForm: FormState = { values: {}, errors: [] }

/**
 * The fields of a form with each file as the text that it holds, where the field of its name is empty else. What is no
 * UTF-8 becomes U+FFFD, for the field's own rules to refuse. The body as a whole was held to its limit before.
 */
export async function withFilesAsText(data: FormData): Promise<FormData> {
  const texts = new FormData()
  for (const [name, value] of data.entries()) if (typeof value === 'string') texts.append(name, value)
  for (const [name, value] of data.entries()) {
    if (typeof value === 'string' || value.size === 0) continue
    if (texts.getAll(name).every((text) => text === '')) texts.set(name, await value.text())
  }
  return texts
}

/** A file as it was sent. */
export interface SentFile {
  /** The name of its field. */
  readonly field: string
  readonly name: string
  readonly bytes: Uint8Array
}

/** The files of a form, in their order; a box in which none was chosen has none. */
export async function filesOf(data: FormData): Promise<readonly SentFile[]> {
  const files: SentFile[] = []
  for (const [field, value] of data.entries()) {
    if (typeof value === 'string' || (value.size === 0 && value.name === '')) continue
    files.push({ field, name: value.name, bytes: await value.bytes() })
  }
  return files
}

/** The body of a form. A file that was not made text is passed over; so is U+0000, which no database keeps as text. */
export function bodyOf(data: FormData | URLSearchParams): Body {
  const body = new Map<string, string | string[]>()
  for (const [name, value] of data.entries()) {
    if (typeof value !== 'string') continue
    const before = body.get(name)
    const text = value.replaceAll('\0', '')
    body.set(name, before === undefined ? text : [before, text].flat())
  }
  return Object.fromEntries(body)
}

type Read<T> =
  { readonly ok: true; readonly input: T } | { readonly ok: false; readonly errors: readonly FieldError[] }

/** Parses a body with the fields' schema; every error names its field. */
export function readForm<Fields extends z.ZodType>(fields: Fields, body: Body): Read<z.output<Fields>> {
  const parsed = fields.safeParse(body)
  if (parsed.success) return { ok: true, input: parsed.data }
  const byField = new Map<string, FieldError>()
  for (const issue of parsed.error.issues) {
    const field = String(issue.path[0] ?? '')
    if (!byField.has(field)) byField.set(field, { field, code: codeOf(issue, body[field]) })
  }
  return { ok: false, errors: [...byField.values()] }
}

/** Told from the parser's own sentences, which quote what may be chosen: `Europe/Paris` is no code. */
const ownCode = /^[a-z0-9-]+\/[a-z0-9-]+$/

function codeOf(issue: z.core.$ZodIssue, sent: unknown): string {
  if (ownCode.test(issue.message)) return issue.message
  if (issue.code === 'too_big') return 'field/too-long'
  const isMissing = issue.code === 'invalid_type' || (issue.code === 'invalid_value' && sent === undefined)
  const empty = issue.code === 'too_small' || (isMissing && issue.input === undefined)
  return empty ? 'field/required' : 'field/invalid'
}

const lineBreaks = /[\r\n\u2028\u2029]+/g

/** One line of text, trimmed; an empty one is absent. At most `max` characters (code points). */
export function optionalLine(max: number) {
  return z
    .string()
    .optional()
    .transform((text = '') => text.replace(lineBreaks, ' ').trim().normalize('NFC'))
    .pipe(z.string().refine((text) => Array.from(text).length <= max, { error: 'field/too-long' }))
    .transform((text) => (text === '' ? undefined : text))
}

/** One line of text that must be there. */
export function line(max: number) {
  return optionalLine(max)
    .refine((text) => text !== undefined, { error: 'field/required' })
    .transform((text) => text ?? '')
}

/** Several lines of text; an empty text is absent. */
export function optionalParagraphs(max: number) {
  return z
    .string()
    .optional()
    .transform((text = '') => text.replace(/\r\n?/g, '\n').trim().normalize('NFC'))
    .pipe(z.string().refine((text) => Array.from(text).length <= max, { error: 'field/too-long' }))
    .transform((text) => (text === '' ? undefined : text))
}

/** A box that is ticked or not. */
export const tick = z
  .string()
  .optional()
  .transform((text) => text !== undefined && text !== '')

/** Text that proves somebody (a password, a code): a form that is kept for later is kept without it. */
export function secret(max: number) {
  return z.string().max(max).default('').meta({ secret: true })
}

/** The names of a form's secret fields. */
export function secretsOf(fields: z.ZodType): readonly string[] {
  if (!(fields instanceof z.ZodObject)) return []
  return Object.entries(fields.shape).flatMap(([name, field]) => (isSecret(field) ? [name] : []))
}

/** The names of a form's fields, each with what may be chosen where it is one of a few. */
export function choicesOf(fields: z.ZodType): Readonly<Record<string, readonly string[]>> {
  if (!(fields instanceof z.ZodObject)) return {}
  return Object.fromEntries(Object.entries(fields.shape).map(([name, field]) => [name, choicesIn(field)]))
}

function choicesIn(field: unknown): readonly string[] {
  if (field instanceof z.ZodEnum || field instanceof z.ZodLiteral)
    return [...(field instanceof z.ZodEnum ? field.options : field.values)].map(String)
  if (field instanceof z.ZodPipe) return [...choicesIn(field.in), ...choicesIn(field.out)]
  if (field instanceof z.ZodArray) return choicesIn(field.element)
  if (field instanceof z.ZodUnion) return field.options.flatMap(choicesIn)
  const isWrapped =
    field instanceof z.ZodOptional || field instanceof z.ZodDefault || field instanceof z.ZodCatch
  return isWrapped ? choicesIn(field.unwrap()) : []
}

function isSecret(field: unknown): boolean {
  return field instanceof z.ZodType && field.meta()?.['secret'] === true
}

/** Any number of values under one name, each parsed alone. */
export function several<Item extends z.ZodType>(item: Item, max = 50) {
  return z.preprocess(
    (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
    z.array(item).max(max),
  )
}

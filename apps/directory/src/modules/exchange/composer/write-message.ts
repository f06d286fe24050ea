import { latinDigits, type Locale } from '@parley/kernel'
import {
  checkMessage,
  type Field,
  fieldsOf,
  limits,
  type Message,
  parseReference,
  reservationsVersion,
  type Template,
  type Value,
} from '@parley/protocol'
import { inEach, type PageWords, type SideWords } from './page-words.ts'

/** What was typed and chosen, by the control's id, as it stands there. */
export type Typed = Readonly<Record<string, string | readonly string[]>>

/** What a message has that nobody types. */
export interface Minted {
  readonly id: string
  readonly thread: string
  readonly reference: string
  readonly at: Date
}

export interface Problem {
  /** Id of the control. */
  readonly control: string
  readonly code: `composer/${'too-long' | 'hours' | 'instant' | 'reference' | 'address' | 'invalid'}`
  readonly most?: number
}

export type Written =
  | { readonly ok: true; readonly message: Message; readonly details: readonly Field[] }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** RULE-2: every field may stay empty. What is there becomes a message, or says what is wrong with it. */
export function writeMessage(
  page: PageWords,
  template: Template,
  typed: Typed,
  writer: Locale,
  minted: Minted,
): Written {
  const problems: Problem[] = []
  const note = (control: string, read: Read): Value | undefined => {
    if (read !== undefined && typeof read === 'object' && 'code' in read) {
      problems.push({ control, ...read })
      return undefined
    }
    return read
  }
  const line = (control: string): string | undefined => {
    const value = note(control, readLine(textOf(typed, control), limits.name))
    return typeof value === 'string' ? value : undefined
  }
  const languages: readonly Locale[] = writer === page.theirs ? [writer] : [writer, page.theirs]
  const filled = fieldsOf(template).flatMap((field) => {
    const value = note(valueId(field), readValue(field, typed[valueId(field)] ?? ''))
    return value === undefined ? [] : [{ field, value }]
  })
  const reference = note('reference', readReference(textOf(typed, 'reference')))
  const nature = textOf(typed, 'nature')
  const exercise = nature === 'REAL' ? undefined : line('exercise')
  const name = line('name')
  const ownReference = line('own-reference')
  const theirReference = line('their-reference')
  const entity = line('entity') ?? page.from.stateNames[writer]
  const candidate = {
    parley: 'message',
    version: 1,
    id: minted.id,
    thread: minted.thread,
    reference: reference ?? minted.reference,
    kind: template.kind,
    template: template.version,
    nature,
    ...(exercise === undefined ? {} : { exercise }),
    tlp: textOf(typed, 'tlp'),
    languages,
    from: {
      ...sideOf(page.from, languages, entity),
      ...(name === undefined ? {} : { name }),
      ...(ownReference === undefined ? {} : { ownReference }),
    },
    to: {
      ...sideOf(page.to, languages, page.to.entity),
      ...(theirReference === undefined ? {} : { ownReference: theirReference }),
    },
    writtenAt: minted.at.toISOString().replace(/\.\d+Z$/, 'Z'),
    values: Object.fromEntries(filled.map(({ field, value }) => [field.id, value])),
    reservations: reservationsVersion,
    attachments: [],
  }
  if (problems.length > 0) return { ok: false, problems }
  const checked = checkMessage(candidate)
  if (!checked.ok)
    return { ok: false, problems: [{ control: controlAt(checked.refusal.field), code: 'composer/invalid' }] }
  const details = filled.map(({ field }) => field).filter(({ detail }) => detail)
  return { ok: true, message: checked.value, details }
}

/** The controls of the template stand apart from those of the head, whatever a template calls its fields. */
export function valueId({ id }: Pick<Field, 'id'>): string {
  return `value-${id}`
}

/** An address that an e-mail can go to, or the problem with it. */
export function readAddress(typed: string): string | Omit<Problem, 'control'> {
  const address = typed.trim()
  return /^[^\s\p{Cc}\p{Cf}<>()[\]\\,;:"@]+@[^\s\p{Cc}\p{Cf}<>()[\]\\,;:"@/?#]+$/u.test(address) &&
    address.length <= 320
    ? address
    : { code: 'composer/address' }
}

/** The domain of an address in ASCII, as the id of an e-mail holds it. */
export function domainOf(address: string): string {
  const domain = address.slice(address.lastIndexOf('@') + 1)
  return URL.canParse(`https://${domain}`) ? new URL(`https://${domain}`).hostname : 'invalid'
}

export function textOf(typed: Typed, control: string): string {
  const value = typed[control]
  return typeof value === 'string' ? value : ''
}

type Read = Value | undefined | Omit<Problem, 'control'>

function readValue(field: Field, typed: string | readonly string[]): Read {
  const chosen = [typed].flat().filter((each) => each !== '')
  const [first = ''] = chosen
  switch (field.type) {
    case 'line':
      return readLine(first, limits.line)
    case 'text':
      return readText(first)
    case 'hours':
      return readHours(first)
    case 'instant':
      return readInstant(first)
    case 'code':
      return first === '' ? undefined : first
    case 'codes':
      return chosen.length === 0 ? undefined : chosen
  }
}

/** What programs paste along and no message holds: other line ends, control characters, halves of letters. */
function clean(typed: string): string {
  return typed
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029\u0085\v\f]/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
}

function readLine(typed: string, most: number): Read {
  const line = clean(typed)
    .replace(/[\n\t]+/g, ' ')
    .trim()
  if (Array.from(line).length > most) return { code: 'composer/too-long', most }
  return line === '' ? undefined : line
}

function readText(typed: string): Read {
  const text = clean(typed).replace(/\s+$/, '')
  if (Array.from(text).length > limits.text) return { code: 'composer/too-long', most: limits.text }
  if (text.split('\n').length > limits.textLines) return { code: 'composer/invalid' }
  return /\S/.test(text) ? text : undefined
}

function readHours(typed: string): Read {
  const digits = latinDigits(typed).trim()
  if (digits === '') return undefined
  const hours = /^\d{1,5}$/.test(digits) ? Number(digits) : Infinity
  return hours <= limits.hours ? hours : { code: 'composer/hours', most: limits.hours }
}

function readInstant(typed: string): Read {
  if (typed === '') return undefined
  const [, minutes = '', seconds = ':00'] = /^([12]\d{3}-\d\d-\d\dT\d\d:\d\d)(:\d\d)?/.exec(typed) ?? []
  const at = new Date(`${minutes}${seconds}Z`)
  // A day that its month does not have would become one of the next.
  const isThere = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(minutes)
  return isThere ? at.toISOString().replace('.000', '') : { code: 'composer/instant' }
}

function readReference(typed: string): Read {
  if (typed.trim() === '') return undefined
  return parseReference(typed) ?? { code: 'composer/reference' }
}

function sideOf(side: SideWords, languages: readonly Locale[], entity: string | undefined) {
  return {
    state: side.state,
    stateNames: inEach(languages, (locale) => side.stateNames[locale] ?? side.state),
    kind: side.kind,
    entity:
      entity === undefined || entity === '' ? (side.stateNames[languages[0] ?? 'en'] ?? side.state) : entity,
  }
}

/** Which control a refusal of the parser speaks of. */
function controlAt(field = ''): string {
  return field.startsWith('values.') ? valueId({ id: field.slice('values.'.length) }) : 'entity'
}

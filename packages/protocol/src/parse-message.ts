import { locales, ok, parseId, parseStateCode, refuse, type Result } from '@parley/kernel'
import { listCodes } from './codes.ts'
import {
  type Attachment,
  limits,
  markings,
  type Message,
  natures,
  type Party,
  type Value,
} from './message.ts'
import { isReference } from './reference.ts'
import { reservationsVersion } from './reservations.ts'
import type { Field } from './shapes.ts'
import { fieldsOf, listTemplates, template } from './templates.ts'

/**
 * Reads the machine part of a message. Strict: an unknown member, field or code is refused, so that nothing is in a
 * message that its text does not show. Codes of refusals: `protocol/not-a-message`, `protocol/newer-format`,
 * `protocol/newer-template`, `protocol/unknown-member` and `protocol/invalid` (`field` says where), `protocol/too-large`.
 */
export function parseMessage(json: string): Result<Message> {
  if (json.length > limits.json) return refuse({ code: 'protocol/too-large', kind: 'invalid' })
  const value = parseJson(json)
  return value === undefined
    ? refuse({ code: 'protocol/not-a-message', kind: 'invalid' })
    : checkMessage(value)
}

/** The same for a message that was put together here, before it is rendered or sent. */
export function checkMessage(value: unknown): Result<Message> {
  const code = whoseFormat(value)
  if (code !== undefined) return refuse({ code, kind: 'invalid' })
  const fault = faultIn(value)
  if (fault !== undefined) return refuse({ ...fault, kind: 'invalid' })
  return isMessage(value) ? ok(value) : refuse({ code: 'protocol/invalid', kind: 'invalid' })
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

/** Newer ones are told from broken ones: the reader needs a newer program, the writer made no mistake. */
function whoseFormat(value: unknown): string | undefined {
  if (!isRecord(value) || value.parley !== 'message' || !isCount(value.version))
    return 'protocol/not-a-message'
  if (value.version > 1) return 'protocol/newer-format'
  const { kind, template: version, reservations } = value
  if (!isSlug(kind) || !isCount(version) || !isCount(reservations)) return undefined
  const newest = listTemplates().find((each) => each.kind === kind)?.version ?? 0
  return version > newest || reservations > reservationsVersion ? 'protocol/newer-template' : undefined
}

type Check = (value: unknown, message: Readonly<Record<string, unknown>>) => boolean
type Members = Readonly<Record<string, Check>>

const required: Members = {
  parley: (value) => value === 'message',
  version: (value) => value === 1,
  id: isUuid,
  thread: isUuid,
  reference: (value) => typeof value === 'string' && isReference(value),
  kind: isSlug,
  template: isCount,
  nature: isOneOf(natures),
  tlp: isOneOf(markings),
  languages: isLanguages,
  from: (value, { languages }) => isParty(value, languages, { name: isLine(limits.name) }),
  to: (value, { languages }) => isParty(value, languages, {}),
  writtenAt: isInstant,
  values: isRecord,
  reservations: isCount,
  attachments: isAttachments,
}
const optional: Members = {
  exercise: (value, { nature }) => nature !== 'REAL' && isLine(limits.name)(value),
  answers: (value, { id }) => isUuid(value) && value !== id,
}

/** Where the first thing stands that does not belong there. */
function faultIn(value: unknown): { readonly code: string; readonly field: string } | undefined {
  if (!isRecord(value)) return { code: 'protocol/not-a-message', field: '' }
  const member = faultOf(value, required, optional)
  if (member !== undefined) return member
  const { kind, template: version, values } = value
  const form = isSlug(kind) && isCount(version) ? template(kind, version) : undefined
  if (form === undefined) return { code: 'protocol/invalid', field: 'kind' }
  const fields = fieldsOf(form).map((field) => [field.id, (each: unknown) => isValue(field, each)] as const)
  const fault = faultOf(isRecord(values) ? values : {}, {}, Object.fromEntries(fields))
  return fault && { ...fault, field: `values.${fault.field}` }
}

function faultOf(value: Readonly<Record<string, unknown>>, required: Members, optional: Members) {
  const unknown = Object.keys(value).find(
    (key) => !Object.hasOwn(required, key) && !Object.hasOwn(optional, key),
  )
  if (unknown !== undefined) return { code: 'protocol/unknown-member', field: unknown.slice(0, 60) }
  const has = (key: string) => Object.hasOwn(value, key)
  const wrong =
    Object.keys(required).find((key) => !has(key) || required[key]?.(value[key], value) !== true) ??
    Object.keys(optional).find((key) => has(key) && optional[key]?.(value[key], value) !== true)
  return wrong === undefined ? undefined : { code: 'protocol/invalid', field: wrong }
}

function isMessage(value: unknown): value is Message {
  return faultIn(value) === undefined
}

function isParty(value: unknown, languages: unknown, more: Members): value is Party {
  const names: Check = (each) =>
    isRecord(each) &&
    Object.entries(each).every(
      ([language, name]) => Array.isArray(languages) && languages.includes(language) && isStateName(name),
    )
  return (
    isRecord(value) &&
    faultOf(
      value,
      { state: isStateCode, kind: isSlug, entity: isLine(limits.name) },
      { stateNames: names, ownReference: isLine(limits.name), ...more },
    ) === undefined
  )
}

function isValue(field: Field, value: unknown): value is Value {
  switch (field.type) {
    case 'line':
      return isLine(limits.line)(value)
    case 'text':
      return isText(value)
    case 'hours':
      return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= limits.hours
    case 'instant':
      return isInstant(value)
    case 'code':
      return listCodes(field.list).some(({ code }) => code === value)
    case 'codes': {
      const known = new Set<unknown>(listCodes(field.list).map(({ code }) => code))
      return (
        isList(value, limits.codes) &&
        value.length > 0 &&
        isDistinct(value) &&
        value.every((each) => known.has(each))
      )
    }
  }
}

function isAttachments(value: unknown): value is readonly Attachment[] {
  const members: Members = {
    name: (name) => isLine(limits.name)(name) && typeof name === 'string' && !/[/\\]|^\.+$/.test(name),
    size: (size) => Number.isSafeInteger(size) && Number(size) >= 0,
    sha256: (hash) => typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash),
  }
  return (
    isList(value, limits.attachments) &&
    value.every((each) => isRecord(each) && faultOf(each, members, {}) === undefined) &&
    isDistinct(value.map((each) => (isRecord(each) ? each.name : each)))
  )
}

function isLanguages(value: unknown): boolean {
  return isList(value, 2) && value.length > 0 && value.every(isOneOf(locales)) && isDistinct(value)
}

/** One line that says something. Bidirectional controls are kept: the text keeps each line to itself. */
function isLine(longest: number): (value: unknown) => value is string {
  return (value): value is string => isWritten(value, longest) && !/[\n\t]/.test(value)
}

function isText(value: unknown): value is string {
  return isWritten(value, limits.text) && value.split('\n').length <= limits.textLines
}

/** Well formed, with no control character or line break beside the plain one. */
function isWritten(value: unknown, longest: number): value is string {
  return (
    typeof value === 'string' &&
    value.length <= 2 * longest &&
    Array.from(value).length <= longest &&
    value.isWellFormed() &&
    /\S/.test(value) &&
    !/[^\P{Cc}\n\t]|[\u2028\u2029]/u.test(value)
  )
}

function isInstant(value: unknown): value is string {
  if (typeof value !== 'string' || !/^[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value)) return false
  const time = Date.parse(value)
  return !Number.isNaN(time) && new Date(time).toISOString() === value.replace('Z', '.000Z')
}

function isUuid(value: unknown): value is string {
  return typeof value === 'string' && parseId(value) !== undefined
}

/** A name as lists of States write it: without directional controls, for it stands on a line of ours. */
function isStateName(value: unknown): boolean {
  return isLine(limits.name)(value) && !/\p{Bidi_Control}/u.test(value)
}

function isStateCode(value: unknown): boolean {
  return typeof value === 'string' && parseStateCode(value) !== undefined
}

function isSlug(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z][a-z0-9-]{0,39}$/.test(value)
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0
}

function isOneOf(known: readonly string[]): (value: unknown) => boolean {
  return (value) => typeof value === 'string' && known.includes(value)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isList(value: unknown, most: number): value is readonly unknown[] {
  return Array.isArray(value) && value.length <= most
}

function isDistinct(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length
}

import { locales, parseId, parseStateCode } from '@parley/kernel'
import { type Snapshot, snapshotLimits } from './snapshot.ts'

type Check = (value: unknown) => boolean
type Members = Readonly<Record<string, Check>>

/**
 * Whether a value has the shape of a snapshot. Members that are not known are passed over: a later Directory may say
 * more, and an office is not to lose its copy for that.
 */
export function isSnapshot(value: unknown): value is Snapshot {
  return snapshot(value)
}

const text: Check = (value) => typeof value === 'string'
const truth: Check = (value) => typeof value === 'boolean'
const count: Check = (value) => Number.isSafeInteger(value) && Number(value) > 0
const matching =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value)
const oneOf =
  (...known: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && known.includes(value)
const listOf =
  (each: Check, most = Number.POSITIVE_INFINITY): Check =>
  (value) =>
    Array.isArray(value) && value.length <= most && value.every(each)
const instant: Check = (value) =>
  matching(/^[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/)(value) &&
  !Number.isNaN(Date.parse(String(value)))
const uuid: Check = (value) => typeof value === 'string' && parseId(value) !== undefined
const state: Check = (value) => typeof value === 'string' && parseStateCode(value) !== undefined
const slug = matching(/^[a-z][a-z0-9-]{0,39}$/)
const hash = matching(/^[0-9a-f]{64}$/)
const signature = matching(/^[A-Za-z0-9+/]{86}==$/)
const names: Check = (value) =>
  isRecord(value) && locales.every((locale) => value[locale] === undefined || text(value[locale]))

const wording = object({ text }, { english: text })
const address = object(
  { channel: oneOf('email', 'phone'), value: text, urgent: truth, disputed: truth },
  { label: text, extension: text },
)
const key = object(
  {
    scheme: oneOf('openpgp', 'smime'),
    fingerprint: matching(/^[0-9A-F]{1,128}$/),
    armored: text,
    names: listOf(text),
    disputed: truth,
  },
  { expiresAt: instant },
)
const availability = object(
  {
    days: listOf((value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 7, 7),
    always: truth,
  },
  { timeZone: text, opens: text, closes: text },
)
const entry = object(
  {
    id: uuid,
    state,
    kind: slug,
    language: text,
    holder: oneOf('entity', 'representative'),
    addresses: listOf(address),
    keys: listOf(key),
    workingLanguages: listOf(text),
    availability,
    alsoNominated: listOf(text),
  },
  {
    entityName: wording,
    description: wording,
    personName: text,
    personTitle: wording,
    nationalRole: wording,
    certProfile: text,
  },
)
const succession = object({ key: hash, after: hash, at: instant, signature })
const snapshot = object(
  {
    parley: oneOf('snapshot'),
    version: (value) => value === 1,
    community: slug,
    number: count,
    issuedAt: instant,
    validUntil: instant,
    keys: object({ current: hash, successions: listOf(succession, snapshotLimits.successions) }),
    kinds: listOf(object({ id: slug, names })),
    states: listOf(
      object({ code: state, names, participating: truth, fictional: truth }, { underReviewSince: instant }),
    ),
    entries: listOf(entry),
  },
  { checkpoint: object({ seq: count, hash, at: instant, keyId: text, signature: text }) },
)

function object(required: Members, optional: Members = {}): Check {
  const needed = Object.entries(required)
  const further = Object.entries(optional)
  return (value) =>
    isRecord(value) &&
    needed.every(([name, check]) => check(value[name])) &&
    further.every(([name, check]) => value[name] === undefined || check(value[name]))
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

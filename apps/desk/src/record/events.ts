import { z } from 'zod'
import type { Json } from '@parley/kernel'

// What a line of the record may say. A schema that has been written to is never changed, only followed by another
// `what`: a line that this version does not know is kept and shown as such.

const words = z.string().max(20_000)
const line = z.string().min(1).max(1_000)
const instant = z.iso.datetime()
const side = z.enum(['ours', 'theirs'])
const user = z.string().regex(/^[0-9a-f]{16}$/)
const state = z.string().regex(/^[A-Z]{2}$/)
const office = z.strictObject({ state, kind: line, entity: line })
const nature = z.enum(['REAL', 'EXERCISE', 'TEST'])
const tlp = z.enum(['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'])
const channel = z.enum(['telephone', 'e-mail', 'encrypted-e-mail', 'messenger', 'meeting', 'other'])
const json: z.ZodType<Json> = z.json()
const recipient = z.discriminatedUnion('kind', [
  /** Offices of the own government. */
  z.strictObject({ kind: z.literal('internal'), name: line }),
  /** Offices of another State's government: a third party in every case with anybody else. */
  z.strictObject({ kind: z.literal('counterpart'), state, name: line }),
  z.strictObject({ kind: z.literal('third-party'), name: line }),
])
const sha = z.string().regex(/^[0-9a-f]{64}$/)
const message = {
  /** The machine part, as packages/protocol reads it; plain mail and calls have none. */
  message: json.optional(),
  /** A message between two languages prints each label twice. */
  text: z.string().max(600_000),
  channel,
  tlp: tlp.optional(),
  address: line.optional(),
  warnings: z.array(line).optional(),
  subject: line.optional(),
  /** Message-ID of the e-mail, with its angle brackets. */
  mailId: line.optional(),
  /** Fingerprint of the key that signed all of it. */
  signedBy: line.optional(),
}
const received = {
  ...message,
  /** The e-mail as it came: one of the line's files, by its SHA-256. */
  original: sha.optional(),
  /** The same where the same e-mail is delivered twice. */
  digest: sha.optional(),
}

const schemas = {
  'user.added': z.strictObject({ user, name: line }),
  'user.renamed': z.strictObject({ user, name: line }),
  'user.removed': z.strictObject({ user }),
  'user.passphrase-changed': z.strictObject({ user }),
  'record.damage-noted': z.strictObject({
    places: z.array(z.strictObject({ what: line, line: z.number(), to: z.number().optional() })),
  }),
  'record.handed-out': z.strictObject({
    /** Cases that went out, and which of their lines where it was not all that may go. */
    cases: z.array(z.string()),
    lines: z.array(z.number()).optional(),
    form: z.enum(['csv', 'json', 'page', 'message']),
    recipient,
  }),
  'case.opened': z.strictObject({
    title: line,
    side,
    counterpart: office,
    nature,
    exercise: line.optional(),
    /** Id of the thread, and the reference that is spoken over a telephone. */
    thread: line.optional(),
    reference: line.optional(),
    theirReference: line.optional(),
    purpose: line.optional(),
    significance: line.optional(),
  }),
  'case.described': z.strictObject({ title: line }),
  'case.clarified': z.strictObject({ nature, exercise: line.optional() }),
  'case.acknowledged': z.strictObject({ side }),
  'case.answered': z.strictObject({
    side,
    answer: z.enum(['immediate', 'looking-into-it', 'decline', 'no-answer']),
  }),
  'case.estimated': z.strictObject({ side, until: instant }),
  'case.timed': z.strictObject({ side, hours: z.number().positive() }),
  /** POC-32, POC-33: the agency that leads on this incident. */
  'case.led': z.strictObject({ side, entity: line }),
  /** A side's own file number. */
  'case.referenced': z.strictObject({ side, reference: line }),
  /** POC-20: to the other office of the State, in a file of this id whose last line has this hash. */
  'case.handed-over': z.strictObject({ to: office, handOver: line, end: line }),
  /** The same where it was taken: who made the file, how many lines it has, and the key of the Desk that signed it. */
  'case.taken-over': z.strictObject({
    from: office,
    by: line,
    handOver: line,
    lines: z.number(),
    end: line,
    key: line,
  }),
  /** POC-22: a matter of the own State, never handed out. */
  'case.escalated': z.strictObject({ office: line, note: words.optional() }),
  'case.closed': z.strictObject({ outcome: words.optional() }),
  'case.reopened': z.strictObject({}),
  /** Written down before it goes out: without a line that says what became of it, it may have been sent. */
  'message.leaving': z.strictObject(message),
  'message.sent': z.strictObject({ ...message, leaving: z.number().optional() }),
  'message.not-sent': z.strictObject({
    leaving: z.number(),
    why: z.enum(['refused', 'unreachable', 'said-so']),
    /** Enhanced status (RFC 3463), where a server gave one. */
    status: line.optional(),
  }),
  'message.received': z.strictObject(received),
  /** A mail that came in without a case, put into this one by somebody. */
  'mail.filed': z.strictObject({ line: z.number() }),
  /** A mail that came in and belongs to no case, as somebody decided. */
  'mail.set-aside': z.strictObject({ line: z.number() }),
  /** A call, a meeting, a letter: entered by hand. */
  'exchange.noted': z.strictObject({ side, channel, text: words, tlp: tlp.optional() }),
  'channel.proposed': z.strictObject({ side, channel, detail: line.optional() }),
  'channel.agreed': z.strictObject({ side }),
  'channel.declined': z.strictObject({ side }),
  /** POC-35: who consented, when, to what being shared, and with whom (anybody where nobody is named). */
  'consent.given': z.strictObject({
    side,
    who: line,
    on: instant,
    what: line,
    with: line.optional(),
    /** Lines of the case that it covers; all that was exchanged in it where none is named. */
    lines: z.array(z.number()).optional(),
  }),
  'consent.withdrawn': z.strictObject({ side, who: line, on: instant, consent: z.number() }),
  'note.written': z.strictObject({ text: words }),
  /** What whoever goes off duty leaves to the next, who confirms it by taking duty. */
  'duty.handed-over': z.strictObject({ note: words.optional() }),
  'duty.taken': z.strictObject({ until: instant.optional() }),
  /** An exercise that this Desk knows of from then on, in the record of what is practised. */
  'exercise.begun': z.strictObject({ name: line }),
} as const

export type What = keyof typeof schemas
export type Content<W extends What = What> = z.output<(typeof schemas)[W]>
export type Side = z.output<typeof side>
export type Office = z.output<typeof office>
export type Recipient = z.output<typeof recipient>

/** Every kind of line that this version writes. */
export const whats: readonly What[] = Object.keys(schemas).filter(isWhat)

function isWhat(what: string): what is What {
  return Object.hasOwn(schemas, what)
}

const shapes: ReadonlyMap<string, z.ZodType> = new Map(Object.entries(schemas))

/** Whether the content is exactly what a line of this kind says. */
export function isContent(what: string, content: unknown): boolean {
  return shapes.get(what)?.safeParse(content).success === true
}

interface Written {
  readonly n: number
  readonly at: Date
  readonly by: string
  readonly case?: string
  readonly files: readonly KeptFile[]
}

export interface KeptFile {
  readonly name: string
  readonly size: number
  /** SHA-256 (hex) of its contents, by which it is read again. */
  readonly sha: string
}

export type KnownLine<W extends What = What> = {
  [Each in W]: Written & { readonly known: true; readonly what: Each; readonly content: Content<Each> }
}[W]

/** A line of a newer version, or one whose content is not what this version writes under that name. */
type UnknownLine = Written & { readonly known: false; readonly what: string; readonly content: Json }

export type Line = KnownLine | UnknownLine

const written = z.strictObject({
  at: instant,
  by: z.string(),
  what: z.string(),
  case: z.string().optional(),
  content: json,
  files: z.array(z.strictObject({ name: z.string(), size: z.number(), sha: z.string() })).optional(),
  /** Lines of the same act that follow: the act is whole with the last of them, which says nothing of it. */
  more: z.number().optional(),
})

/** Reads the text of a line; nothing of it is dropped. */
export function parseLine(n: number, text: string): Line {
  const parsed = written.safeParse(readJson(text))
  if (!parsed.success) return { n, at: new Date(0), by: '', files: [], known: false, what: '', content: text }
  const { at, by, what, content, files = [] } = parsed.data
  const line = {
    n,
    at: new Date(at),
    by,
    files,
    what,
    content,
    ...(parsed.data.case !== undefined && { case: parsed.data.case }),
  }
  const known = { ...line, known: true } as const
  return isKnown(known) ? known : { ...line, known: false }
}

/** Whether an act may end with this text of a line. */
export function isEndOfAct(text: string): boolean {
  const parsed = written.safeParse(readJson(text))
  return !parsed.success || parsed.data.more === undefined
}

function isKnown(
  line: Written & { readonly known: true; readonly what: string; readonly content: unknown },
): line is KnownLine {
  return isContent(line.what, line.content)
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

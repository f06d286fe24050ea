import { newId, type Locale } from '@parley/kernel'
import { findReferences, type Message, template } from '@parley/protocol'
import { messageLines } from '../answer/message-lines.ts'
import type { Case } from '../cases/case.ts'
import { isInDoubt, type MailWarning } from '../cases/mail-warnings.ts'
import { isKnownExercise } from '../exercise/known-exercises.ts'
import type { Kept } from '../open-store.ts'
import type { Entry } from '../record/open-record.ts'
import type { Correspondents } from './correspondents.ts'
import { lacksReservations, natureOfText } from './form-text.ts'
import type { Reading } from './read-mail.ts'

/** A mail as it came, with what was read of it. */
export interface CameIn {
  readonly raw: Uint8Array
  readonly digest: string
  /** When the office's mailbox received it, or when somebody brought it. */
  readonly at: Date
  readonly by: string
  /** Nothing where it could not be read. */
  readonly reading: Reading | undefined
  /** Of a mail that was too large to be fetched, this is the beginning. */
  readonly isBeginning?: boolean
}

interface Around {
  readonly correspondents: Correspondents
  /** In which the office writes what it calls its cases. */
  readonly language: Locale
  /** The mail, sealed beside the record already, and the files that came with it. */
  readonly original: string
}

/** What the record says of one mail, and of which record that is. */
export interface Decided {
  readonly isExercise: boolean
  readonly entries: readonly [Entry, ...Entry[]]
  readonly case?: string
}

/** Where a mail belongs and what it does there. It answers nothing, whatever it says. */
export function decideMail(
  { reading, ...came }: CameIn,
  kept: Kept & { readonly exercises: Kept },
  around: Around,
): Decided {
  if (!reading) return { isExercise: false, entries: [unread(came, around)] }
  const message = reading.said.kind === 'parley' ? reading.said.message : undefined
  const nature = message?.nature ?? natureIn(reading.subject) ?? natureOfText(reading.text)
  const isPractice = nature === 'EXERCISE' || nature === 'TEST'
  const practised = isPractice ? findCase(reading, kept.exercises) : undefined
  const isExercise = practised !== undefined || (isPractice && isKnown(message, kept.exercises))
  const home = isExercise ? kept.exercises : kept
  const found = isExercise ? practised : findCase(reading, kept)
  const warnings = warningsOf(reading, came, { home, found, correspondents: around.correspondents })
  if (isPractice && !isExercise) warnings.unshift('says-exercise')
  const line = received(reading, came, around, warnings)
  const isTheirs = !message || found?.counterpart.state === message.from.state
  if (found && isTheirs) {
    const effects = message && !isInDoubt(warnings) ? messageLines(message, 'theirs', found) : []
    const said = { at: came.at, by: came.by, case: found.id }
    return {
      isExercise,
      case: found.id,
      entries: [{ ...line, case: found.id }, ...effects.map((each) => ({ ...each, ...said }))],
    }
  }
  // Whoever is in doubt opens no case by a mail: somebody looks first.
  if (!message || found || isInDoubt(warnings)) return { isExercise, entries: [line] }
  return { isExercise, ...newCase(message, line, isExercise, around.language) }
}

function newCase(
  message: Message,
  line: Entry,
  isExercise: boolean,
  language: Locale,
): Pick<Decided, 'entries' | 'case'> {
  const id = newId()
  const said = { at: line.at, by: line.by, case: id }
  const { from, thread, reference, kind, values, nature, exercise } = message
  const title = template(kind, message.template)?.title[language] ?? kind
  const text = (name: 'purpose' | 'significance') =>
    typeof values[name] === 'string' ? { [name]: values[name] } : {}
  const opened: Entry = {
    ...said,
    what: 'case.opened',
    content: {
      title: `${title}: ${from.entity}`,
      side: 'theirs',
      counterpart: { state: from.state, kind: from.kind, entity: from.entity },
      // What says that it is an exercise, and none is known here, is treated as real.
      nature: isExercise ? nature : 'REAL',
      ...(isExercise && exercise !== undefined && { exercise }),
      thread,
      reference,
      ...(from.ownReference !== undefined && { theirReference: from.ownReference }),
      ...text('purpose'),
      ...text('significance'),
    },
  }
  const effects = messageLines(message, 'theirs', { theirReference: from.ownReference }).map((each) => ({
    ...each,
    ...said,
  }))
  return { case: id, entries: [opened, { ...line, case: id }, ...effects] }
}

/** By the id of the matter, by the e-mails before it, by the reference that people say over the telephone. */
function findCase(reading: Reading, kept: Kept): Case | undefined {
  const id = findId(reading, kept)
  return id === undefined ? undefined : kept.cases.find(id)
}

/** Whether it belongs to a case that is decided on and not written down yet. */
export function awaitsCase(reading: Reading, kept: Kept & { readonly exercises: Kept }): boolean {
  return [kept, kept.exercises].some((each) => {
    const id = findId(reading, each)
    return id !== undefined && !each.cases.find(id)
  })
}

function findId({ said, references, subject, text }: Reading, { mails }: Kept): string | undefined {
  const claimed = said.kind === 'parley' ? (said.message ?? said.claimed) : undefined
  const spoken = [...new Set([...findReferences(subject), ...findReferences(text.slice(0, 20_000))])]
  const [only, ...others] = spoken.flatMap((reference) => mails.caseOfReference(reference) ?? [])
  return (
    (claimed && mails.caseOfThread(claimed.thread)) ??
    mails.caseOfMails(references) ??
    (others.length === 0 ? only : undefined)
  )
}

function natureIn(subject: string): string | undefined {
  return /\[(REAL|EXERCISE|TEST)\]/.exec(subject)?.[1]
}

/** Whether an exercise of this name was begun here, or a case of it is open. */
function isKnown(message: Message | undefined, { cases, record }: Kept): boolean {
  const name = message?.exercise
  if (name === undefined) return false
  return (
    isKnownExercise(record.lines(), name) ||
    [...cases.all()].some((each) => each.exercise === name && each.isOpen)
  )
}

interface Held {
  readonly home: Kept
  readonly found: Case | undefined
  readonly correspondents: Correspondents
}

function warningsOf(
  reading: Reading,
  { digest, isBeginning = false }: Omit<CameIn, 'reading'>,
  { home, found, correspondents }: Held,
): MailWarning[] {
  const { said, signature, encryption, machine, isCut } = reading
  const message = said.kind === 'parley' ? said.message : undefined
  const claimed = said.kind === 'parley' ? (message ?? said.claimed) : undefined
  const warnings: MailWarning[] = said.kind === 'parley' ? [...said.warnings] : []
  const warn = (warning: MailWarning, isSo: boolean) => void (isSo && warnings.push(warning))
  warn('signature-broken', signature.kind === 'broken')
  warn('signature-unfit', signature.kind === 'bad-key')
  warn('key-unknown', signature.kind === 'unknown-key')
  warnings.push(...aboutSender(reading, message?.from.state ?? found?.counterpart.state, correspondents))
  warn('other-side', !!message && !!found && found.counterpart.state !== message.from.state)
  warn('used-id', claimed !== undefined && home.mails.isUsedId(claimed.id, digest))
  warn('reservations-missing', said.kind === 'plain' && lacksReservations(reading.text))
  warn('files-differ', message !== undefined && !areListed(message, reading.files))
  warn('encrypted-no-key', encryption === 'no-key')
  warn('encrypted-not-for-us', encryption === 'not-for-us')
  warn('encrypted-unreadable', encryption === 'unreadable')
  warn('too-large', isBeginning)
  warn('text-cut', isCut && !isBeginning)
  if (machine) warnings.push(machine)
  return warnings
}

function aboutSender(
  { from, machine }: Reading,
  state: string | undefined,
  { findSender }: Correspondents,
): readonly MailWarning[] {
  if (machine === 'delivery-report') return []
  // Whoever names no sender, or several, is held against the directory as nobody in it.
  const sender = findSender(from?.address ?? '')
  if (sender === undefined) return []
  if (sender === 'unknown') return ['sender-unknown']
  if ('lookalike' in sender) return ['sender-lookalike']
  if (sender.known.isDisputed) return ['sender-disputed']
  return state === undefined || sender.known.state === state ? [] : ['sender-other']
}

/** By name and size here; the SHA-256 of each stands in the record, and is compared where it is shown. */
function areListed({ attachments }: Message, files: Reading['files']): boolean {
  return (
    attachments.length === files.length &&
    attachments.every((each) =>
      files.some(({ name, sha256 }) => name === each.name && sha256 === each.sha256),
    )
  )
}

function received(
  reading: Reading,
  { at, by, digest, raw }: Omit<CameIn, 'reading'>,
  { original }: Around,
  warnings: readonly MailWarning[],
): Extract<Entry, { readonly what: 'message.received' }> {
  const { said, from, messageId, subject, text, signature, encryption, files } = reading
  const message = said.kind === 'parley' ? said.message : undefined
  return {
    at,
    by,
    what: 'message.received',
    content: {
      ...(message && { message: JSON.parse(JSON.stringify(message)), tlp: message.tlp }),
      text,
      channel: encryption === 'none' ? 'e-mail' : 'encrypted-e-mail',
      ...(from && { address: from.address.slice(0, 1_000) }),
      ...(warnings.length > 0 && { warnings: [...new Set(warnings)] }),
      ...(subject !== '' && { subject }),
      ...(messageId !== undefined && { mailId: messageId }),
      ...(signature.kind === 'good' && { signedBy: signature.fingerprint }),
      original,
      digest,
    },
    files: [{ name: originalName, bytes: raw }, ...files],
  }
}

const originalName = 'original.eml'

function unread({ at, by, digest, raw, isBeginning }: Omit<CameIn, 'reading'>, { original }: Around): Entry {
  return {
    at,
    by,
    what: 'message.received',
    content: {
      text: '',
      channel: 'e-mail',
      warnings: [isBeginning ? 'too-large' : 'unreadable'],
      original,
      digest,
    },
    files: [{ name: originalName, bytes: raw }],
  }
}

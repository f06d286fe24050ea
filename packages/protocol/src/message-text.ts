import type { Locale } from '@parley/kernel'
import { code } from './codes.ts'
import type { Message, Party, Value, Writer } from './message.ts'
import { spokenReference } from './reference.ts'
import { reservations } from './reservations.ts'
import type { Field, Step, Template } from './shapes.ts'
import { template } from './templates.ts'
import { fill, type Texts } from './texts.ts'
import { isRightToLeft, isWord, word } from './words.ts'
import { apart, writtenLines } from './written-lines.ts'

/**
 * The text of a message as its e-mail shows it: every label, coded value and reservation in the addressee's language,
 * then in the writer's; what people typed as they typed it, behind a bar. The same message gives the same text, to
 * the byte, and no two messages the same: what the machine part says, a reader can see.
 */
export function messageText(message: Message): string {
  const form = template(message.kind, message.template)
  if (form === undefined) throw new RangeError('no template of that kind and version')
  const page = openPage(message)
  return `${[
    ...headOf(message, form, page),
    ...form.steps.flatMap((step, place) => stepLines(step, place + 1, message, page)),
    ...attachmentLines(message, page),
    ...reservationLines(page),
    ...recordLines(message, page),
  ].join('\n')}\n`
}

/** Whether a text is the message's own, whatever ends its lines. A single other byte is another text. */
export function isTwin(message: Message, text: string): boolean {
  return `${text.replaceAll('\r\n', '\n').replace(/\n+$/, '')}\n` === messageText(message)
}

/** `[REAL] Inquiry / Consulta K7QM-4TXD TLP:AMBER`: what may be read on the way, nothing of the incident. */
export function messageSubject(message: Message): string {
  const form = template(message.kind, message.template)
  if (form === undefined) throw new RangeError('no template of that kind and version')
  const { languages, mixed } = openPage(message)
  const titles = languages.map((language) => apart(form.title[language], mixed)).join(' / ')
  return `[${message.nature}] ${titles} ${message.reference} TLP:${message.tlp}`
}

interface Page {
  /** The addressee's first: it is read there. */
  readonly languages: readonly Locale[]
  /** Whether one of them runs from right to left. */
  readonly mixed: boolean
  /** One line in each language. */
  each(write: (language: Locale) => string): readonly string[]
  /** A line that is the same in all of them. */
  plain(line: string): string
  typed(value: string): readonly string[]
}

function openPage(message: Message): Page {
  const languages = message.languages.toReversed()
  const mixed = languages.some(isRightToLeft)
  const line = (language: string, text: string) => (mixed ? inDirection(language, text) : text)
  return {
    languages,
    mixed,
    each: (write) => languages.map((language) => line(language, write(language))),
    plain: (text) => line('en', text),
    typed: (value) => writtenLines(value, mixed),
  }
}

/** The mark gives the line its side where a program chooses one, the isolate its order where none does (UAX 9). */
function inDirection(language: string, text: string): string {
  const [mark, isolate] = isRightToLeft(language) ? ['\u200f', '\u2067'] : ['\u200e', '\u2066']
  return `${mark}${isolate}${text}\u2069`
}

const rule = '-'.repeat(24)

function headOf(message: Message, form: Template, page: Page): readonly string[] {
  const { nature, exercise, reference, from, to, tlp } = message
  return [
    page.plain(`=== ${nature} ===`),
    ...page.each((language) => word(`nature-${nature}`, language)),
    ...(exercise === undefined
      ? []
      : [...page.each((language) => word('exercise', language)), ...page.typed(exercise)]),
    '',
    ...page.each((language) => form.title[language]),
    ...page.each((language) => fill(word('working-template', language), { version: String(form.version) })),
    '',
    ...partyLines('from', from, page),
    '',
    ...partyLines('to', to, page),
    '',
    ...factLines('reference', reference, page),
    ...factLines('spoken', spokenReference(reference), page),
    ...ownReferenceLines('own-reference-from', from, page),
    ...ownReferenceLines('own-reference-to', to, page),
    ...factLines('written-at', writeInstant(message.writtenAt), page),
    '',
    ...page.each((language) => {
      const marking = apart(`TLP:${tlp}`, page.mixed)
      const value = fill(word('marking-and-rule', language), { marking, rule: word(`tlp-${tlp}`, language) })
      return labelled(word('marking', language), value, language)
    }),
    '',
  ]
}

function partyLines(role: 'from' | 'to', party: Party | Writer, page: Page): readonly string[] {
  const kind = `kind-${party.kind}`
  return [
    ...page.each((language) => {
      const name = party.stateNames?.[language]
      const code = apart(party.state, page.mixed)
      // Apart from each other: a name that turns itself around must not turn the code.
      const state = name === undefined ? code : `${apart(name, page.mixed)} (${code})`
      const values = { state, kind: isWord(kind) ? word(kind, language) : party.kind }
      return labelled(word(role, language), fill(word('party', language), values), language)
    }),
    ...page.typed(party.entity),
    ...('name' in party && party.name !== undefined ? page.typed(party.name) : []),
  ]
}

function ownReferenceLines(
  label: 'own-reference-from' | 'own-reference-to',
  { ownReference }: Party,
  page: Page,
): readonly string[] {
  if (ownReference === undefined) return []
  return [...page.each((language) => word(label, language)), ...page.typed(ownReference)]
}

/** A step that says nothing is left out, and its number with it (POC-34: some information may not be at hand). */
function stepLines(step: Step, number: number, message: Message, page: Page): readonly string[] {
  const fields = step.fields.flatMap((field) => {
    const value = message.values[field.id]
    return value === undefined ? [] : [...fieldLines(field, value, page), '']
  })
  if (fields.length === 0) return []
  return [rule, ...page.each((language) => `${number}. ${step.title[language]}`), '', ...fields]
}

function fieldLines(field: Field, value: Value, page: Page): readonly string[] {
  switch (field.type) {
    case 'line':
    case 'text':
      return [...page.each((language) => field.label[language]), ...page.typed(String(value))]
    case 'hours':
      return factsOf(field.label, String(value), page)
    case 'instant':
      return factsOf(field.label, writeInstant(String(value)), page)
    case 'code':
    case 'codes': {
      const codes = [value].flat().map((each) => code(field.list, String(each)))
      return page.each((language) => {
        const labels = codes.map((each) => each?.label[language] ?? '')
        return labelled(field.label[language], labels.join(word('list-separator', language)), language)
      })
    }
  }
}

function attachmentLines({ attachments }: Message, page: Page): readonly string[] {
  if (attachments.length === 0) return []
  return [
    rule,
    ...page.each((language) => word('attachments', language)),
    '',
    ...attachments.flatMap(({ name, size, sha256 }) => [
      ...page.typed(name),
      ...factLines('size', String(size), page),
      page.plain(`SHA-256: ${sha256}`),
      '',
    ]),
  ]
}

/** RULE-4: on every message, of whatever kind, in the languages of both sides. */
function reservationLines(page: Page): readonly string[] {
  return [
    rule,
    ...page.each((language) => word('reservations', language)),
    '',
    ...reservations.flatMap(({ text, cite }, place) => [
      ...page.each((language) => `${place + 1}. ${text[language]} (${cite[language]})`),
      '',
    ]),
  ]
}

function recordLines(message: Message, page: Page): readonly string[] {
  const { id, thread, answers, reference, kind, reservations, languages } = message
  const versions = `parley message ${message.version}, ${kind} ${message.template}, reservations ${reservations}`
  return [
    rule,
    ...page.each((language) => word('for-the-record', language)),
    '',
    ...factLines('message', id, page),
    ...factLines('thread', thread, page),
    ...(answers === undefined ? [] : factLines('answers', answers, page)),
    page.plain(`${versions}, ${languages.join(' ')}`),
    '',
    ...page.each((language) => fill(word('end', language), { reference: apart(reference, page.mixed) })),
    page.plain('=== END ==='),
  ]
}

type FactLabel = 'reference' | 'spoken' | 'written-at' | 'size' | 'message' | 'thread' | 'answers'

function factLines(label: FactLabel, value: string, page: Page): readonly string[] {
  return page.each((language) => labelled(word(label, language), apart(value, page.mixed), language))
}

function factsOf(label: Texts, value: string, page: Page): readonly string[] {
  return page.each((language) => labelled(label[language], apart(value, page.mixed), language))
}

function labelled(label: string, value: string, language: Locale): string {
  return fill(word('label-and-value', language), { label, value })
}

/** Numbers alone, without the names of months: the same in six languages and in every version of a program. */
function writeInstant(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 19)} UTC`
}

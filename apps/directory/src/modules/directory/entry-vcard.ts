import type { Address, Entry, Wording } from './domain/entry.ts'
import { fileText } from '@parley/kernel'
import { type KeyContent, keyTypes } from './domain/key.ts'
import type { Taken } from './entry-csv.ts'
import { telephoneLink } from '@parley/web'

/** What a card says besides its entry: names that the profile gives, in the language of whoever takes it. */
export interface VcardWords {
  readonly stateName: string
  readonly kindName: string
}

/** The media type of what `entryToVcard` writes. */
export const vcardType = 'text/vcard; charset=utf-8'

/**
 * POC-09: one entry as a vCard 4.0 (RFC 6350; `LANGUAGE` from RFC 9554), in lines of at most 75 octets. Whoever
 * writes more than one card gives `withoutCardOnly(entry)` and only keys that are not for the card only. The month of the last answer is no part of it (RULE-3).
 */
export function entryToVcard(
  entry: Entry,
  { stateName, kindName }: VcardWords,
  keys: readonly KeyContent[] = [],
  taken?: Taken,
): string {
  const { language, holder, personName } = entry
  const isPerson = holder === 'representative' && personName !== undefined
  const name = entry.entityName.original === '' ? `${kindName}, ${stateName}` : undefined
  const lines = [
    'BEGIN:VCARD',
    'VERSION:4.0',
    'PRODID:-//Parley//Parley//EN',
    `UID:urn:uuid:${entry.id}`,
    `REV:${entry.changedAt.toISOString().replace(/\.\d+|[-:]/g, '')}`,
    `KIND:${isPerson ? 'individual' : 'org'}`,
    `LANGUAGE:${language}`,
    ...(isPerson
      ? [textLine('FN', personName, language), `N:;${escape(personName)};;;`]
      : name === undefined
        ? wordingLines('FN', entry.entityName, language)
        : [`FN:${escape(name)}`]),
    ...(name === undefined ? wordingLines('ORG', entry.entityName, language) : []),
    ...wordingLines('TITLE', entry.personTitle, language),
    ...(isPerson || personName === undefined
      ? []
      : [textLine('RELATED;TYPE=contact;VALUE=text', personName, language)]),
    ...entry.addresses.flatMap(addressLines),
    ...entry.workingLanguages.map((tag, position) => `LANG;PREF=${position + 1}:${tag}`),
    ...(entry.availability.timeZone === undefined ? [] : [`TZ:${escape(entry.availability.timeZone)}`]),
    ...wordingLines('NOTE;X-PARLEY-FIELD=national-role', entry.nationalRole, language),
    ...wordingLines('NOTE;X-PARLEY-FIELD=description', entry.description, language),
    ...(entry.certProfile === undefined ? [] : [`URL:${fileText(entry.certProfile)}`]),
    `CATEGORIES:${escape(stateName)},${escape(kindName)}`,
    `X-PARLEY-STATE:${entry.state}`,
    `X-PARLEY-KIND:${entry.kind}`,
    ...officeLines(entry),
    ...(entry.alsoNominated?.length ? [`X-PARLEY-ALSO-NOMINATED:${entry.alsoNominated.join(',')}`] : []),
    ...(taken
      ? [`X-PARLEY-TAKEN-BY:${escape(taken.by)}`, `X-PARLEY-TAKEN-AT:${taken.at.toISOString()}`]
      : []),
    ...keys.map(({ scheme, armored }) => `KEY:data:${keyTypes[scheme]};base64,${withoutArmor(armored)}`),
    'END:VCARD',
  ]
  return lines.map((line) => `${fold(line)}\r\n`).join('')
}

/** `ALTID` says that both are the same property in two languages; the second is the State's own translation. */
function wordingLines(property: string, words: Wording, language: string): readonly string[] {
  const { original, english } = words
  const isTranslated = original !== undefined && english !== undefined && language !== 'en'
  const altid = `${property};ALTID=1`
  if (isTranslated) return [textLine(altid, original, language), textLine(altid, english, 'en')]
  if (original !== undefined) return [textLine(property, original, language)]
  return english === undefined ? [] : [textLine(property, english, 'en')]
}

function textLine(property: string, text: string, language: string): string {
  return `${property};LANGUAGE=${language}:${escape(text)}`
}

/** The label stands in a group beside its address, as the address books of telephones write and read it. */
function addressLines({ channel, value, label, extension, urgent }: Address, position: number) {
  const group = label === undefined ? '' : `item${position + 1}.`
  const preferred = urgent ? ';PREF=1' : ''
  const line =
    channel === 'email'
      ? `${group}EMAIL;TYPE=work:${escape(value)}`
      : `${group}TEL;VALUE=uri;TYPE="work,voice"${preferred}:${telephoneLink(value, extension)}`
  return label === undefined ? [line] : [line, `${group}X-ABLABEL:${escape(label)}`]
}

/** The octets in base64, without the lines around them and the checksum of OpenPGP's armor. */
function withoutArmor(armored: string): string {
  return armored
    .replace(/^-----.*$/gm, '')
    .replace(/^=.*$/gm, '')
    .replace(/^\w+: .*$/gm, '')
    .replace(/\s/g, '')
}

/** There is no property for these in vCard; a reader that does not know them passes them over. */
function officeLines({ availability, holder }: Entry): readonly string[] {
  const { opens, closes, days, always } = availability
  return [
    ...(always ? ['X-PARLEY-ALWAYS:yes'] : []),
    ...(opens !== undefined && closes !== undefined ? [`X-PARLEY-HOURS:${opens}-${closes}`] : []),
    ...(days.length > 0 ? [`X-PARLEY-DAYS:${days.join(',')}`] : []),
    `X-PARLEY-HOLDER:${holder}`,
  ]
}

/** RFC 6350, 3.4: a backslash before what would part values, `\n` for a line break. */
function escape(text: string): string {
  return fileText(text)
    .replace(/[\\,;]/g, (mark) => `\\${mark}`)
    .replaceAll('\n', '\\n')
}

const widest = 75

/** RFC 6350, 3.2: octets are counted, and no character is cut in two. */
function fold(line: string): string {
  let folded = ''
  let room = widest
  for (const character of line) {
    const octets = Buffer.byteLength(character)
    if (octets > room) {
      folded += '\r\n '
      room = widest - 1
    }
    folded += character
    room -= octets
  }
  return folded
}

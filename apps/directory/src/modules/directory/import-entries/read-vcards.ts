import { timeZones } from '../domain/office-hours.ts'
import type { Cells, ImportedRecord } from './imported-record.ts'
import { type ContentLine, readLine, splitValue, unescape } from './vcard-lines.ts'

/** vCards of version 3.0 and 4.0, ours and those of other directories; one broken card does not spoil the others. */
export function readVcards(text: string): readonly ImportedRecord[] | undefined {
  const lines = text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/)
  const cards: string[][] = []
  for (const line of lines) {
    if (/^BEGIN:VCARD\s*$/i.test(line)) cards.push([])
    else if (line.trim() !== '') cards.at(-1)?.push(line)
  }
  if (cards.length === 0) return undefined
  return cards.map((card, position) => readCard(card, position + 1))
}

function readCard(card: readonly string[], number: number): ImportedRecord {
  const isWhole = /^END:VCARD\s*$/i.test(card.at(-1) ?? '')
  const lines = card.slice(0, -1).map(readLine)
  if (!isWhole || lines.includes(undefined)) return { number, problem: 'directory/import-line-broken' }
  const properties = lines.filter((line) => line !== undefined)
  const version = properties.find(({ name }) => name === 'VERSION')?.value.trim()
  if (version !== '3.0' && version !== '4.0') return { number, problem: 'directory/import-vcard-version' }
  return { number, cells: cellsOf(properties) }
}

function cellsOf(properties: readonly ContentLine[]): Cells {
  const all = (name: string) => properties.filter((property) => property.name === name)
  const text = (name: string) => unescape(all(name)[0]?.value ?? '')
  const isOurs = all('X-PARLEY-STATE').length > 0
  const language = isOurs ? text('LANGUAGE') : undefined
  const inBoth = (lines: readonly ContentLine[]) => originalAndEnglish(lines, language)
  const fn = inBoth(all('FN')).original
  const org = { ...inBoth(all('ORG').map((each) => ({ ...each, value: splitValue(each.value).join(', ') }))) }
  const isPerson =
    /^individual$/i.test(text('KIND')) || (org.original !== '' && fn !== org.original && !isOurs)
  const title = inBoth(all('TITLE'))
  const notes = (field: string) =>
    inBoth(all('NOTE').filter(({ params }) => params['X-PARLEY-FIELD'] === field))
  const foreignNotes = inBoth(all('NOTE').filter(({ params }) => params['X-PARLEY-FIELD'] === undefined))
  const description = isOurs ? notes('description') : foreignNotes
  const role = notes('national-role')
  const [opens = '', closes = ''] = text('X-PARLEY-HOURS').split('-')
  const zone = text('TZ')
  const uid = /^urn:uuid:(.+)$/i.exec(text('UID'))?.[1]?.toLowerCase()
  const cells: Record<string, string> = {
    id: isOurs ? (uid ?? '') : '',
    state: text('X-PARLEY-STATE'),
    kind: text('X-PARLEY-KIND'),
    language: text('LANGUAGE'),
    holder: text('X-PARLEY-HOLDER') || (isPerson ? 'representative' : ''),
    // Of ours without a name, the name is on the contact card only.
    entity_name: org.original || (isPerson || isOurs ? '' : fn),
    entity_name_en: org.english || (org.original === '' ? inBoth(all('FN')).english : ''),
    person_name: isPerson ? fn : text('RELATED'),
    person_title: title.original,
    person_title_en: title.english,
    description: description.original,
    description_en: description.english,
    national_role: role.original,
    national_role_en: role.english,
    working_languages: all('LANG')
      .map(({ value }) => value.trim())
      .join(' '),
    time_zone: timeZones.includes(zone) ? zone : '',
    opens,
    closes,
    days: text('X-PARLEY-DAYS').replaceAll(',', ' '),
    always: text('X-PARLEY-ALWAYS'),
    // Of a foreign card it is a site, not the profile of a team.
    cert_profile: isOurs ? text('URL') : '',
    also_nominated: text('X-PARLEY-ALSO-NOMINATED').replaceAll(',', ' '),
  }
  return {
    ...cells,
    ...addressCells(properties, 'EMAIL', 'email'),
    ...addressCells(properties, 'TEL', 'phone'),
  }
}

function addressCells(properties: readonly ContentLine[], name: string, channel: string): Cells {
  const found = properties.filter(
    (property) => property.name === name && !/fax|pager/i.test(typeOf(property)),
  )
  const cells: Record<string, string> = {}
  for (const [position, property] of found.entries()) {
    const value = unescape(property.value).trim()
    cells[`${channel}_${position + 1}`] = value
    const label = properties.find((each) => each.name === 'X-ABLABEL' && each.group === property.group)
    if (label && property.group !== '') cells[`${channel}_${position + 1}_label`] = unescape(label.value)
    const isPreferred = property.params['PREF'] === '1' || /\bpref\b/i.test(typeOf(property))
    if (channel === 'phone' && isPreferred) cells['urgent_phone'] = value
  }
  return cells
}

function typeOf({ params }: ContentLine): string {
  return params['TYPE'] ?? ''
}

/**
 * The first of alternatives is the original; one in English beside it is the translation. A card of ours may have the
 * translation alone.
 */
function originalAndEnglish(
  properties: readonly ContentLine[],
  language: string | undefined,
): { readonly original: string; readonly english: string } {
  const [first, ...others] = properties
  const isAlone = first !== undefined && language !== undefined && language !== 'en' && isEnglish(first)
  if (isAlone) return { original: '', english: unescape(first.value) }
  return { original: unescape(first?.value ?? ''), english: unescape(others.find(isEnglish)?.value ?? '') }
}

function isEnglish({ params }: ContentLine): boolean {
  return /^en\b/i.test(params['LANGUAGE'] ?? '')
}

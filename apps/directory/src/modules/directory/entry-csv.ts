import { fileText, writeCell } from '@parley/kernel'
import type { Address, Entry } from './domain/entry.ts'
import { telephoneLink } from '@parley/web'

/** One column, by the name that stands in the first row, and its cell; an absent value is an empty cell. */
type Column = readonly [name: string, cell: (entry: Entry) => string | undefined]

/** Who took a list and when: it stands in the file. */
export interface Taken {
  readonly by: string
  readonly at: Date
}

const places = [1, 2, 3] as const

const columns: readonly Column[] = [
  ['id', ({ id }) => id],
  ['state', ({ state }) => state],
  ['kind', ({ kind }) => kind],
  ['language', ({ language }) => language],
  ['holder', ({ holder }) => holder],
  ['entity_name', ({ entityName }) => entityName.original],
  ['entity_name_en', ({ entityName }) => entityName.english],
  ['description', ({ description }) => description.original],
  ['description_en', ({ description }) => description.english],
  ['person_name', ({ personName }) => personName],
  ['person_title', ({ personTitle }) => personTitle.original],
  ['person_title_en', ({ personTitle }) => personTitle.english],
  ['national_role', ({ nationalRole }) => nationalRole.original],
  ['national_role_en', ({ nationalRole }) => nationalRole.english],
  ...places.flatMap((place): readonly Column[] => [
    [`email_${place}`, (entry) => at(entry, 'email', place)?.value],
    [`email_${place}_label`, (entry) => at(entry, 'email', place)?.label],
  ]),
  ...places.flatMap((place): readonly Column[] => [
    [`phone_${place}`, (entry) => number(at(entry, 'phone', place))],
    [`phone_${place}_label`, (entry) => at(entry, 'phone', place)?.label],
  ]),
  ['urgent_phone', (entry) => number(entry.addresses.find(({ urgent }) => urgent))],
  ['working_languages', ({ workingLanguages }) => workingLanguages.join(' ')],
  ['time_zone', ({ availability }) => availability.timeZone],
  ['opens', ({ availability }) => availability.opens],
  ['closes', ({ availability }) => availability.closes],
  ['days', ({ availability }) => availability.days.join(' ')],
  // "no" would say something of what stands on the card only.
  [
    'always',
    ({ availability, cardOnly }) =>
      cardOnly.includes('availability') ? undefined : yesOrNo(availability.always),
  ],
  ['cert_profile', ({ certProfile }) => certProfile],
  ['also_nominated', ({ alsoNominated = [] }) => alsoNominated.join(' ')],
  ['changed_at', ({ changedAt }) => changedAt.toISOString()],
]

/** The names of the columns, in their order. */
export const csvColumns: readonly string[] = columns.map(([name]) => name)

/** What an entry says in each column; an empty cell says nothing. */
export function cellsOf(shown: Entry): readonly (readonly [name: string, cell: string])[] {
  return columns.map(([name, cell]) => [name, fileText(cell(shown) ?? '')])
}

/** The first row of a list (RFC 4180, UTF-8). The byte order mark is for spreadsheets, which otherwise garble Arabic and Chinese. */
export function csvHead(taken?: Taken): string {
  return `\ufeff${row(taken ? [...csvColumns, 'taken_by', 'taken_at'] : csvColumns)}`
}

/** One entry as a list may show it. Who took it and when stands in each row, where it is given. */
export function csvRow(shown: Entry, taken?: Taken): string {
  const cells = cellsOf(shown).map(([, cell]) => writeCell(cell))
  return row(taken ? [...cells, writeCell(taken.by), taken.at.toISOString()] : cells)
}

function row(cells: readonly string[]): string {
  return `${cells.join(',')}\r\n`
}

function yesOrNo(is: boolean): string {
  return is ? 'yes' : 'no'
}

function at({ addresses }: Entry, channel: Address['channel'], place: number): Address | undefined {
  return addresses.filter((address) => address.channel === channel)[place - 1]
}

/** A number as a link: a bare + would be read as a sum. */
function number(address: Address | undefined): string | undefined {
  return address && telephoneLink(address.value, address.extension)
}

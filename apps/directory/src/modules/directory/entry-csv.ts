import { type Address, type Entry, withoutCardOnly } from './domain/entry.ts'
import { fileText } from './domain/file-text.ts'
import { telephoneLink } from './domain/telephone.ts'

/** One column, by the name that stands in the first row, and its cell; an absent value is an empty cell. */
type Column = readonly [name: string, cell: (entry: Entry) => string | undefined]

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
  ['always', ({ availability }) => (availability.always ? 'yes' : 'no')],
  ['cert_profile', ({ certProfile }) => certProfile],
  ['also_nominated', ({ alsoNominated = [] }) => alsoNominated.join(' ')],
  ['changed_at', ({ changedAt }) => changedAt.toISOString()],
]

/** The names of the columns, in their order. */
export const csvColumns: readonly string[] = columns.map(([name]) => name)

/**
 * Entries as CSV (RFC 4180, UTF-8), one row each. What a State marked "card only" is left out here, and the month of
 * the last answer is no part of it (RULE-3). Who took them and when stands in each row, where it is given. The byte order mark is for spreadsheets, which otherwise garble
 * Arabic and Chinese.
 */
export function entriesToCsv(
  entries: readonly Entry[],
  taken?: { readonly by: string; readonly at: Date },
): string {
  const rows = entries.map((entry) => {
    const shown = withoutCardOnly(entry)
    const cells = columns.map(([, cell]) => writeCell(cell(shown) ?? ''))
    return taken ? [...cells, writeCell(taken.by), taken.at.toISOString()] : cells
  })
  const names = taken ? [...csvColumns, 'taken_by', 'taken_at'] : csvColumns
  return `\ufeff${[names, ...rows].map((row) => `${row.join(',')}\r\n`).join('')}`
}

function at({ addresses }: Entry, channel: Address['channel'], place: number): Address | undefined {
  return addresses.filter((address) => address.channel === channel)[place - 1]
}

/** A number as a link: a bare + would be read as a sum. */
function number(address: Address | undefined): string | undefined {
  return address && telephoneLink(address.value, address.extension)
}

/** What a spreadsheet would take for a formula, behind any apostrophes that make it text already. */
const formula = /^'*[\s=+\-@＝＋－＠]/u

/** One cell; what looks like a formula gets an apostrophe in front, which makes it text. */
export function writeCell(value: string): string {
  const text = formula.test(value) ? `'${fileText(value)}` : fileText(value)
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The value of a cell that `writeCell` wrote, without its quotation marks. */
export function readCell(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell
}

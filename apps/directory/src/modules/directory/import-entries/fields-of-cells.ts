import type { Body, FieldError } from '@parley/web'
import type { Cells } from './imported-record.ts'

/** Under which name of the form a column stands; addresses, numbers and lists are read apart. */
const fieldOfColumn: Readonly<Record<string, string>> = {
  language: 'language',
  holder: 'holder',
  entity_name: 'entityName',
  entity_name_en: 'entityNameEnglish',
  description: 'description',
  description_en: 'descriptionEnglish',
  person_name: 'personName',
  person_title: 'personTitle',
  person_title_en: 'personTitleEnglish',
  national_role: 'nationalRole',
  national_role_en: 'nationalRoleEnglish',
  time_zone: 'timeZone',
  opens: 'opens',
  closes: 'closes',
  cert_profile: 'certProfile',
}

const turning = /[\u202a-\u202e\u2066-\u2069]/u

/**
 * Cells as the form of an entry would send them: the form's own rules then say what is wrong with which field, in the
 * reader's language. An empty cell says nothing. Marks that turn a line round are refused: nobody would see them.
 */
export function fieldsOfCells(
  cells: Cells,
  language: string,
): { readonly fields: Body; readonly errors: readonly FieldError[] } {
  const fields = new Map<string, string | readonly string[]>([['language', language]])
  const said = Object.entries(cells).filter(([, cell]) => cell !== '')
  for (const [column, cell] of said) {
    const field = fieldOfColumn[column]
    if (field !== undefined) fields.set(field, cell)
    const [, channel, place, label] = /^(email|phone)_(\d+)(_label)?$/.exec(column) ?? []
    if (channel === undefined || place === undefined) continue
    if (label !== undefined) fields.set(`${channel}${place}Label`, cell)
    else if (channel === 'email') fields.set(`email${place}`, cell)
    else {
      const { number, extension } = readNumber(cell)
      fields.set(`phone${place}`, number)
      if (extension !== undefined) fields.set(`phone${place}Extension`, extension)
      if (cells['urgent_phone'] === cell) fields.set('urgent', place)
    }
  }
  const list = (column: string) => (cells[column] ?? '').split(/[\s,;]+/).filter(Boolean)
  const languages = list('working_languages')
  if (languages.length > 0) {
    fields.set('languageMore', languages.join(','))
    for (const place of ['1', '2', '3']) fields.set(`language${place}`, '')
  }
  if (list('days').length > 0) fields.set('days', list('days'))
  if (list('also_nominated').length > 0) fields.set('alsoNominated', list('also_nominated'))
  const always = cells['always'] ?? ''
  if (always !== '') fields.set('always', /^(yes|true|1)$/i.test(always) ? 'yes' : '')
  const tooMany = said.some(([column]) => /^(email|phone)_([4-9]|\d\d)/.test(column))
  return {
    fields: Object.fromEntries(fields),
    errors: [
      ...said
        .filter(([, cell]) => turning.test(cell))
        .map(([column]) => ({ field: fieldOfColumn[column] ?? column, code: 'directory/import-controls' })),
      ...(tooMany ? [{ field: 'email1', code: 'directory/too-many-addresses' }] : []),
    ],
  }
}

/** `tel:+…;ext=…`, or a number as people write it. */
function readNumber(cell: string): { readonly number: string; readonly extension?: string | undefined } {
  const [number = '', ...parameters] = cell.replace(/^tel:/i, '').split(';')
  const extension = parameters.find((each) => /^ext=/i.test(each))?.slice(4)
  return { number, extension }
}

import { canonical, directionOf, type Json, type Locale, locales } from '@parley/kernel'
import { type Html, html, ltr, table, writeLanguage, writeTelephone, written } from '@parley/web'
import { cardOnlyFields } from '../domain/entry.ts'
import { type FieldName, fieldNames } from '../domain/describe.ts'
import { text } from '../locales/index.ts'
import { dayName } from '../write-entry.ts'

type Described = Readonly<Record<FieldName, Json>>

/** Field by field what an entry says and what it would say; of a new one and of one that goes, all that is said. */
export function differenceTable(
  locale: Locale,
  before: Described | undefined,
  after: Described | undefined,
): Html {
  const t = text(locale)
  const fields = fieldNames.filter(
    (field) => canonical(saidOf(before?.[field])) !== canonical(saidOf(after?.[field])),
  )
  const cell = (field: FieldName, described: Described | undefined) =>
    value(locale, field, described?.[field] ?? null, described?.['language'] ?? null)
  return table(
    t('own.difference'),
    [t('own.field'), t('own.before'), t('own.after')],
    fields.map((field) => [t(`changed.${field}`), cell(field, before), cell(field, after)]),
  )
}

/** What is not said, is not said: an empty list is as good as none. */
function saidOf(value: Json = null): Json {
  if (value === '' || value === false) return null
  return Array.isArray(value) && value.every((each) => saidOf(each) === null) ? null : value
}

function value(locale: Locale, field: FieldName, json: Json, language: Json): Html {
  if (saidOf(json) === null) return html`–`
  if (Array.isArray(json))
    return html`${json.map((each: Json) => html`<div>${value(locale, field, each, language)}</div>`)}`
  if (typeof json !== 'object') return word(locale, field, String(json), language)
  return json !== null && 'value' in json ? address(locale, field, json, language) : html`–`
}

/** An address with everything that was said about it. */
function address(
  locale: Locale,
  field: FieldName,
  json: Readonly<Record<string, Json>>,
  language: Json,
): Html {
  const t = text(locale)
  const { value: shown = '', label, extension, urgent, cardOnly } = json
  const said = typeof shown === 'string' ? shown : ''
  const remarks = [
    urgent === true ? t('field.urgent') : undefined,
    cardOnly === true ? t('field.cardOnly') : undefined,
  ].filter((remark) => remark !== undefined)
  const number = field === 'phones' ? writeTelephone(said) : said
  return html`${ltr(typeof extension === 'string' ? `${number} × ${extension}` : number)}${
    typeof label === 'string' ? html` <span class="small">${inTheirs(label, language)}</span>` : ''
  }${remarks.map((remark) => html`<div class="small">${remark}</div>`)}`
}

function word(locale: Locale, field: FieldName, said: string, language: Json): Html {
  const t = text(locale)
  if (field === 'language' || field === 'workingLanguages') return html`${writeLanguage(locale, said)}`
  if (field === 'holder') return html`${t(said === 'entity' ? 'holder.entity' : 'holder.representative')}`
  if (field === 'days') return html`${dayName(locale, Number(said))}`
  if (field === 'always') return html`${t('hours.always')}`
  if (field === 'cardOnly') {
    const known = cardOnlyFields.find((each) => each === said)
    return html`${known ? t(`card-only.${known}`) : said}`
  }
  if (field === 'hours' || field === 'timeZone' || field === 'certProfile' || field === 'alsoNominated')
    return ltr(said)
  return field.endsWith('English') ? written(said, 'en', 'ltr') : inTheirs(said, language)
}

/** In the language that the State wrote it in. */
function inTheirs(said: string, language: Json): Html {
  const known = locales.find((each) => each === language)
  return written(said, known ?? 'und', directionOf(known ?? 'en'))
}

import type { Locale } from '@parley/kernel'
import { type Field, fieldsOf, listCodes, type Template, type Value } from '@parley/protocol'
import { type Body, choices, type FormView, html, type Html, nothing, select, textField } from '@parley/web'
import { text } from '../locales/index.ts'

/** The fields of a template, step by step. Every one may stay empty (POC-34). */
export function askTemplate(view: FormView, { steps }: Template, language: Locale): Html {
  const { locale } = view
  return html`${steps.map(
    ({ title, help, fields }) =>
      html`<h2>${title[locale]}</h2>
        ${help ? html`<p>${help[locale]}</p>` : nothing}
        ${fields.map((field) => askField(view, field, language))}`,
  )}`
}

function askField(view: FormView, field: Field, language: Locale): Html {
  const { locale } = view
  const labelled = {
    name: nameOf(field),
    label: field.label[locale],
    ...(field.help && { help: field.help[locale] }),
  }
  switch (field.type) {
    case 'line':
      return textField(view, { ...labelled, language, autocomplete: 'off' })
    case 'text':
      return textField(view, { ...labelled, language, rows: 5, autocomplete: 'off' })
    case 'hours':
      return textField(view, { ...labelled, inputmode: 'numeric', size: 'short', autocomplete: 'off' })
    case 'instant':
      return textField(view, {
        ...labelled,
        help: `${field.help?.[locale] ?? ''} ${text(locale)('write.instant')}`.trim(),
        autocomplete: 'off',
      })
    case 'code':
      return select(view, {
        ...labelled,
        options: [{ value: '', label: '–' }, ...optionsOf(field.list, locale)],
      })
    case 'codes':
      return askCodes(view, labelled, field.list)
  }
}

/** So many boxes are seen at a glance; more of them stand behind their heading until one is ticked. */
const fewCodes = 8

function askCodes(
  view: FormView,
  labelled: Pick<Parameters<typeof choices>[1], 'name' | 'label' | 'help'>,
  list: string,
): Html {
  const options = optionsOf(list, view.locale)
  const boxes = choices(view, { ...labelled, kind: 'checkbox', options })
  if (options.length <= fewCodes) return boxes
  const isOpen = [view.form.values[labelled.name] ?? []].flat().length > 0
  return html`<details class="field" ${isOpen ? html` open` : nothing}>
    <summary>${labelled.label}</summary>
    ${boxes}
  </details>`
}

/** What was typed as the values of a message; an empty field is none. */
export function valuesIn(template: Template, body: Body): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    fieldsOf(template).flatMap((field) => {
      const typed = [body[nameOf(field)] ?? []].flat().filter((each) => each.trim() !== '')
      const [first] = typed
      return first === undefined ? [] : [[field.id, valueOf(field, first, typed)] as const]
    }),
  )
}

/** The same the other way: a draft that is written on. */
export function bodyFrom(template: Template, values: Readonly<Record<string, Value>>): Body {
  const body = new Map<string, string | readonly string[]>()
  for (const field of fieldsOf(template)) {
    const value = values[field.id]
    if (value === undefined) continue
    if (field.type === 'codes') body.set(nameOf(field), [value].flat().map(String))
    else if (field.type === 'instant') body.set(nameOf(field), String(value).slice(0, 16).replace('T', ' '))
    else body.set(nameOf(field), String(value))
  }
  return Object.fromEntries(body)
}

function valueOf(field: Field, first: string, all: readonly string[]): Value {
  switch (field.type) {
    case 'line':
      return first.replace(/[\r\n\u2028\u2029]+/g, ' ').trim()
    case 'text':
      return first.replace(/\r\n?|[\u2028\u2029]/g, '\n').trim()
    case 'hours':
      return Number(first)
    case 'instant':
      return first.trim().replace(/^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)$/, '$1T$2:00Z')
    case 'code':
      return first
    case 'codes':
      return [...new Set(all)]
  }
}

function optionsOf(list: string, locale: Locale) {
  return listCodes(list).map(({ code, label, help }) => ({
    value: code,
    label: label[locale],
    ...(help && { help: help[locale] }),
  }))
}

function nameOf({ id }: Pick<Field, 'id'>): string {
  return `v-${id}`
}

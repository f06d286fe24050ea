import { type Locale, type Refusal, directionOf } from '@parley/kernel'
import type { FormState } from './form.ts'
import { html, type Html, nothing } from './html.ts'
import type { Sentences } from './text.ts'
import { webText } from './locales/index.ts'
import { paperBoxes, paperLine } from './paper.ts'

/** Everything that a field needs of its form: the language, what was typed, what is wrong, and the sentences for it. */
export interface FormView {
  readonly locale: Locale
  readonly form: FormState
  readonly texts: readonly Sentences[]
  /** The same fields on a letter: lines and boxes to fill in by hand, with what `form` holds and no defaults. */
  readonly paper?: true
}

interface Labelled {
  readonly name: string
  readonly label: string
  readonly help?: string | Html
}

interface TextField extends Labelled {
  readonly value?: string | undefined
  readonly type?: 'text' | 'email' | 'tel' | 'password' | 'date' | 'url' | 'search'
  readonly autocomplete?: string
  readonly inputmode?: 'numeric' | 'tel' | 'email'
  readonly rows?: number
  readonly language?: string
  readonly required?: boolean
  readonly size?: 'short'
}

interface Option {
  readonly value: string
  readonly label: string | Html
  readonly help?: string
}

/** A label, its help below, the error if there is one, and the box. */
export function textField(view: FormView, field: TextField): Html {
  const value = typed(view, field.name) ?? field.value ?? ''
  const written =
    field.language === undefined
      ? nothing
      : html` lang="${field.language}" dir="${directionOf(field.language)}"`
  const direction =
    ['tel', 'email', 'url'].includes(field.type ?? '') || field.inputmode === 'numeric'
      ? html` dir="ltr"`
      : written
  if (view.paper)
    return paperLine(field, typed(view, field.name), { rows: field.rows, attributes: direction })
  const attributes = html`id="${field.name}"
  name="${field.name}"${described(view, field)}${direction}${field.required ? html` required` : nothing}${
    field.autocomplete ? html` autocomplete="${field.autocomplete}"` : nothing
  }`
  const box =
    field.rows === undefined
      ? html`<input
          ${attributes}
          type="${field.type ?? 'text'}"
          value="${field.type === 'password' ? '' : value}"
          ${
            field.inputmode ? html` inputmode="${field.inputmode}"` : nothing
          }${field.size ? html` class="short"` : nothing}
        />`
      : html`<textarea ${attributes} rows="${field.rows}">${value}</textarea>`
  return html`<div class="field${errorOf(view, field.name) ? ' wrong' : ''}">
    <label for="${field.name}">${field.label}</label>${notes(view, field)}${box}
  </div>`
}

/** A file whose text is sent under the field's name; its form must be `multipart/form-data`. */
export function fileField(view: FormView, field: Labelled & { readonly accept: string }): Html {
  return html`<div class="field${errorOf(view, field.name) ? ' wrong' : ''}">
    <label for="${field.name}-file">${field.label}</label>${
      field.help === undefined ? nothing : html`<div class="help">${field.help}</div>`
    }<input type="file" id="${field.name}-file" name="${field.name}" accept="${field.accept}" />
  </div>`
}

export function select(
  view: FormView,
  field: Labelled & { value?: string | undefined; options: readonly Option[] },
): Html {
  const value = typed(view, field.name) ?? field.value
  if (view.paper) return selectOnPaper(view, field)
  return html`<div class="field${errorOf(view, field.name) ? ' wrong' : ''}">
    <label for="${field.name}">${field.label}</label>${notes(view, field)}<select
      id="${field.name}"
      name="${field.name}"
      ${described(view, field)}
    >
      ${field.options.map(
        (option) =>
          html`<option value="${option.value}" ${option.value === value ? html` selected` : nothing}>
            ${option.label}
          </option>`,
      )}
    </select>
  </div>`
}

/** One or several of a few: radio buttons, or boxes to tick. */
export function choices(
  view: FormView,
  field: Labelled & { kind: 'radio' | 'checkbox'; chosen?: readonly string[]; options: readonly Option[] },
): Html {
  const sent = view.form.values[field.name]
  const chosen = new Set(
    Object.keys(view.form.values).length > 0 ? [sent ?? []].flat() : (field.chosen ?? []),
  )
  if (view.paper)
    return paperBoxes(
      field,
      field.options.map(({ value, label }) => ({ label, ticked: [sent ?? []].flat().includes(value) })),
    )
  return html`<fieldset
    class="field${errorOf(view, field.name) ? ' wrong' : ''}"
    id="${field.name}"
    tabindex="-1"
  >
    <legend>${field.label}</legend>
    ${notes(view, field)}${field.options.map(
      (option) =>
        html`<label class="choice"
          ><input
            type="${field.kind}"
            name="${field.name}"
            value="${option.value}"
            ${chosen.has(option.value) ? html` checked` : nothing}
          />
          <span
            >${option.label}${option.help ? html` <span class="small">${option.help}</span>` : nothing}</span
          ></label
        >`,
    )}
  </fieldset>`
}

/** One box to tick, with its sentence. */
export function tickBox(view: FormView, field: Labelled & { ticked?: boolean }): Html {
  const ticked =
    Object.keys(view.form.values).length > 0 ? typed(view, field.name) !== undefined : field.ticked === true
  if (view.paper) return paperBoxes(field, [{ label: '', ticked: typed(view, field.name) !== undefined }])
  return html`<div class="field">
    <label class="choice"
      ><input
        type="checkbox"
        id="${field.name}"
        name="${field.name}"
        value="yes"
        ${ticked ? html` checked` : nothing}
      />
      <span>${field.label}</span></label
    >${notes(view, field)}
  </div>`
}

const mostBoxes = 12

/** Few options are boxes to tick, many are a line to write on. */
function selectOnPaper(view: FormView, field: Labelled & { options: readonly Option[] }): Html {
  const value = typed(view, field.name)
  const options = field.options.filter((option) => option.value !== '')
  if (options.length < 2 || options.length > mostBoxes)
    return paperLine(field, options.find((option) => option.value === value)?.label ?? value)
  return paperBoxes(
    field,
    options.map((option) => ({ label: option.label, ticked: option.value === value })),
  )
}

export function hidden(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}" />`
}

/** Everything that is wrong, on top, with links to the fields, or why the form stands here again; it takes the focus. */
export function errorSummary(view: FormView): Html {
  const { errors, refusal, kept } = view.form
  const t = webText(view.locale)
  if (kept) {
    return html`<div class="notice warn" role="status" tabindex="-1" autofocus>
      <p>${t(`form.kept.${kept}`)}</p>
    </div>`
  }
  if (errors.length === 0 && !refusal) return nothing
  return html`<div class="errors" role="alert" tabindex="-1" autofocus>
    <h2>${t('form.problem')}</h2>
    <ul>
      ${errors.map((error) => html`<li><a href="#${error.field}">${sentence(view, error.code)}</a></li>`)}${
        refusal
          ? html`<li>
              ${refusal.field === undefined ? sentence(view, refusal.code, refusal.values) : html`<a href="#${refusal.field}">${sentence(view, refusal.code, refusal.values)}</a>`}
            </li>`
          : nothing
      }
    </ul>
  </div>`
}

/** The sentence of a refusal or field error in the language of the page. */
export function sentence(
  view: Pick<FormView, 'locale' | 'texts'>,
  code: string,
  values: Readonly<Record<string, string | number>> = {},
): string {
  for (const text of [webText, ...view.texts]) {
    const found = text.find(view.locale, code, values)
    if (found !== undefined) return found
  }
  throw new Error(`No sentence for ${code}`)
}

function typed(view: FormView, name: string): string | undefined {
  const value = view.form.values[name]
  return typeof value === 'string' ? value : value?.[0]
}

function errorOf(view: FormView, name: string): Pick<Refusal, 'code' | 'values'> | undefined {
  const { refusal } = view.form
  return refusal?.field === name ? refusal : view.form.errors.find((error) => error.field === name)
}

function described(view: FormView, field: Labelled): Html {
  const error = errorOf(view, field.name)
  const ids = [field.help ? `${field.name}-help` : '', error ? `${field.name}-error` : '']
    .filter(Boolean)
    .join(' ')
  return html`${ids ? html` aria-describedby="${ids}"` : nothing}${error ? html` aria-invalid="true"` : nothing}`
}

function notes(view: FormView, field: Labelled): Html {
  const error = errorOf(view, field.name)
  return html`${field.help ? html`<div class="help" id="${field.name}-help">${field.help}</div>` : nothing}${
    error
      ? html`<div class="error" id="${field.name}-error">${sentence(view, error.code, error.values)}</div>`
      : nothing
  }`
}

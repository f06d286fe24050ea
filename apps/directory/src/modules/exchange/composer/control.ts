import type { Locale } from '@parley/kernel'
import { make, unwatched } from './element.ts'
import type { Key, Speech, Values } from './speech.ts'

/** Something to fill in: what stands in it, and what is wrong with it. */
export interface Control {
  readonly id: string
  readonly node: HTMLElement
  /** What stands in it when nothing was chosen or typed. */
  readonly none: string
  read(): string | readonly string[]
  write(value: string | readonly string[]): void
  /** Says what is wrong below its label; without a problem, that nothing is. */
  fail(problem?: { readonly code: Key; readonly values: Values }): void
  focus(): void
}

export interface Labelled {
  readonly id: string
  readonly label: (locale: Locale) => string
  readonly help?: ((locale: Locale) => string) | undefined
  /** A word beside the label. */
  readonly mark?: ((locale: Locale) => string) | undefined
}

function labelIn<Kind extends HTMLElement>(speech: Speech, node: Kind, { label, mark }: Labelled): Kind {
  node.append(speech.say(make('span'), label))
  if (mark) node.append(' ', speech.say(make('span', { class: 'chip' }), mark))
  return node
}

interface TextControl extends Labelled {
  readonly rows?: number
  readonly kind?: 'text' | 'numeric' | 'email' | 'datetime-local' | 'password'
  readonly isShort?: boolean
  readonly value?: string
}

export function textControl(speech: Speech, of: TextControl): Control {
  const { id, kind = 'text', value = '' } = of
  const isTyped = kind === 'datetime-local' || kind === 'password'
  const direction = kind === 'text' ? 'auto' : 'ltr'
  const attributes = { id, dir: direction, ...unwatched }
  const box =
    of.rows === undefined
      ? make('input', {
          ...attributes,
          type: isTyped ? kind : 'text',
          ...(isTyped ? {} : { inputmode: kind }),
          ...(of.isShort ? { class: 'short' } : {}),
        })
      : make('textarea', { ...attributes, rows: String(of.rows) })
  box.value = value
  return framed(speech, of, box, {
    none: '',
    read: () => box.value,
    write: (next) => {
      box.value = [next].flat().join('\n')
    },
  })
}

export interface Option {
  readonly value: string
  readonly label: (locale: Locale) => string
}

export function selectControl(
  speech: Speech,
  of: Labelled & { readonly options: readonly Option[]; readonly value?: string },
): Control {
  const box = make('select', { id: of.id, ...unwatched })
  for (const { value, label } of of.options) box.append(speech.say(make('option', { value }), label))
  box.value = of.value ?? of.options[0]?.value ?? ''
  return framed(speech, of, box, {
    none: box.value,
    read: () => box.value,
    write: (next) => {
      const [wanted = ''] = [next].flat()
      if (of.options.some(({ value }) => value === wanted)) box.value = wanted
    },
  })
}

interface Box {
  readonly none: string
  readonly read: Control['read']
  readonly write: Control['write']
}

/** Label above, help below it, what is wrong, then the box. */
function framed(speech: Speech, of: Labelled, box: HTMLElement, { none, read, write }: Box): Control {
  const { id, help } = of
  const error = make('div', { class: 'error', id: `${id}-error` })
  error.hidden = true
  const about = make('div', { class: 'help', id: `${id}-help` })
  if (help) speech.say(about, help)
  const node = make('div', { class: 'field' }, labelIn(speech, make('label', { for: id }), of))
  node.append(...(help ? [about] : []), error, box)
  if (help) box.setAttribute('aria-describedby', about.id)
  return {
    id,
    node,
    none,
    read,
    write,
    fail: failing(speech, { node, box, error, describedBy: help ? [about.id] : [] }),
    focus: () => box.focus(),
  }
}

/** Several of a list, or one of a few: boxes under one legend. Long lists are folded, with what is chosen on top. */
export function choiceControl(
  speech: Speech,
  of: Labelled & {
    readonly kind: 'radio' | 'checkbox'
    readonly options: readonly Option[]
    readonly value?: string
    readonly folded?: { readonly none: (locale: Locale) => string }
  },
): Control {
  const { id, kind, options } = of
  const boxes = options.map(({ value, label }) => {
    const box = make('input', { type: kind, name: id, value, ...unwatched })
    box.checked = value === of.value
    return { box, label, node: make('label', { class: 'choice' }, box, ' ', speech.say(make('span'), label)) }
  })
  const error = make('div', { class: 'error', id: `${id}-error` })
  error.hidden = true
  const list = make('div', {}, ...boxes.map(({ node }) => node))
  const summary = make('summary', { id: `${id}-chosen` })
  const { folded } = of
  const node = make('fieldset', { class: 'field', id, tabindex: '-1' }, labelIn(speech, make('legend'), of))
  if (of.help) node.append(speech.say(make('div', { class: 'help' }), of.help))
  node.append(error, folded ? make('details', {}, summary, list) : list)
  const tell = (locale: Locale) => {
    const chosen = boxes.filter(({ box }) => box.checked).map(({ label }) => label(locale))
    summary.textContent = chosen.length === 0 && folded ? folded.none(locale) : chosen.join(' · ')
  }
  if (folded) {
    speech.always(tell)
    node.addEventListener('change', () => tell(speech.locale()))
  }
  return {
    id,
    node,
    none: of.value ?? '',
    read: () => {
      const chosen = boxes.filter(({ box }) => box.checked).map(({ box }) => box.value)
      return kind === 'radio' ? (chosen[0] ?? '') : chosen
    },
    write: (next) => {
      const wanted = new Set([next].flat())
      for (const { box } of boxes) box.checked = wanted.has(box.value)
      tell(speech.locale())
    },
    fail: failing(speech, { node, box: node, error, describedBy: [] }),
    focus: () => (boxes.find(({ box }) => box.checked) ?? boxes[0])?.box.focus(),
  }
}

function failing(
  speech: Speech,
  {
    node,
    box,
    error,
    describedBy,
  }: {
    readonly node: HTMLElement
    readonly box: HTMLElement
    readonly error: HTMLElement
    readonly describedBy: readonly string[]
  },
): Control['fail'] {
  let problem: Parameters<Control['fail']>[0]
  const tell = () => {
    error.textContent = problem ? speech.t(problem.code, problem.values) : ''
  }
  speech.always(tell)
  return (next) => {
    problem = next
    tell()
    error.hidden = !next
    node.classList.toggle('wrong', next !== undefined)
    if (next && !(box instanceof HTMLFieldSetElement)) box.setAttribute('aria-invalid', 'true')
    else box.removeAttribute('aria-invalid')
    const ids = [...describedBy, ...(next ? [error.id] : [])]
    if (ids.length > 0) box.setAttribute('aria-describedby', ids.join(' '))
    else box.removeAttribute('aria-describedby')
  }
}

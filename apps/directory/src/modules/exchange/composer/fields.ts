import type { Locale } from '@parley/kernel'
import { defaultMarking, type Field, listCodes, markings, natures, type Step, word } from '@parley/protocol'
import { choiceControl, type Control, type Labelled, selectControl, textControl } from './control.ts'
import { make } from './element.ts'
import type { PageWords } from './page-words.ts'
import { type Key, say, type Speech } from './speech.ts'
import { valueId } from './write-message.ts'

/** Part of the form: what stands there, and what of it is filled in. */
export interface Section {
  readonly node: HTMLElement
  readonly controls: readonly Control[]
}

/** More boxes than these are folded under what is chosen of them. */
const mostBoxes = 8

/** What stands at the head of every message, whatever its template. */
export function headSection(speech: Speech, page: PageWords): Section {
  const nature = choiceControl(speech, {
    ...own('nature', 'nature'),
    kind: 'radio',
    value: 'REAL',
    options: natures.map((value) => ({
      value,
      label: (locale) => `${value} · ${word(`nature-${value}`, locale)}`,
    })),
  })
  const exercise = textControl(speech, { id: 'exercise', label: (locale) => word('exercise', locale) })
  const showExercise = () => {
    exercise.node.hidden = nature.read() === 'REAL'
  }
  const tlp = selectControl(speech, {
    id: 'tlp',
    label: (locale) => word('marking', locale),
    value: defaultMarking,
    options: [...markings].toReversed().map((value) => ({ value, label: () => `TLP:${value}` })),
  })
  const rule = make('p', { class: 'small', id: 'tlp-rule' })
  const showRule = (locale: Locale) => {
    const chosen = markings.find((each) => each === tlp.read()) ?? defaultMarking
    rule.textContent = word(`tlp-${chosen}`, locale)
  }
  speech.always(showRule)
  showExercise()
  const node = make(
    'section',
    {},
    speech.say(make('h2'), say('head')),
    nature.node,
    exercise.node,
    tlp.node,
    rule,
  )
  // A draft that is opened changes them too.
  const follow = () => {
    showExercise()
    showRule(speech.locale())
  }
  node.addEventListener('change', follow)
  const others = [
    textControl(speech, { ...own('name', 'name'), value: page.from.name }),
    textControl(speech, { ...own('entity', 'entity'), value: page.from.entity }),
    textControl(speech, {
      ...own('address', 'address', 'address.help'),
      kind: 'email',
      value: page.from.address,
    }),
    ...(page.to.emails.length > 1
      ? [
          selectControl(speech, {
            ...own('to-address', 'to-address'),
            options: page.to.emails.map((value) => ({ value, label: () => value })),
          }),
        ]
      : []),
    textControl(speech, { ...own('reference', 'reference', 'reference.help'), isShort: true }),
    textControl(speech, { id: 'own-reference', label: (locale) => word('own-reference-from', locale) }),
    textControl(speech, { id: 'their-reference', label: (locale) => word('own-reference-to', locale) }),
  ]
  node.append(...others.map((each) => each.node))
  const following = (control: Control): Control => ({
    ...control,
    write: (value) => {
      control.write(value)
      follow()
    },
  })
  return { node, controls: [following(nature), exercise, following(tlp), ...others] }
}

/** Words of this form, not of the template. */
function own(id: string, key: Key, help?: Key): Labelled {
  return { id, label: say(key), ...(help ? { help: say(help) } : {}) }
}

/** A step of the template with its fields, all of which may stay empty (RULE-2). */
export function stepSection(speech: Speech, step: Step, place: number): Section {
  const controls = step.fields.map((field) => fieldControl(speech, field))
  const node = make(
    'section',
    {},
    speech.say(make('h2'), (locale) => `${place}. ${step.title[locale]}`),
    ...(step.help ? [speech.say(make('p', { class: 'small' }), (locale) => step.help?.[locale] ?? '')] : []),
    ...controls.map((each) => each.node),
  )
  return { node, controls }
}

function fieldControl(speech: Speech, field: Field): Control {
  const labelled: Labelled = {
    id: valueId(field),
    label: (locale) => field.label[locale],
    help: field.help && ((locale) => field.help?.[locale] ?? ''),
    mark: field.detail ? say('detail') : undefined,
  }
  switch (field.type) {
    case 'line':
      return textControl(speech, labelled)
    case 'text':
      return textControl(speech, { ...labelled, rows: 4 })
    case 'hours':
      return textControl(speech, { ...labelled, kind: 'numeric', isShort: true })
    case 'instant':
      return textControl(speech, { ...labelled, kind: 'datetime-local', isShort: true })
    case 'code':
      return selectControl(speech, {
        ...labelled,
        options: [{ value: '', label: say('none') }, ...optionsOf(field.list)],
      })
    case 'codes': {
      const options = optionsOf(field.list)
      const folded = options.length > mostBoxes ? { folded: { none: say('none') } } : {}
      return choiceControl(speech, { ...labelled, kind: 'checkbox', options, ...folded })
    }
  }
}

function optionsOf(list: string) {
  return listCodes(list).map(({ code, label }) => ({
    value: code,
    label: (locale: Locale) => label[locale],
  }))
}

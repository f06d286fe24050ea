import { directionOf, type Locale } from '@parley/kernel'
import {
  code,
  type Field,
  fieldsOf,
  type Message,
  reservations,
  spokenReference,
  type Template,
  word,
} from '@parley/protocol'
import { ltr, make } from './element.ts'
import type { HandOver } from './leaving.ts'
import type { PageWords } from './page-words.ts'
import { type Key, sentence, type Speech } from './speech.ts'

/**
 * POC-32 over the telephone: whom to call, what to say in this order, the reservations to read out in both
 * languages, and lines for what is answered. It is there on paper only.
 */
export function callScript(speech: Speech, page: PageWords, template: Template): HandOver {
  const node = make('article', { class: 'paper printed' })
  let message: Message | undefined
  const write = (locale: Locale) => {
    node.replaceChildren(...(message ? script(locale, page, template, message) : []))
  }
  speech.always(write)
  return {
    node,
    show: (written) => {
      message = written.ok ? written.message : undefined
      write(speech.locale())
    },
  }
}

function script(locale: Locale, page: PageWords, template: Template, message: Message): readonly Node[] {
  const t = (key: Key, values = {}) => sentence(locale, key, values)
  const { from, to, reference } = message
  const values = fieldsOf(template).flatMap((field) => {
    const value = message.values[field.id]
    return value === undefined
      ? []
      : [{ field, shown: shownValue(locale, field, [value].flat().map(String)) }]
  })
  const state = (side: Message['to']) => side.stateNames?.[locale] ?? side.state
  return [
    make('h2', {}, `${t('script.title')} · ${template.title[locale]}`),
    make('p', {}, make('strong', {}, message.nature), ` · ${word(`nature-${message.nature}`, locale)}`),
    ...(message.exercise === undefined ? [] : [fact(word('exercise', locale), typed(message.exercise))]),
    fact(
      word('to', locale),
      make('span', {}, `${state(to)}, ${page.to.kindNames[locale] ?? to.kind} · `, typed(to.entity)),
    ),
    ...page.to.phones.map(({ number, label, urgent }) =>
      fact(
        t('script.number'),
        make('span', {}, make(urgent ? 'strong' : 'span', {}, ltr(number)), ' ', typed(label)),
      ),
    ),
    make('p', { class: 'small' }, t('script.open-line')),
    make('h2', {}, t('script.say')),
    fact(
      word('from', locale),
      make(
        'span',
        {},
        `${state(from)}, ${page.from.kindNames[locale] ?? from.kind} · `,
        typed([from.entity, from.name].filter(Boolean).join(' · ')),
      ),
    ),
    fact(word('reference', locale), make('span', {}, ltr(reference), ' · ', ltr(spokenReference(reference)))),
    fact(
      word('marking', locale),
      make('span', {}, ltr(`TLP:${message.tlp}`), ` · ${word(`tlp-${message.tlp}`, locale)}`),
    ),
    ...values.map(({ field, shown }) => fact(field.label[locale], shown)),
    make('h2', {}, t('script.read')),
    ...message.languages.map((language) =>
      make(
        'ol',
        { lang: language, dir: directionOf(language) },
        ...reservations.map(({ text, cite }) =>
          make('li', {}, `${text[language]} `, make('span', { class: 'small' }, `(${cite[language]})`)),
        ),
      ),
    ),
    make('h2', {}, t('script.notes')),
    ...(['script.who', 'script.when', 'script.channel'] as const).map((key) => blank(t(key))),
    blank(t('script.answer'), 'line tall'),
  ]
}

function shownValue(locale: Locale, field: Field, values: readonly string[]): Node {
  switch (field.type) {
    case 'code':
    case 'codes':
      return make(
        'span',
        {},
        values
          .map((each) => code(field.list, each)?.label[locale] ?? each)
          .join(word('list-separator', locale)),
      )
    case 'instant':
      return ltr(values.join().replace('T', ' ').replace('Z', ' UTC'))
    case 'hours':
      return ltr(values.join())
    case 'line':
    case 'text':
      return typed(values.join())
  }
}

/** As it was typed, in its own direction. */
function typed(text: string): HTMLElement {
  return make('bdi', { class: 'typed' }, text)
}

function fact(label: string, value: Node): HTMLElement {
  return make('div', { class: 'fact' }, make('div', { class: 'small' }, label), value)
}

function blank(label: string, line = 'line'): HTMLElement {
  return make('div', { class: 'field' }, make('div', {}, label), make('div', { class: line }))
}

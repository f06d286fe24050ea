import { type Locale, locales } from '@parley/kernel'
import { html, type Html, isHtml, trusted } from './html.ts'

/** A sentence, or one per plural category of its `{count}` (CLDR: zero, one, two, few, many, other). */
export type Message = string | { readonly other: string; readonly [category: string]: string }
export type Messages = Readonly<Record<string, Message>>
export type Values = Readonly<Record<string, string | number>>

/** The sentences of one room in every language: `text(locale)('round.title', { number: 5 })`. */
export interface Text<Key extends string> extends Sentences {
  (locale: Locale): Translate<Key>
}

/** Text whose keys are only known as the program runs: the sentences of refusals. */
export interface Sentences {
  readonly messages: Readonly<Record<Locale, Messages>>
  find(locale: Locale, key: string, values?: Values): string | undefined
  /** Says some sentences in a community's own words from now on, and all others as they are written. */
  reword(words: Words): void
}

/** Sentences that a community says in its own words, in its languages. */
export type Words = Readonly<Partial<Record<Locale, Messages>>>

export interface Translate<Key extends string> {
  (key: Key, values?: Values): string
  /** The same with markup among the values; everything else is escaped. */
  html(key: Key, values: Readonly<Record<string, string | number | Html>>): Html
  readonly locale: Locale
}

/** Binds the language files of a room. `checkText` proves that all have the same keys and placeholders. */
export function defineText<English extends Messages>(
  messages: Readonly<Record<Locale, Messages>> & { readonly en: English },
): Text<keyof English & string> {
  let own: Words = {}
  const byLocale = new Map(
    locales.map((locale) => [
      locale,
      translator<keyof English & string>((key) => own[locale]?.[key] ?? messages[locale][key], locale),
    ]),
  )
  const text = (locale: Locale) => {
    const translate = byLocale.get(locale)
    if (!translate) throw new Error(`No language files for ${locale}`)
    return translate
  }
  const has = (key: string): key is keyof English & string => Object.hasOwn(messages.en, key)
  const find = (locale: Locale, key: string, values?: Values) =>
    has(key) ? text(locale)(key, values) : undefined
  const reword = (words: Words) => {
    own = words
  }
  return Object.assign(text, { messages, find, reword })
}

function translator<Key extends string>(
  messageOf: (key: Key) => Message | undefined,
  locale: Locale,
): Translate<Key> {
  const plural = new Intl.PluralRules(locale)
  const find = (key: Key, values: Readonly<Record<string, unknown>>) => {
    const message = messageOf(key)
    if (message === undefined) throw new Error(`No message ${key} in ${locale}`)
    if (typeof message === 'string') return message
    const { count } = values
    return message[plural.select(typeof count === 'number' ? count : 0)] ?? message.other
  }
  const translate = (key: Key, values: Values = {}) => {
    const filled = values
    return find(key, filled).replace(placeholder, (_, name: string, stop: string) =>
      ended(show(filled[name], key, name), stop),
    )
  }
  const asHtml = (key: Key, values: Readonly<Record<string, string | number | Html>>) =>
    trusted(
      find(key, values)
        .split(placeholder)
        .map((part, index, parts) => {
          if (index % 3 === 0) return html`${part}`
          // The stop after a value is written with it.
          if (index % 3 === 2) return ''
          const value = values[part]
          const shown = isHtml(value) ? value : html`${show(value, key, part)}`
          return ended(shown.toString(), parts[index + 1] ?? '')
        })
        .join(''),
    )
  return Object.assign(translate, { html: asHtml, locale })
}

const placeholder = /\{([a-zA-Z]+)\}(\.?)/g

/** The point of an abbreviation ends a sentence too: a day in Russian ends with `г.` */
function ended(value: string, stop: string): string {
  return /\.(<[^>]*>)*$/.test(value) ? value : `${value}${stop}`
}

function show(value: string | number | Html | undefined, key: string, name: string): string {
  if (value === undefined) throw new Error(`No value for {${name}} in ${key}`)
  return String(value)
}

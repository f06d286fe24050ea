import { type Locale, locales } from '@parley/kernel'
import type { Message, Messages, Words } from './text.ts'

/** Three words that read the same in two of these languages are no accident: one was not translated. */
const farApart = ['ar', 'zh', 'ru', 'en'] as const
const accidentalWords = 2

/** What is wrong with the language files of one room, one line each; English says which messages there are. */
export function checkText(messages: Readonly<Record<Locale, Messages>>): readonly string[] {
  const keys = [...new Set(locales.flatMap((locale) => Object.keys(messages[locale])))]
  return keys.flatMap((key) => [
    ...locales.flatMap((locale) => checkMessage(messages.en[key], messages[locale][key], locale, key)),
    ...checkTranslated(messages, key),
  ])
}

/** What is wrong with the words that a community says instead; every one of its languages needs them. */
export function checkWords(english: Messages, words: Words, languages: readonly Locale[]): readonly string[] {
  const keys = [...new Set(locales.flatMap((locale) => Object.keys(words[locale] ?? {})))]
  const silent = locales.filter((locale) => words[locale] && !languages.includes(locale))
  return [
    ...silent.map((locale) => `${locale}: not one of the community’s languages`),
    ...keys
      .filter((key) => english[key] === undefined)
      .map((key) => `${key}: the program has no such sentence`),
    ...keys
      .filter((key) => english[key] !== undefined)
      .flatMap((key) =>
        languages.flatMap((locale) => checkMessage(english[key], words[locale]?.[key], locale, key)),
      ),
  ]
}

/** A message in one language beside the English that says which placeholders and plural forms it has. */
function checkMessage(
  english: Message | undefined,
  message: Message | undefined,
  locale: Locale,
  key: string,
): readonly string[] {
  const says = (problem: string) => `${locale} ${key}: ${problem}`
  if (message === undefined) return english === undefined ? [] : [says('missing')]
  if (english === undefined) return [says('not in English')]
  const forms = formsOf(message)
  const wanted = new Set(formsOf(english).flatMap(([, text]) => placeholdersIn(text)))
  return [
    ...checkForms(locale, message, isPlural(english)).map(says),
    ...forms.flatMap(([form, text]) =>
      checkPlaceholders(form, new Set(placeholdersIn(text)), wanted).map(says),
    ),
  ]
}

function isPlural(message: Message): boolean {
  return typeof message === 'object'
}

/** The plural categories are those of CLDR for the language, no more and no fewer. */
function checkForms(locale: Locale, message: Message, englishIsPlural: boolean): readonly string[] {
  if (typeof message === 'string' && !englishIsPlural) return empty('', message)
  const categories = new Intl.PluralRules(locale).resolvedOptions().pluralCategories
  if (typeof message === 'string')
    return categories.length > 1 ? [`needs its plural forms: ${categories.join(', ')}`] : empty('', message)
  const forms = Object.keys(message)
  return [
    ...categories.filter((each) => !forms.includes(each)).map((each) => `plural form ${each} is missing`),
    ...forms
      .filter((each) => !categories.some((category) => category === each))
      .map((each) => `has no plural form ${each}`),
    ...formsOf(message).flatMap(([form, text]) => empty(form, text)),
  ]
}

function empty(form: string, text: string): readonly string[] {
  return text.trim() === '' ? [`${form} says nothing`.trim()] : []
}

const namedNumbers = ['zero', 'one', 'two']

function checkPlaceholders(
  form: string,
  found: ReadonlySet<string>,
  wanted: ReadonlySet<string>,
): readonly string[] {
  // «One day» says its number itself.
  const missing = [...wanted].filter(
    (name) => !found.has(name) && !(name === 'count' && namedNumbers.includes(form)),
  )
  const unused = [...found].filter((name) => !wanted.has(name))
  const where = form === '' ? '' : ` in ${form}`
  return [
    ...missing.map((name) => `{${name}} is missing${where}`),
    ...unused.map((name) => `nobody fills {${name}}${where}`),
  ]
}

function checkTranslated(messages: Readonly<Record<Locale, Messages>>, key: string): readonly string[] {
  const texts = (locale: Locale) => formsOf(messages[locale][key] ?? '').map(([, text]) => text)
  return farApart.flatMap((locale, position) =>
    farApart.slice(position + 1).flatMap((other) => {
      const same = texts(locale).find(
        (text) => texts(other).includes(text) && countWords(locale, text) > accidentalWords,
      )
      return same === undefined ? [] : [`${locale} ${key}: the same as in ${other}`]
    }),
  )
}

function countWords(locale: Locale, text: string): number {
  const words = new Intl.Segmenter(locale, { granularity: 'word' }).segment(text.replace(placeholder, ' '))
  return [...words].filter(({ isWordLike }) => isWordLike).length
}

const placeholder = /\{([a-zA-Z]+)\}/g

function placeholdersIn(text: string): readonly string[] {
  return [...text.matchAll(placeholder)].map(([, name = '']) => name)
}

/** A plain sentence is one form without a name. */
function formsOf(message: Message): readonly (readonly [form: string, text: string])[] {
  return typeof message === 'string' ? [['', message]] : Object.entries(message)
}

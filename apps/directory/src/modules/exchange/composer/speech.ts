import { directionOf, type Locale } from '@parley/kernel'
import { make } from './element.ts'
import ar from './locales/ar.json' with { type: 'json' }
import en from './locales/en.json' with { type: 'json' }
import es from './locales/es.json' with { type: 'json' }
import fr from './locales/fr.json' with { type: 'json' }
import ru from './locales/ru.json' with { type: 'json' }
import zh from './locales/zh.json' with { type: 'json' }

export type Key = keyof typeof en
export type Values = Readonly<Record<string, string | number>>

const words: Readonly<Record<Locale, Readonly<Record<Key, string>>>> = { ar, en, es, fr, ru, zh }

/** The language of the page, switched in place: whatever was said in one is said anew in the other. */
export interface Speech {
  locale(): Locale
  t(key: Key, values?: Values): string
  /** The node holds this text in whatever language the page is. */
  say<Kind extends Element>(node: Kind, write: (locale: Locale) => string): Kind
  /** Done now and after each switch. */
  always(act: (locale: Locale) => void): void
  switchTo(locale: Locale): void
}

export function openSpeech(first: Locale): Speech {
  let now = first
  const acts: ((locale: Locale) => void)[] = []
  const always = (act: (locale: Locale) => void) => {
    acts.push(act)
    act(now)
  }
  return {
    locale: () => now,
    t: (key, values) => sentence(now, key, values),
    say: (node, write) => {
      always((locale) => {
        node.textContent = write(locale)
      })
      return node
    },
    always,
    switchTo: (locale) => {
      now = locale
      document.documentElement.lang = locale
      document.documentElement.dir = directionOf(locale)
      for (const act of acts) act(locale)
    },
  }
}

export function sentence(locale: Locale, key: Key, values: Values = {}): string {
  return words[locale][key].replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`nobody fills {${name}} of ${key}`)
    return String(value)
  })
}

/** A sentence as what `Speech.say` takes. */
export function say(key: Key): (locale: Locale) => string {
  return (locale) => sentence(locale, key)
}

export function button(
  speech: Speech,
  key: Key,
  act: () => Promise<void> | void,
  tone: 'main' | 'plain' = 'plain',
): HTMLButtonElement {
  const made = speech.say(make('button', { type: 'button', class: `button ${tone}` }), say(key))
  made.addEventListener('click', () => void act())
  return made
}

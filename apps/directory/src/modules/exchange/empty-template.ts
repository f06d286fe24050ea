import type { Locale } from '@parley/kernel'
import { defaultMarking, natures, reservations, type Template, word } from '@parley/protocol'

/** The languages of an inquiry: the addressee's first, as in the text of every message. */
export type Sides = readonly [Locale, ...Locale[]]

/** A template to be filled in with a mail program: every label and reservation in both languages. */
export function emptyTemplate({ title, steps }: Template, languages: Sides): string {
  const both = (of: (language: Locale) => string) => [...new Set(languages.map(of))]
  const label = (of: (language: Locale) => string) => `${both(of).join(' / ')}:`
  return [
    label((language) => title[language]),
    '',
    `${natures.join(' / ')}:`,
    `TLP:${defaultMarking}`,
    label((language) => word('from', language)),
    label((language) => word('reference', language)),
    ...steps.flatMap((step, place) => [
      '',
      `${place + 1}. ${both((language) => step.title[language]).join(' / ')}`,
      ...step.fields.map((field) => label((language) => field.label[language])),
    ]),
    '',
    label((language) => word('reservations', language)),
    ...reservations.flatMap(({ text, cite }, place) =>
      both((language) => `${place + 1}. ${text[language]} (${cite[language]})`),
    ),
    '',
  ].join('\r\n')
}

import { locales } from '@parley/kernel'
import { fieldsOf, listCodes, listTemplates, reservations, type Texts } from '@parley/protocol'
import { expect, test } from 'vitest'
import { findAvoided } from './avoided-words.ts'

test('templates, codes and reservations use no word that the glossary avoids', () => {
  const found = everyText().flatMap(([where, texts]) =>
    locales.flatMap((locale) =>
      findAvoided(locale, texts[locale]).map(
        ({ word, instead }) => `${locale} ${where}: ${word}, not ${instead}`,
      ),
    ),
  )
  expect(found).toEqual([])
})

function everyText(): readonly (readonly [where: string, texts: Texts])[] {
  const templates = listTemplates()
  const fields = templates.flatMap((template) => fieldsOf(template).map((field) => ({ template, field })))
  const lists = new Set(fields.flatMap(({ field }) => ('list' in field ? [field.list] : [])))
  return [
    ...templates.flatMap(({ kind, title, help, steps }) => [
      [`${kind} title`, title] as const,
      [`${kind} help`, help] as const,
      ...steps.map((step) => [`${kind} ${step.id}`, step.title] as const),
      ...steps.flatMap((step) => (step.help ? [[`${kind} ${step.id} help`, step.help] as const] : [])),
    ]),
    ...fields.flatMap(({ template, field }) => [
      [`${template.kind} ${field.id}`, field.label] as const,
      ...(field.help ? [[`${template.kind} ${field.id} help`, field.help] as const] : []),
    ]),
    ...[...lists].flatMap((list) =>
      listCodes(list).map((code) => [`${list} ${code.code}`, code.label] as const),
    ),
    ...reservations.map(({ id, text }) => [id, text] as const),
  ]
}

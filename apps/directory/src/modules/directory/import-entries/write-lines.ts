import { fileText, type Json } from '@parley/kernel'
import { sentence } from '@parley/web'
import { describe } from '../domain/describe.ts'
import { text } from '../locales/index.ts'
import type { Tried } from './try-import.ts'
import { fieldLabel } from './write-report.ts'

/** Commands speak English. */
const locale = 'en'

/** What would become of one record, for a terminal: its place in the file, whose it is, and each difference or fault. */
export function linesOf(tried: Tried): readonly string[] {
  const { number, name } = tried
  const called = name === '' ? '' : ` ${shown(name)}`
  if (!('weighed' in tried))
    return [
      `${number}: broken${called}`,
      ...tried.errors.map(({ field, code }) => {
        const reason = sentence({ locale, texts: [text] }, code)
        const label = fieldLabel(locale, field)
        return `    ${label === undefined ? '' : `${label}: `}${reason}`
      }),
    ]
  const { live, content, differences } = tried.weighed
  const [was, is] = [live && describe(live), describe(content)]
  return [
    `${number}: ${outcomeOf(tried)} ${tried.state} ${tried.kind}${called}`,
    ...differences.map((field) => {
      const before = was ? `${shown(was[field])} -> ` : ''
      return `    ${text(locale)(`changed.${field}`)}: ${before}${shown(is[field])}`
    }),
  ]
}

export type Outcome = 'new' | 'changed' | 'unchanged' | 'broken'

export function outcomeOf(tried: Tried): Outcome {
  if (!('weighed' in tried)) return 'broken'
  if (!tried.weighed.live) return 'new'
  return tried.weighed.differences.length > 0 ? 'changed' : 'unchanged'
}

/** On one line and without what would steer a terminal: a file says what it likes. */
function shown(value: Json): string {
  if (value === null || value === '') return '(nothing)'
  if (Array.isArray(value)) return value.length === 0 ? '(nothing)' : value.map(shown).join(', ')
  if (typeof value !== 'object') return fileText(String(value)).replaceAll('\n', ' / ')
  return 'value' in value ? shown(value['value'] ?? null) : ''
}

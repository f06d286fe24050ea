import { locales } from '@parley/kernel'
import { expect, test } from 'vitest'
import { whats } from '../record/events.ts'
import { lineTitle } from './line-title.ts'

test('every kind of line has its words in six languages, and one of a newer version is named', () => {
  for (const locale of locales) {
    const titles = whats.map((what) => lineTitle(locale, { known: true, what }))
    expect(new Set(titles).size).toBe(whats.length)
    expect(lineTitle(locale, { known: false, what: 'case.weighed' })).toContain('case.weighed')
  }
})

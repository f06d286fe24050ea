import { locales } from '@parley/kernel'
import { describe, expect, test } from 'vitest'
import { readLanguageFolders } from '../../../test/language-files.ts'

const folders = readLanguageFolders()
const own = folders.find(({ name }) => name === 'guides')

describe.each(locales)('in %s', (locale) => {
  const sentences = Object.values(own?.messages[locale] ?? {}).filter((each) => typeof each === 'string')
  const labels = new Set(
    folders
      .filter(({ name }) => name !== 'guides')
      .flatMap(({ messages }) => Object.values(messages[locale]))
      .map((each) => (typeof each === 'string' ? plain(each) : '')),
  )

  test('what a guide calls by its name is called so on a page', () => {
    const named = sentences.flatMap((sentence) =>
      [...sentence.matchAll(/[“«]\s?([^”»]+?)\s?[”»]/gu)].map(([, label]) => plain(label ?? '')),
    )
    expect(named.length).toBeGreaterThan(20)
    expect(named.filter((label) => !labels.has(label))).toEqual([])
  })
})

function plain(label: string): string {
  return label.replace(/\s+/gu, ' ').trim()
}

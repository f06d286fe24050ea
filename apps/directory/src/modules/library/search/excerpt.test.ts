import { expect, test } from 'vitest'
import { excerpt } from './excerpt.ts'

test('CAP-12: a short paragraph is shown whole, with what was found told apart', () => {
  const pieces = excerpt('Les États ont nommé.', 'fr', new Set(['etat']))
  expect(pieces).toEqual([
    { text: 'Les ', isFound: false },
    { text: 'États', isFound: true },
    { text: ' ont nommé.', isFound: false },
  ])
})

test('CAP-12: pairs of Chinese letters that overlap are marked as one', () => {
  expect(excerpt('关于能力建设的', 'zh', new Set(['能力', '力建', '建设']))[1]).toEqual({
    text: '能力建设',
    isFound: true,
  })
})

test('CAP-12: of a long paragraph the piece is shown in which most words stand', () => {
  const long = `${'before '.repeat(200)}desk and desk ${'after '.repeat(200)}`
  const pieces = excerpt(long, 'en', new Set(['desk']))
  expect(pieces.filter(({ isFound }) => isFound)).toHaveLength(2)
  expect(pieces.map(({ text }) => text).join('').length).toBeLessThan(450)
  expect(pieces[0]?.text).toBe('… ')
})

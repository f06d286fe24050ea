import { expect, test } from 'vitest'
import { alignNodes, type Compared, pagesOfPairs } from './align.ts'
import { markDifferences } from './mark-differences.ts'

const node = (address: string, text = `text of ${address}`): Compared => ({
  kind: address.startsWith('pp') ? 'preamble' : 'operative',
  label: address.split('/')[1] ?? null,
  address,
  text,
})
const addresses = (one: readonly string[], other: readonly string[]) =>
  alignNodes(
    one.map((each) => node(each)),
    other.map((each) => node(each)),
  ).map((pair) => `${pair.one?.address ?? '-'} ${pair.other?.address ?? '-'}`)

test('CAP-12: paragraphs of two documents stand side by side by their numbers, what one lacks is said where it would be', () => {
  expect(addresses(['pp/1', 'op/1', 'op/2'], ['pp/1', 'op/1', 'op/2'])).toEqual([
    'pp/1 pp/1',
    'op/1 op/1',
    'op/2 op/2',
  ])
  expect(addresses(['pp/1', 'op/1', 'op/3'], ['pp/1', 'pp/2', 'op/1', 'op/2'])).toEqual([
    'pp/1 pp/1',
    '- pp/2',
    'op/1 op/1',
    '- op/2',
    'op/3 -',
  ])
  expect(addresses(['op/1'], ['pp/1', 'op/1'])).toEqual(['- pp/1', 'op/1 op/1'])
  expect(addresses([], [])).toEqual([])
})

test('CAP-12: covers, notes and what pages print around their text are not compared', () => {
  const cover: Compared = { kind: 'cover', label: null, address: 'cover-1', text: 'A cover' }
  expect(alignNodes([cover, node('op/1')], [{ ...cover, kind: 'footnote' }])).toHaveLength(1)
})

test('every pair is on one page, and a long one has a page of its own', () => {
  const pairs = alignNodes(
    Array.from({ length: 9 }, (_, at) => node(`op/${at + 1}`, 'a'.repeat(at === 4 ? 30_000 : 3_000))),
    [],
  )
  const pages = pagesOfPairs(pairs)
  expect(pages.flat()).toEqual(pairs)
  expect(pages.map((page) => page.length)).toEqual([3, 1, 1, 3, 1])
  expect(pagesOfPairs([])).toEqual([])
})

test.each([
  ['en', 'Requests States to meet', 'Invites States to meet', '<del>Requests</del> States to meet'],
  ['zh', '邀请会员国交流看法', '鼓励会员国交流看法', '<del>邀请</del>会员国交流看法'],
])('CAP-12: in %s, words that only one has are marked', (language, one, other, marked) => {
  expect(String(markDifferences(one, other, language)[0])).toBe(marked)
  expect(String(markDifferences(one, other, language)[1])).toContain('<ins>')
})

test('nothing is marked in what is the same or too long, and markup in a text is text', () => {
  expect(markDifferences('<b>', '<b>', 'en').map(String)).toEqual(['&lt;b&gt;', '&lt;b&gt;'])
  const [one] = markDifferences('a '.repeat(9_000), 'b '.repeat(9_000), 'en')
  expect(String(one)).not.toContain('<del>')
})

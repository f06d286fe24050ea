import { readFileSync } from 'node:fs'
import { locales } from '@parley/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { keepAll, seedSymbols } from '../../../../test/known-documents.ts'
import { areSourcesThere } from '../../../../test/source-documents.ts'
import { openWorld, type World } from '../../../../test/world.ts'
import { readAsked } from './asked.ts'
import { findPassages } from './find-passages.ts'
import { readPassages } from './read-passages.ts'

/** What delegates ask, with the paragraphs that a reader of the documents found to answer it. */
const questions = z
  .array(
    z.object({
      question: z.string(),
      language: z.enum(locales),
      expected: z.array(z.string()),
      firstOrThree: z.enum(['first', 'three']),
    }),
  )
  .parse(JSON.parse(readFileSync(new URL('questions.json', import.meta.url), 'utf8')))
const answerable = questions.filter(
  ({ expected }) =>
    areSourcesThere || !expected.some((each) => seedSymbols.some((symbol) => each.startsWith(symbol))),
)

let world: World
beforeAll(async () => {
  world = await openWorld()
  await keepAll(world.directory.performer, world.clock.now())
})
afterAll(() => world.close())

test.each(answerable)(
  'CAP-12: “$question” in $language leads to $expected ($firstOrThree)',
  async ({ question, language, expected, firstOrThree }) => {
    const shown = await world.directory.database.transaction({ role: 'public' }, async (tx) => {
      const { found } = await findPassages(tx, readAsked(question, language).terms, {}, language)
      return readPassages(
        tx,
        found.map(({ passage }) => passage),
        { from: 0, most: 3 },
      )
    })
    const addresses = shown.map(({ symbol, address }) => `${symbol}/${address}`)
    const places = addresses.slice(0, firstOrThree === 'first' ? 1 : 3)
    expect({ found: places.filter((each) => expected.includes(each)).slice(0, 1), addresses }).toEqual({
      found: [expect.any(String)],
      addresses,
    })
  },
)

test('CAP-12: there are twenty questions, in six languages', () => {
  expect(questions).toHaveLength(20)
  expect(new Set(questions.map(({ language }) => language)).size).toBe(locales.length)
})

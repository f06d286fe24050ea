import { expect, test } from 'vitest'
import { proofsIn, readDocument } from './proofs.ts'

const model = readDocument('docs/security/threat-model.md')

/** Each adversary under a heading of its own, up to the next. */
const sections = model
  .split(/^## /m)
  .slice(1)
  .map((text) => ({ title: text.split('\n')[0] ?? '', text }))
const adversaries = sections.filter(({ title }) => /^(Who|A service)/.test(title))

test('the threat model names who might do harm, and says of each what is wanted, what stops it and what remains', () => {
  expect(adversaries.map(({ title }) => title)).toEqual([
    'A service that joins to copy the list',
    'Whoever takes over a Mission’s mailbox',
    'Whoever holds a stolen mailbox of a point of contact',
    'Whoever runs the server',
    'Whoever forges bounces and answers',
    'Whoever names a rival authority',
    'Whoever floods',
    'Whoever guesses',
    'Whoever gives the library a hostile document',
  ])
  for (const { title, text } of adversaries)
    expect({ title, says: ['_Wants_', '_Remains_'].map((word) => text.includes(word)) }).toEqual({
      title,
      says: [true, true],
    })
})

test('whatever stops an adversary exists: the file, the test by its title, the function', () => {
  for (const { title, text } of sections.slice(2))
    expect([title, proofsIn(text).count > 0]).toEqual([title, true])
  expect(proofsIn(model).problems).toEqual([])
})

test('planted: a test that was never written is noticed', () => {
  expect(proofsIn(`${model} \`README.md\`: “never written”`).problems).toEqual([
    'no test “never written” in README.md',
  ])
})

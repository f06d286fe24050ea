import { defineText, type Words } from '@parley/web'
import { expect, test } from 'vitest'
import { type Community, loadCommunity, WrongProfile } from './modules/community/index.ts'
import { speakAs } from './speak-as.ts'

const network = loadCommunity('meridian-network', { demonstration: false })
const united = loadCommunity('united-nations', { demonstration: false })

const english = {
  'state.mission': 'Permanent Mission',
  greeting: 'Welcome, {name}',
  waiting: { one: '{count} State waits', other: '{count} States wait' },
}
const text = defineText({ ar: english, zh: english, en: english, fr: english, ru: english, es: english })
const room = { name: 'community', text }

function saying(words: Words): Community {
  return { ...network, words: new Map([['community', words]]) }
}

test('a room says what its community says otherwise, and everything else as it is written', () => {
  speakAs(saying({ en: { waiting: { one: '{count} team waits', other: '{count} teams wait' } } }), [room])
  expect(text('en')('waiting', { count: 2 })).toBe('2 teams wait')
  expect(text('en')('greeting', { name: 'Ada' })).toBe('Welcome, Ada')
  expect(text.find('en', 'waiting', { count: 1 })).toBe('1 team waits')
})

test('the name of the nominating authority comes from the profile', () => {
  speakAs(saying({}), [room])
  expect(text('en')('state.mission')).toBe('Liaison office')
  speakAs(united, [room])
  expect(text('ru')('state.mission')).toBe('Постоянное представительство')
})

test('the next community says nothing in the words of the one before', () => {
  speakAs(saying({ en: { greeting: 'Hello, {name}' } }), [room])
  speakAs(united, [room])
  expect(text('en')('greeting', { name: 'Ada' })).toBe('Welcome, Ada')
})

test.each<[string, Words]>([
  ['community: farewell: the program has no such sentence', { en: { farewell: 'Good bye' } }],
  ['community: en greeting: {name} is missing', { en: { greeting: 'Hello' } }],
  ['community: en greeting: nobody fills {title}', { en: { greeting: 'Hello, {title} {name}' } }],
  ['community: en waiting: needs its plural forms', { en: { waiting: '{count} teams wait' } }],
  ['community: en greeting: missing', { fr: { greeting: 'Bonjour, {name}' } }],
  ['community: fr: not one of the community’s languages', { fr: { greeting: 'Bonjour, {name}' } }],
])('the house does not open with words that do not fit: %s', (problem, words) => {
  expect(() => speakAs(saying(words), [room])).toThrow(WrongProfile)
  expect(() => speakAs(saying(words), [room])).toThrow(problem)
})

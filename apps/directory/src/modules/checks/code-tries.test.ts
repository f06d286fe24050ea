import { hour, minute, newId } from '@parley/kernel'
import { settableClock } from '@parley/testkit'
import { expect, test } from 'vitest'
import { Postponed } from '../../platform/pages/scope.ts'
import type { Actor } from '../../platform/session/actor.ts'
import { delayFor, mostWaiting, openCodeTries } from './code-tries.ts'

const somebody: Actor = {
  role: 'manager',
  account: newId(),
  name: 'Test Person',
  session: { digest: '', endsAt: new Date(0), provenAt: new Date(0) },
}

function open() {
  const clock = settableClock()
  const tries = openCodeTries(clock, async () => undefined)
  const attempt = (caller: string, actor: Actor = { role: 'stranger' }, hasWaited = false) => {
    try {
      return tries.allow({ caller, actor, hasWaited }) ? 'tried' : 'refused'
    } catch (fault) {
      if (fault instanceof Postponed) return 'postponed'
      throw fault
    }
  }
  /** So many wrong tries, each from another address. */
  const flood = (count: number, from = 'a') =>
    Array.from({ length: count }, (_, index) => attempt(`${from}${index}`))
  return { clock, tries, attempt, flood }
}

const only = (answers: readonly string[]) => [...new Set(answers)]

test('POC-17: an address has 20 tries an hour, and what it is refused takes nothing of what all have together', () => {
  const { clock, attempt } = open()
  expect(only(Array.from({ length: 20 }, () => attempt('one')))).toEqual(['tried'])
  expect(only(Array.from({ length: 1_000 }, () => attempt('one')))).toEqual(['refused'])
  expect(attempt('another')).toBe('tried')
  clock.advance(hour)
  expect(attempt('one')).toBe('tried')
})

test('POC-17: hostile: a line of IPv6 has 20 tries an hour, whatever address of its 2^64 it takes; the next line has its own', () => {
  const { attempt } = open()
  const tries = (line: string, count: number) =>
    Array.from({ length: count }, (_, index) => attempt(`2001:db8:0:${line}::${index.toString(16)}`))
  expect(only(tries('1', 20))).toEqual(['tried'])
  expect(attempt('2001:db8:0:1:ffff::1')).toBe('refused')
  expect(only(tries('2', 20))).toEqual(['tried'])
  expect(attempt('::ffff:192.0.2.1')).toBe('tried')
  expect(attempt('::ffff:192.0.2.2')).toBe('tried')
})

test('POC-17: after 200 wrong tries in a minute strangers wait, whoever is signed in does not, and the next minute nobody', () => {
  const { clock, attempt, flood } = open()
  expect(only(flood(200))).toEqual(['tried'])
  expect(attempt('another')).toBe('postponed')
  expect(attempt('another', { role: 'stranger' }, true)).toBe('tried')
  expect(attempt('a1', somebody)).toBe('tried')
  clock.advance(minute)
  expect(attempt('yet another')).toBe('tried')
})

test('POC-17: hostile: no more wait at once than the street can bear; who has waited makes room', () => {
  const { clock, flood } = open()
  flood(200)
  expect(only(flood(mostWaiting, 'b'))).toEqual(['postponed'])
  expect(only(flood(500, 'c'))).toEqual(['refused'])
  clock.advance(delayFor)
  expect(only(flood(mostWaiting, 'd'))).toEqual(['postponed'])
  expect(only(flood(500, 'e'))).toEqual(['refused'])
})

test('POC-17: codes that were right cost nothing, and people at an address that is used up still have their own tries', () => {
  const { tries, attempt } = open()
  for (let time = 0; time < 1_000; time += 1) {
    expect(attempt('office')).toBe('tried')
    tries.wasRight({ caller: 'office', actor: { role: 'stranger' }, hasWaited: false })
  }
  while (attempt('office') === 'tried');
  expect(attempt('office', somebody)).toBe('tried')
})

import { hour, newId, second } from '@parley/kernel'
import { settableClock } from '@parley/testkit'
import { expect, test } from 'vitest'
import type { Round } from './domain/check.ts'
import { largeRound, openKeptFigures } from './kept-figures.ts'
import type { RoundFigures } from './round-figures.ts'

const round: Round = {
  id: newId<'round'>(),
  number: 1,
  status: 'running',
  startedAt: new Date('2026-11-23T08:00:00Z'),
  pausedAt: undefined,
  closedAt: undefined,
  answerWithin: 48 * hour,
  remindAfter: 24 * hour,
  pausedFor: 0,
}

function figuresOf(checks: number, answered: number): RoundFigures {
  const none = { late: 0, undeliverable: 0, noAnswer: 0, notSent: 0, toCall: 0, byKind: [], byState: [] }
  const messages = { sent: 0, delivered: 0, toSend: 0, notSentMessages: 0, ourFaults: 0 }
  return {
    checks,
    answered,
    waiting: checks - answered,
    states: 1,
    medianAnswer: undefined,
    ...none,
    ...messages,
  }
}

/** A round that is answered by one check a second; counts take as long as the test says. */
function looking(checks = largeRound) {
  const clock = settableClock()
  const start = clock.now().getTime()
  const truth = () => figuresOf(checks, (clock.now().getTime() - start) / second)
  const made = { inFront: 0, behind: 0 }
  let behind = Promise.withResolvers<RoundFigures>()
  const kept = openKeptFigures(() => {
    made.behind += 1
    behind = Promise.withResolvers()
    return behind.promise
  })
  const look = (of = round, count: () => Promise<RoundFigures> = async () => truth()) =>
    kept.figuresOf(of, clock.now(), 5 * second, () => {
      made.inFront += 1
      return count()
    })
  const settle = async (how: (of: typeof behind) => void) => {
    how(behind)
    await new Promise(setImmediate)
  }
  return { clock, look, made, settle, truth }
}

test('nobody waits for the count of a large round: the last figures are given with their time, and one count runs behind', async () => {
  const { clock, look, made, settle, truth } = looking()
  const first = await look()
  clock.advance(5 * second)
  expect(await look()).toBe(first)
  clock.advance(second)
  const began = clock.now()
  expect(await Promise.all([look(), look(), look()])).toEqual([first, first, first])
  expect(made).toEqual({ inFront: 1, behind: 1 })
  const counted = truth()
  clock.advance(3 * second)
  await settle(({ resolve }) => resolve(counted))
  // As of when it was begun, not of when it came.
  expect(await look()).toEqual({ figures: counted, at: began })
  expect(made).toEqual({ inFront: 1, behind: 1 })
})

test('figures that are older than a minute are shown to nobody, also while a count behind hangs', async () => {
  const { clock, look, made, settle, truth } = looking()
  await look()
  clock.advance(60 * second)
  const old = truth()
  expect((await look()).figures.answered).toBe(0)
  clock.advance(second)
  const slow = Promise.withResolvers<RoundFigures>()
  const together = [look(round, () => slow.promise), look(), look()]
  slow.resolve(truth())
  for (const { figures } of await Promise.all(together)) expect(figures.answered).toBe(61)
  expect(made).toEqual({ inFront: 2, behind: 1 })
  // What comes late and is older takes nothing back.
  await settle(({ resolve }) => resolve(old))
  expect((await look()).figures.answered).toBe(61)
})

test('a count that fails behind is met by the next who looks, and not for ever', async () => {
  const { clock, look, made, settle } = looking()
  await look()
  clock.advance(10 * second)
  await look()
  await settle(({ reject }) => reject(new Error('the database restarts')))
  await expect(look(round, () => Promise.reject(new Error('the database restarts')))).rejects.toThrow(
    'the database restarts',
  )
  expect((await look()).figures.answered).toBe(10)
  expect(made).toEqual({ inFront: 3, behind: 1 })
})

test('of those who wait for one count that fails, the next counts', async () => {
  const { clock, look, made } = looking()
  await look()
  clock.advance(61 * second)
  const slow = Promise.withResolvers<RoundFigures>()
  const [failing, ...others] = [look(round, () => slow.promise), look(), look()]
  slow.reject(new Error('the database restarts'))
  await expect(failing).rejects.toThrow('the database restarts')
  for (const { figures } of await Promise.all(others)) expect(figures.answered).toBe(61)
  expect(made).toEqual({ inFront: 3, behind: 0 })
})

test('a small round, and a round that was paused, resumed or ended meanwhile, is counted for each who looks', async () => {
  const small = looking(largeRound - 1)
  await small.look()
  await Promise.all([small.look(), small.look()])
  expect(small.made).toEqual({ inFront: 3, behind: 0 })
  const large = looking()
  await large.look()
  await large.look({ ...round, status: 'paused', pausedAt: large.clock.now() })
  expect(large.made).toEqual({ inFront: 2, behind: 0 })
})

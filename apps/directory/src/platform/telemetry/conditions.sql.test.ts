import { after, day, hour, minute } from '@parley/kernel'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openWorld, type World } from '../../../test/world.ts'
import { listConditions } from './conditions.ts'
import { openRunNotes } from './duty-runs.ts'
import { watcher } from './watch.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world?.close())

const today = async () => (await (await world.visitor({ role: 'manager' })).get('/en/today')).text
const duty = (name: string) => ({ name, every: minute, run: async () => undefined })

/** The watch as the roster runs it: done, and then noted. */
async function watch(outlook: Parameters<typeof watcher>[1]): Promise<void> {
  const { database } = world.directory
  await watcher(database, outlook).run(world.clock.now())
  await openRunNotes(database)(duty('watch'), world.clock.now())
}

test('a mail relay that does not answer is said after ten minutes, and no longer when it answers again', async () => {
  const away = { reachRelay: async () => false }
  await watch(away)
  expect(await today()).not.toContain('mail server')
  world.clock.advance(9 * minute)
  await watch(away)
  expect(await today()).not.toContain('mail server')
  world.clock.advance(2 * minute)
  await watch(away)
  expect(await today()).toContain('The mail server has not answered since')
  await watch({ reachRelay: async () => true })
  expect(await today()).not.toContain('mail server')
})

test('what a machine said that is gone is not said for ever', async () => {
  const { database } = world.directory
  await watch({ reachRelay: async () => false })
  world.clock.advance(11 * minute)
  expect(
    await database.transaction({ role: 'manager' }, (tx) => listConditions(tx, world.clock.now())),
  ).toEqual([expect.objectContaining({ name: 'duty-late', duty: 'watch' })])
})

test('a task that is not done any more is named, and no longer when it is done again', async () => {
  const note = openRunNotes(world.directory.database)
  await note(duty('seal'), world.clock.now())
  world.clock.advance(9 * minute)
  expect(await today()).not.toContain('seal')
  world.clock.advance(2 * minute)
  expect(await today()).toMatch(/A task of the program has not been done since[^]*seal/)
  await note(duty('seal'), world.clock.now(), 'TypeError')
  expect(await today()).toContain('seal')
  await note(duty('seal'), world.clock.now())
  expect(await today()).not.toContain('seal')
})

test('a clock that goes back is said for an hour, also after a restart', async () => {
  await watch({})
  world.clock.set(after(world.clock.now(), -2 * hour))
  await watch({})
  expect(await today()).toContain('The clock of the server went back')
  world.clock.advance(hour + minute)
  await watch({})
  expect(await today()).not.toContain('The clock')
  world.clock.advance(day)
  await watch({})
  expect(await today()).not.toContain('The clock')
})

test('nobody but the manager is told', async () => {
  await expect(
    world.directory.database.transaction({ role: 'participant' }, (tx) =>
      listConditions(tx, world.clock.now()),
    ),
  ).rejects.toThrow(/permission denied/)
})

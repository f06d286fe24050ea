import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addExample, exampleContent, signedIn } from '../../../test/entry-examples.ts'
import { stateCode } from '../../../test/nominate.ts'
import { openWorld, type Visitor, type World } from '../../../test/world.ts'
import { type CardViews, openCardViews } from './card-views.ts'
import type { Entry } from './domain/entry.ts'

let world: World
let reader: Visitor
let entry: Entry
const sahiliya = stateCode('XA')

beforeAll(async () => {
  world = await openWorld()
  await world.participate(sahiliya, stateCode('XB'))
  entry = await addExample(world, sahiliya, 'technical', exampleContent('Team'))
  reader = await world.visitor({ role: 'poc', kind: 'technical', state: stateCode('XB') })
})
afterAll(() => world.close())

async function ourState(): Promise<string> {
  return (await (await world.visitor({ role: 'mission', state: sahiliya })).get('/en/our-state')).text
}

/** What stands in the database: everything that it knows of views. */
async function rows(): Promise<readonly unknown[]> {
  const { database } = world.directory
  return database.transaction({ role: 'worker' }, async (tx) => {
    return (await sql`select * from directory.card_views`.execute(tx)).rows
  })
}

test('RULE-12: views of other States are a monthly total, rounded up to ten, without by whom or when', async () => {
  for (let times = 0; times < 11; times += 1) await reader.get(`/en/entries/${entry.id}`)
  await (
    await world.visitor({ role: 'poc', kind: 'technical', state: sahiliya })
  ).get(`/en/entries/${entry.id}`)
  await (await world.visitor({ role: 'manager' })).get(`/en/entries/${entry.id}`)
  expect(await rows()).toEqual([])
  await world.work('add-card-views')
  const [row] = await rows()
  expect(Object.keys(Object(row)).toSorted()).toEqual(['month', 'state', 'views'])
  expect(Number(Reflect.get(Object(row), 'views'))).toBe(11)
  expect(await ourState()).toContain('at most 20')
})

test('RULE-9: what the manager opened stands on the State’s page with its date', async () => {
  expect(await ourState()).toMatch(/<time[\s\S]*Directory manager:\s+A contact card was opened/)
})

test('two web processes add up, and what could not be added yet is not lost', async () => {
  const { database } = world.directory
  let isDown = false
  const shaky: Pick<typeof database, 'transaction'> = {
    transaction: (acting, work) =>
      isDown ? Promise.reject(new Error('down')) : database.transaction(acting, work),
  }
  const open = (): CardViews => openCardViews({ ...database, ...shaky }, world.clock)
  const actor = signedIn({ role: 'poc', kind: 'technical', state: stateCode('XB') })
  const [one, other] = [open(), open()]
  for (let times = 0; times < 5; times += 1) one.count(actor, sahiliya)
  for (let times = 0; times < 7; times += 1) other.count(actor, sahiliya)
  isDown = true
  await expect(one.flush()).rejects.toThrow('down')
  isDown = false
  await Promise.all([one.flush(), other.flush()])
  expect(await ourState()).toContain('at most 30')
})

import { hour, locales } from '@parley/kernel'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDemonstrationWorld } from '../../../test/demonstration-world.ts'
import { stateCode } from '../../../test/nominate.ts'
import { pressStart, pressStop } from '../../../test/start-round.ts'
import type { Visitor, World } from '../../../test/world.ts'
import { listEntries } from '../directory/index.ts'

let world: World
let manager: Visitor
let mission: Visitor
let round: string
beforeAll(async () => {
  world = await openDemonstrationWorld()
  manager = await world.visitor({ role: 'manager' })
  mission = await world.visitor({ role: 'mission', state: stateCode('XA') })
  const list = await manager.get('/en/rounds')
  round = /\/en(\/rounds\/[0-9a-f-]{36})/.exec(list.text)?.[1] ?? ''
}, 60_000)
afterAll(() => world?.close())

async function rowsOfFile(): Promise<readonly Record<string, string>[]> {
  const { text } = await manager.get(`/en${round}/report.csv`)
  return parse(text, { bom: true, columns: true })
}

function sum(rows: readonly Record<string, string>[], column: string): number {
  return rows.reduce((total, row) => total + Number(row[column]), 0)
}

test('POC-17: the report counts what the database holds, and every table of it adds up to the same whole', async () => {
  const rows = await rowsOfFile()
  const [all] = rows
  const tables = Map.groupBy(rows, (row) => row['table'])
  expect(Number(all?.['checks'])).toBeGreaterThan(20)
  for (const column of [
    'checks',
    'answered_in_time',
    'answered_late',
    'no_answer',
    'undeliverable',
    'not_sent_our_fault',
  ])
    for (const table of ['kind', 'group', 'language'])
      expect([table, column, sum(tables.get(table) ?? [], column)]).toEqual([
        table,
        column,
        Number(all?.[column]),
      ])
  const answers = Number(all?.['answered_in_time']) + Number(all?.['answered_late'])
  expect(sum(tables.get('how') ?? [], 'checks')).toBe(answers)
  expect(sum(tables.get('hours') ?? [], 'checks')).toBe(answers)
  expect(Number(all?.['median_minutes'])).toBeGreaterThan(0)
  expect(Number(all?.['ninetieth_percentile_minutes'])).toBeGreaterThan(Number(all?.['median_minutes']))
})

test('POC-42: the report says how many States take part, how many pairs are complete, and how old updates are', async () => {
  const rows = await rowsOfFile()
  const states = (table: string, row: string) =>
    Number(rows.find((each) => each['table'] === table && each['row'] === row)?.['states'])
  const ages = rows.filter(({ table }) => table === 'age_of_update')
  expect(states('directory', 'participating')).toBeGreaterThan(10)
  expect(states('directory', 'complete_pairs')).toBeGreaterThan(0)
  expect(states('directory', 'complete_pairs')).toBeLessThan(states('directory', 'participating'))
  expect(sum(ages, 'states')).toBe(states('directory', 'participating'))
})

test('POC-17: each chart has a title, a description and a table that says the same, in six languages', async () => {
  for (const locale of locales) {
    const { status, text } = await manager.get(`/${locale}${round}/report`)
    expect(status).toBe(200)
    const charts = text.match(/<svg\s+class="chart"[\s\S]*?<\/svg>/g) ?? []
    expect(charts.length).toBeGreaterThanOrEqual(5)
    for (const chart of charts) {
      expect(chart).toMatch(/<title id="([^"]+)">[^<]+<\/title>/)
      expect(chart).toMatch(/<desc id="([^"]+)">[^<]+<\/desc>/)
    }
    expect(text.match(/<table/g)?.length).toBe(charts.length)
  }
})

test('an Arabic chart begins on the right, and its figures still run from left to right', async () => {
  expect(firstX(await chartByKind('en'))).toBe(0)
  expect(firstX(await chartByKind('ar'))).toBeGreaterThan(0)
  expect((await chartByKind('ar')).match(/direction="ltr"/g)?.length).toBeGreaterThan(5)
})

test('RULE-3: neither the report nor the totals name a State or an entry, and no row stands by its rate', async () => {
  const entries = await world.directory.database.transaction({ role: 'worker' }, (tx) => listEntries(tx, {}))
  const names = new Set(entries.map(({ entityName }) => entityName.original))
  const states = new Set(entries.map(({ state }) => world.community.stateName(state, 'en')))
  for (const path of ['report', 'report.csv', 'totals']) {
    const { text } = await manager.get(`/en${round}/${path}`)
    expect([...names, ...states].filter((name) => text.includes(name))).toEqual([])
  }
  const order = world.community.profile.groups.map(({ id }) => id)
  const groups = (await rowsOfFile()).filter(({ table }) => table === 'group').map(({ row }) => row ?? '')
  expect(groups).toEqual(groups.toSorted((one, other) => order.indexOf(one) - order.indexOf(other)))
})

test('RULE-3: a State sees the totals of a round, whole hours in them, and not the report', async () => {
  const totals = await mission.get(`/en${round}/totals`)
  expect(totals.status).toBe(200)
  expect(totals.text).toContain('answered in time')
  expect(mainOf(totals.text)).not.toContain('minutes')
  for (const path of ['report', 'report.csv'])
    expect((await mission.get(`/en${round}/${path}`)).status).toBe(403)
  const stranger = await world.visitor()
  expect((await stranger.get(`/en${round}/totals`)).status).toBe(303)
})

test('RULE-3: the totals stay as they were when the round closed: a late answer would tell whose it was', async () => {
  const before = await mission.get(`/en${round}/totals`)
  const code = await codeOfSilent()
  const stranger = await world.visitor()
  expect((await stranger.post(`/en/checks/${code}`)).status).toBe(303)
  await world.work('close-rounds')
  const after = await mission.get(`/en${round}/totals`)
  expect(mainOf(after.text)).toBe(mainOf(before.text))
})

test('an open round has no report and no totals yet, nor has one that is not there', async () => {
  const { location } = await pressStart(manager)
  for (const path of ['report', 'report.csv', 'totals']) {
    expect((await manager.get(`${location}/${path}`)).status).toBe(404)
    expect((await manager.get(`/en/rounds/00000000-0000-0000-0000-000000000000/${path}`)).status).toBe(404)
    expect((await manager.get(`/en/rounds/'or%201=1/${path}`)).status).toBe(404)
  }
  await pressStop(manager, location)
  await world.work('close-rounds')
  expect((await manager.get(`${location}/report`)).status).toBe(404)
})

test('POC-18: what was not sent by our fault stands apart and in no rate', async () => {
  const { location } = await pressStart(manager)
  world.answerSending(() => ({ kind: 'later', status: '4.3.2', cause: 'ours' }))
  await world.work('send-messages')
  world.clock.advance(7 * 24 * hour)
  await world.work('close-rounds')
  manager = await world.visitor({ role: 'manager' })
  const report = await manager.get(`${location}/report`)
  expect(report.status).toBe(200)
  expect(report.text).toMatch(/\d+ checks were not sent, by our fault/)
  expect(report.text).toContain('answered in time, –')
})

/** Of a message of the past round that nobody answered. */
async function codeOfSilent(): Promise<string> {
  for (const mail of world.sent) {
    const code = /checks\/(\d{12})/.exec(mail.text)?.[1]
    if (code === undefined) continue
    const thanks = await (await world.visitor()).get(`/en/checks/${code}/thanks`)
    if (!thanks.text.includes('is recorded')) return code
  }
  throw new Error('everybody answered')
}

function mainOf(text: string): string {
  return /<main[\s\S]*<\/main>/.exec(text)?.[0] ?? ''
}

async function chartByKind(locale: string): Promise<string> {
  const { text } = await manager.get(`/${locale}${round}/report`)
  return /id="by-kind-title"[\s\S]*?<\/svg>/.exec(text)?.[0] ?? ''
}

/** Where the first bar begins. */
function firstX(chart: string): number {
  return Number(/<rect\s+class="good"\s+x="([\d.]+)"/.exec(chart)?.[1])
}

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { locales } from '@parley/kernel'
import { expect, test } from 'vitest'
import { browse, openedDesk, openOffice } from '../../test/desk-browser.ts'
import { amal, emptyFolder } from '../../test/desk-folder.ts'

const came = { title: 'Odd traffic', state: 'NO', kind: 'technical', entity: 'NSM NCSC', channel: 'e-mail' }

/** A Desk whose record was tampered with while it was closed, opened again by its user. */
async function openedAfter(tamper: (lines: string[]) => readonly string[]) {
  const folder = emptyFolder()
  const first = openedDesk({ folder })
  const before = await openOffice(first)
  for (const text of ['one', 'two', 'three'])
    await before.post('/en/incoming', { ...came, title: text, text })
  await first.close()
  const path = join(folder, 'store/record/lines')
  const lines = readFileSync(path, 'latin1').trimEnd().split('\n')
  writeFileSync(path, `${tamper(lines).join('\n')}\n`, 'latin1')
  const running = openedDesk({ folder })
  const browser = browse(running)
  await browser.post('/en/door', { secret: running.secret ?? '' })
  const start = await browser.post('/en/unlock', { ...amal })
  return { browser, start, lines: () => running.desk.store.opened()?.record.lines() ?? [] }
}

function changed(text = ''): string {
  return `${text.slice(0, -10)}${text.at(-10) === 'A' ? 'B' : 'A'}${text.slice(-9)}`
}

test.each<[string, (lines: string[]) => readonly string[], string]>([
  ['changed', (lines) => lines.with(4, changed(lines[4])), 'Line 4 was changed'],
  ['taken out', (lines) => lines.toSpliced(4, 1), 'Line 4 is missing'],
  ['put before another', (lines) => lines.with(4, lines[5] ?? '').with(5, lines[4] ?? ''), 'was moved'],
  ['cut off at the end', (lines) => lines.slice(0, -2), 'the last ones, were cut off'],
])(
  'POC-35: of a record in which a line was %s the Desk shows what is whole, says where, and goes on once somebody noted it',
  async (_, tamper, said) => {
    const { browser, start, lines } = await openedAfter(tamper)
    expect(start.text).toContain(said)
    expect((await browser.get('/en/cases')).text).toContain('one')
    const refused = await browser.post('/en/incoming', { ...came, text: 'four' })
    expect([refused.status, refused.text.includes('does not hold in one place')]).toEqual([409, true])
    const noted = await browser.post('/en/record/damage')
    expect(noted.at).toBe('/en/record')
    expect(lines().at(-1)).toMatchObject({ what: 'record.damage-noted', by: amal.name })
    // For ever after: where it was, and who saw it.
    expect(noted.text).toContain(said)
    expect((await browser.get('/en')).text).not.toContain(said)
    expect((await browser.post('/en/incoming', { ...came, text: 'four' })).status).toBe(200)
    expect((await browser.post('/en/record/damage')).status).toBe(200)
  },
)

test('RULE-10: the record and its damage are told in six languages', async () => {
  const { browser } = await openedAfter((lines) => lines.toSpliced(4, 1))
  for (const locale of locales) {
    const { status, text } = await browser.get(`/${locale}/record`)
    expect([status, text.includes('role="status"')]).toEqual([200, true])
  }
})

test('a record that holds says how long it is and where it ends', async () => {
  const desk = openedDesk()
  const browser = await openOffice(desk)
  const end = desk.desk.store.opened()?.record.end()
  const { text } = await browser.get('/en/record')
  expect(text).toContain(`${end?.n} ${end?.hash}`)
  expect(text).toContain('User added')
})

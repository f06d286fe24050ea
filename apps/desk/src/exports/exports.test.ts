import { parse } from 'csv-parse/sync'
import { locales } from '@parley/kernel'
import { expect, test } from 'vitest'
import { openedDesk, openOffice } from '../../test/desk-browser.ts'

const said = 'zanzibarmarker 192.0.2.15'
const vendor = { to: 'third-party', name: 'Corvid Security Ltd', form: 'page' }
const ministry = { to: 'internal', name: 'Ministry of Transport', form: 'page' }

/** A Desk with one case in which the other side said something. */
async function withCase({ tlp = 'AMBER' } = {}) {
  const running = openedDesk()
  const browser = await openOffice(running)
  const came = { title: 'Odd traffic', state: 'NO', kind: 'technical', entity: 'NSM NCSC', tlp }
  const shown = await browser.post('/en/incoming', { ...came, channel: 'e-mail', text: said })
  const id = shown.at.replace('/en/cases/', '')
  const lines = () => [...(running.desk.store.opened()?.record.lines() ?? [])]
  const consent = (side: 'ours' | 'theirs', more: Readonly<Record<string, string>> = {}) =>
    browser.post(`/en/cases/${id}/consent`, {
      side,
      who: side === 'ours' ? 'Director Haddad' : 'Director Ruiz',
      on: new Date().toISOString().slice(0, 10),
      what: 'The addresses',
      ...more,
    })
  return { browser, id, lines, consent }
}

test('RULE-5: nothing goes to a third party until the consent of both sides is recorded, and the page says whose is missing', async () => {
  const { browser, id, lines, consent } = await withCase()
  const neither = await browser.post('/en/hand-out', { case: id, ...vendor })
  expect(neither.status).toBe(403)
  expect(neither.text).toContain('neither side’s consent is recorded')
  expect(neither.text).toContain(`href="/en/cases/${id}/consent"`)
  await consent('ours')
  expect((await browser.post('/en/hand-out', { case: id, ...vendor })).text).toContain(
    'the other side’s consent is not recorded',
  )
  expect((await browser.get(`/en/cases/${id}`)).text).toContain('Our consent is recorded; theirs is missing')
  for (const form of ['csv', 'json'])
    expect((await browser.post('/en/hand-out', { case: id, ...vendor, form })).text).not.toContain(said)
  expect(lines().some(({ what }) => what === 'record.handed-out')).toBe(false)
  await consent('theirs')
  const given = await browser.post('/en/hand-out', { case: id, ...vendor })
  expect(given.status).toBe(200)
  expect(given.text).toContain('TO A THIRD PARTY')
  expect(given.text).toContain(said)
  // What is ours alone: title and names of this office.
  expect(given.text).not.toContain('Odd traffic')
  expect(lines().at(-1)).toMatchObject({
    what: 'record.handed-out',
    case: id,
    content: { cases: [id], form: 'page', recipient: { kind: 'third-party', name: 'Corvid Security Ltd' } },
  })
})

test('POC-35: for the own government it goes out without consent, marked internal, as page, CSV and JSON, each a line of the record', async () => {
  const { browser, id, lines } = await withCase()
  const page = await browser.post('/en/hand-out', { case: id, ...ministry })
  expect(page.text).toContain('INTERNAL: for the own government only')
  expect(page.text).toContain(said)
  expect(page.text).toContain('Odd traffic')
  const csv = await browser.post('/en/hand-out', { case: id, ...ministry, form: 'csv' })
  expect(csv.headers.get('content-disposition')).toMatch(/record-internal-\d{4}-\d\d-\d\d\.csv"$/)
  const rows: readonly Record<string, string>[] = parse(csv.text, { columns: true, bom: true })
  expect(rows.map(({ marking }) => marking)).toEqual(['internal', 'internal', 'internal'])
  const json = await browser.post('/en/hand-out', { case: id, ...ministry, form: 'json' })
  expect(JSON.parse(json.text)).toMatchObject({ marking: 'internal', recipient: { name: ministry.name } })
  expect((await browser.post('/en/hand-out', ministry)).text).toContain('Odd traffic')
  const forms = lines().flatMap((line) =>
    line.known && line.what === 'record.handed-out' ? [line.content.form] : [],
  )
  expect(forms).toEqual(['page', 'csv', 'json', 'page'])
  expect((await browser.get(`/en/cases/${id}`)).text).toContain('Ministry of Transport')
})

test('POC-35: the government of the other State is no third party; that of any other State is', async () => {
  const { browser, id } = await withCase()
  const theirs = { to: 'counterpart', name: 'Ministry of Justice', form: 'page' }
  expect((await browser.post('/en/hand-out', { case: id, ...theirs })).text).toContain('FOR THE OTHER SIDE')
  const unnamed = await browser.post('/en/hand-out', theirs)
  expect([unnamed.status, unnamed.text.includes('href="#state"')]).toEqual([422, true])
  expect((await browser.post('/en/hand-out', { ...theirs, state: 'NO' })).status).toBe(200)
  expect((await browser.post('/en/hand-out', { ...theirs, state: 'KE' })).status).toBe(404)
})

test('POC-35: GREEN is the sender’s consent alone, and stands so beside what it marks', async () => {
  const { browser, id, consent } = await withCase({ tlp: 'GREEN' })
  const shown = await browser.get(`/en/cases/${id}/consent`)
  expect(shown.text).toContain('By its marking, as the sender')
  expect(shown.text).toContain('Not recorded')
  expect((await browser.post('/en/hand-out', { case: id, ...vendor })).text).toContain(
    'our own consent is not recorded',
  )
  await consent('ours')
  expect((await browser.post('/en/hand-out', { case: id, ...vendor })).status).toBe(200)
})

test('POC-35: a consent says who, when and what, for whom where it is for one, and can be withdrawn', async () => {
  const { browser, id, lines, consent } = await withCase()
  const empty = await browser.post(`/en/cases/${id}/consent`, { on: '2026-11-20', who: '', what: '' })
  expect(empty.status).toBe(422)
  for (const field of ['side', 'who', 'what']) expect(empty.text).toContain(`href="#${field}"`)
  const ahead = await consent('ours', { on: '2126-01-01' })
  expect([ahead.status, ahead.text.includes('has not come yet')]).toEqual([422, true])
  await consent('ours')
  const shown = await consent('theirs', { with: 'Corvid Security Ltd' })
  expect(shown.text).toMatch(/Corvid Security Ltd<\/bdi>:\s*<strong>The consent of both sides is recorded/)
  expect(shown.text).toMatch(/To any third party:\s*<strong>Our consent is recorded; theirs is missing/)
  const given = lines().findLast(({ what }) => what === 'consent.given')
  await browser.post(`/en/cases/${id}/consent/withdraw`, {
    consent: `${given?.n}`,
    withdrawer: 'Director Ruiz',
    withdrawn: new Date().toISOString().slice(0, 10),
  })
  expect((await browser.post('/en/hand-out', { case: id, ...vendor })).text).toContain(
    'the other side’s consent is not recorded',
  )
  expect((await browser.post(`/en/cases/${id}/consent/withdraw`, { consent: '1' })).status).toBe(422)
})

test('RULE-10: the pages about consent and what leaves are there in six languages, also without a case', async () => {
  const { browser, id } = await withCase()
  const bare = await openOffice(openedDesk())
  for (const locale of locales) {
    for (const path of [
      `/${locale}/cases/${id}/consent`,
      `/${locale}/hand-out?case=${id}`,
      `/${locale}/hand-out`,
    ])
      expect((await browser.get(path)).status).toBe(200)
    expect((await bare.get(`/${locale}/hand-out`)).status).toBe(200)
    expect((await bare.get(`/${locale}/cases/none/consent`)).status).toBe(404)
  }
})

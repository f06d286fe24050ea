import { locales } from '@parley/kernel'
import { expect, test } from 'vitest'
import { amal } from '../../test/desk-folder.ts'
import { openedDesk, openOffice } from '../../test/desk-browser.ts'

async function withCase() {
  const running = openedDesk()
  const browser = await openOffice(running)
  const came = { title: 'Odd traffic', state: 'NO', kind: 'technical', entity: 'NSM NCSC', channel: 'e-mail' }
  const { at } = await browser.post('/en/incoming', { ...came, text: 'They wrote.' })
  return { browser, at, record: () => running.desk.store.opened()?.record.lines() ?? [] }
}

test('POC-35: a note is a line of its case, under the name of whoever wrote it', async () => {
  const { browser, at, record } = await withCase()
  const shown = await browser.post(`${at}/note`, { text: 'Speaks French.' })
  expect(shown.at).toBe(at)
  expect(shown.text).toContain('Speaks French.')
  expect(record().at(-1)).toMatchObject({
    what: 'note.written',
    by: amal.name,
    content: { text: 'Speaks French.' },
  })
})

test('POC-22: an escalation is a line of the own record and in nothing that is handed out, whoever it is for', async () => {
  const { browser, at } = await withCase()
  const shown = await browser.post(`${at}/escalate`, {
    office: 'Cabinet Secretariat',
    note: 'Asked for a call.',
  })
  expect(shown.text).toContain('Cabinet Secretariat')
  for (const to of ['internal', 'counterpart'])
    for (const form of ['page', 'csv', 'json']) {
      const wish = { case: at.replace('/en/cases/', ''), to, name: 'Whoever asks', form }
      const { text, status } = await browser.post('/en/hand-out', wish)
      expect(status).toBe(200)
      expect(text).not.toContain('Cabinet')
      expect(text).not.toContain('Asked for a call')
    }
})

test('what is missing is said at its field; a case that is not there is said so', async () => {
  const { browser, at } = await withCase()
  for (const [path, field] of [
    ['note', 'text'],
    ['escalate', 'office'],
  ] as const) {
    const { status, text } = await browser.post(`${at}/${path}`)
    expect([status, text.includes(`href="#${field}"`)]).toEqual([422, true])
    for (const locale of locales)
      expect((await browser.get(`${at.replace('/en/', `/${locale}/`)}/${path}`)).status).toBe(200)
    expect((await browser.get(`/en/cases/none/${path}`)).status).toBe(404)
  }
  expect((await browser.post(`${at}/note`, { text: ' ' })).text).toContain('href="#text"')
})

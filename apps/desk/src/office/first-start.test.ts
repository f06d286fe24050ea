import { locales } from '@parley/kernel'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { browse, office, openedDesk, openOffice } from '../../test/desk-browser.ts'

async function letIn() {
  const desk = openedDesk()
  const browser = browse(desk)
  await browser.post('/en/door', { secret: desk.secret ?? '' })
  return { desk, browser }
}

test('the first start says what it is, in six languages, and that there is no back door before a passphrase is chosen', async () => {
  const { browser } = await letIn()
  expect((await browser.get('/en')).text).toContain('A program for one national office')
  for (const locale of locales) {
    const { text, status } = await browser.get(`/${locale}/begin`)
    expect(status).toBe(200)
    expect(text).toContain(`<html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}">`)
  }
  const { text } = await browser.get('/en/begin')
  expect(text.indexOf('There is no back door')).toBeLessThan(text.indexOf('name="passphrase"'))
})

test('what is wrong is said beside its field, and no passphrase is sent back', async () => {
  const { desk, browser } = await letIn()
  const differs = await browser.post('/en/begin', { ...office, again: 'another one altogether' })
  expect([differs.status, differs.text.includes('The two passphrases differ')]).toEqual([422, true])
  expect(differs.text).not.toContain(office.passphrase)
  const unread = await browser.post('/en/begin', { ...office, understood: '' })
  expect(unread.text).toContain('Please confirm that you know')
  const short = await browser.post('/en/begin', { ...office, passphrase: 'short', again: 'short' })
  expect(short.text).toContain('too short')
  expect(desk.desk.store.isNew()).toBe(true)
})

test('begun, the Desk is open and knows which office it is', async () => {
  const browser = await openOffice(openedDesk())
  expect((await browser.get('/en')).text).toContain('Nothing waits')
  expect((await browser.get('/ar')).text).toContain('لا شيء ينتظر')
  const kept = await browser.get('/en/office')
  expect(kept.text).toContain(`value="${office.entity}"`)
})

test('RULE-11: the demonstration is of a fictional State, marked on every page, and touches nothing of the office', async () => {
  const { desk, browser } = await letIn()
  const start = await browser.post('/en/try')
  expect(start.text).toContain('Port dispatch system')
  const [, path = ''] = /href="(\/en\/cases\/3b0c[^"]*)"/.exec(start.text) ?? []
  for (const each of ['/en', '/en/cases', path]) {
    const { text, status } = await browser.get(each)
    expect(status).toBe(200)
    expect(text).toContain('DEMONSTRATION')
    expect(gzipSync(text).length).toBeLessThan(14_000)
  }
  expect((await browser.get(path)).text).toContain('Valdoria')
  expect((await browser.get('/en/cases?q=192.0.2.15')).text).toContain('Port dispatch system')
  expect((await browser.get('/en/cases?q=nothing-like-it')).text).toContain('No case fits')
  expect(desk.desk.store.isNew()).toBe(true)
  expect((await browser.post('/en/lock')).at).toBe('/en/first-start')
})

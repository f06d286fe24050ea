import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DemonstrationProgram, runDemonstration } from '../demonstration-program.ts'

// The same way under the profile of the United Nations and under a network of teams: on the running program, in Chromium, without scripts.
const profiles = [
  { profile: 'united-nations', state: 'XA', reader: ['XB', 'diplomatic'], kind: 'diplomatic' },
  { profile: 'meridian-network', state: 'QM', reader: ['QN', 'management'], kind: 'management' },
] as const

const said = (page: Page) => page.locator('main').innerText()

describe.each(profiles)('under the profile $profile', ({ profile, state, reader: [other, as], kind }) => {
  let demonstration: DemonstrationProgram
  let card: string
  beforeAll(async () => {
    demonstration = await runDemonstration(profile)
  }, 120_000)
  afterAll(() => demonstration?.stop())

  test('POC-08, POC-27: an entry is named, and found by the like of another member', async () => {
    const mission = await demonstration.be('mission', state, 'en')
    await mission.goto(`${demonstration.origin}/en/entries/new?kind=${kind}`)
    await mission.locator('#language').selectOption('en')
    await mission.locator('#entityName').fill('Office of the morning')
    await mission.locator('#phone1').fill('+999 555 01 234')
    await mission.locator('#email1').fill('morning@office.example')
    await mission.getByRole('button', { name: 'Add the entry' }).click()
    card = new URL(mission.url()).pathname
    expect(card).toMatch(/^\/en\/entries\/[0-9a-f-]{36}$/)

    const reader = await demonstration.be(as, other, 'en')
    await reader.goto(`${demonstration.origin}/en/find`)
    await reader.locator('input[type=search]').fill('office morning')
    await reader.keyboard.press('Enter')
    await reader.getByRole('link', { name: 'Office of the morning' }).click()
    expect(new URL(reader.url()).pathname).toBe(card)
    expect(await reader.locator('main a[href^="tel:"]').first().getAttribute('href')).toBe('tel:+99955501234')
  }, 60_000)

  test('POC-11: it goes through change, disputed and restored', async () => {
    const mission = await demonstration.be('mission', state, 'en')
    await mission.goto(`${demonstration.origin}${card}/change`)
    await mission.locator('#email1').fill('stranger@elsewhere.example')
    await mission.getByRole('button', { name: 'Save' }).click()
    expect(new URL(mission.url()).pathname).toBe(card)

    // Whoever sits at the old address has no account: a link in a mail is enough to say so.
    const stranger = await demonstration.open()
    await demonstration.openMailTo(stranger, 'en', 'morning@office.example')
    await stranger.locator('main a[href*="/not-right/"]').click()
    await stranger.getByRole('button', { name: 'This change is not right' }).click()
    expect(await said(stranger)).toContain('The change is marked as disputed')

    const reader = await demonstration.be(as, other, 'en')
    await reader.goto(`${demonstration.origin}${card}`)
    expect(await said(reader)).toContain('disputed')
    for (const value of ['morning@office.example', 'stranger@elsewhere.example'])
      expect(await said(reader)).toContain(value)
    const manager = await demonstration.be('manager', '', 'en')
    expect(await said(manager)).toContain('1 disputed change waits')

    await mission.goto(`${demonstration.origin}/en/our-state`)
    await mission.locator(`main a[href*="${card}/changes/"]`).first().click()
    await mission.getByLabel('The change is not right').check()
    await mission.getByRole('button', { name: 'Save the decision' }).click()
    await reader.reload()
    expect(await said(reader)).toContain('morning@office.example')
    for (const gone of ['disputed', 'stranger@elsewhere.example'])
      expect(await said(reader)).not.toContain(gone)
  }, 60_000)

  test('POC-17: a round is started, and a point of contact answers by the button, another by plain reply', async () => {
    const manager = await demonstration.be('manager', '', 'en')
    await manager.goto(`${demonstration.origin}/en/rounds`)
    await manager.getByRole('link', { name: 'Prepare the round' }).click()
    await manager.getByLabel('I have read who gets what').check()
    await manager.getByRole('button', { name: 'Start the round now' }).click()
    const round = manager.url()
    const figure = async (label: RegExp) => {
      await manager.goto(round)
      const row = manager
        .locator('dl.figures > div')
        .filter({ has: manager.locator('dt', { hasText: label }) })
      return Number(await row.locator('dd').innerText())
    }
    await expect.poll(() => figure(/messages to send/), { timeout: 20_000 }).toBe(0)

    const poc = await demonstration.open()
    await demonstration.openMailTo(poc, 'en', 'morning@office.example')
    await poc.locator('main a[href*="/en/checks/"]').first().click()
    await poc.getByRole('button', { name: 'I acknowledge receipt' }).click()
    expect(await said(poc)).toContain('Your acknowledgement is recorded')
    expect(await figure(/answered in time/)).toBe(1)

    await poc.goto(`${demonstration.origin}/en/demonstration/mail`)
    const another = poc.locator('tr', { hasNotText: 'office.example' }).locator('a').first()
    await another.click()
    await poc.getByRole('button', { name: 'Send the reply' }).click()
    expect(await said(poc)).toContain('the check is answered')
    expect(await figure(/answered in time/)).toBe(2)
  }, 60_000)

  test('POC-05: the member leaves by its own act, and its entries are gone at once', async () => {
    const mission = await demonstration.be('mission', state, 'en')
    await mission.goto(`${demonstration.origin}/en/leave`)
    await mission.locator('main input[type=checkbox]').check()
    await mission.locator('main form button').click()
    const reader = await demonstration.be(as, other, 'en')
    const gone = await reader.goto(`${demonstration.origin}${card}`)
    expect(gone?.status()).toBe(404)
  }, 60_000)
})

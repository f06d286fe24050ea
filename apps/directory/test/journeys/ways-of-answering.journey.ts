import { setTimeout as sleep } from 'node:timers/promises'
import { type Locale, locales, minute } from '@parley/kernel'
import { writeLanguage } from '@parley/web'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { text as checksText } from '../../src/modules/checks/locales/index.ts'
import { loadCommunity } from '../../src/modules/community/index.ts'
import { text as demonstrationText } from '../../src/modules/demonstration/locales/index.ts'
import { type DemonstrationProgram, runDemonstration } from '../demonstration-program.ts'
import { stateOf } from '../people.ts'

// One round on the running program, without scripts: previewed, paused, resumed, answered in five ways in each
// language, whose words alone find what is pressed, corrected and stopped.
const community = loadCommunity('united-nations', { demonstration: true })
let demonstration: DemonstrationProgram
let origin: string
let manager: Page
let round: string

beforeAll(async () => {
  demonstration = await runDemonstration()
  origin = demonstration.origin
  manager = await demonstration.be('manager', '', 'en')
  manager.setDefaultTimeout(10_000)
}, 120_000)
afterAll(() => demonstration?.stop())

interface Office {
  readonly state: string
  readonly kind: 'technical' | 'diplomatic'
  readonly address: string
}

const technical = (state: string, name: string): Office => ({
  state,
  kind: 'technical',
  address: `poc@cert.${name}.example`,
})
const diplomatic = (state: string, name: string): Office => ({
  state,
  kind: 'diplomatic',
  address: `cyber@mfa.${name}.example`,
})

/** Four offices that work in each language; the last one answers by telephone, denies it, and signs in. */
const offices: Readonly<Record<Locale, readonly [Office, Office, Office, Office]>> = {
  ar: [
    technical('XA', 'sahiliya'),
    diplomatic('XA', 'sahiliya'),
    technical('XN', 'wadirah'),
    diplomatic('XN', 'wadirah'),
  ],
  zh: [
    technical('XM', 'baihe'),
    diplomatic('XM', 'baihe'),
    technical('XY', 'yunlan'),
    diplomatic('XY', 'yunlan'),
  ],
  en: [
    technical('XI', 'lumenia'),
    diplomatic('XI', 'lumenia'),
    technical('XG', 'tamarind'),
    diplomatic('XC', 'kesh'),
  ],
  fr: [
    technical('XD', 'ardessa'),
    diplomatic('XD', 'ardessa'),
    technical('XJ', 'palmeraie'),
    diplomatic('XJ', 'palmeraie'),
  ],
  ru: [
    technical('XB', 'norvalia'),
    diplomatic('XB', 'norvalia'),
    technical('XH', 'ostravina'),
    diplomatic('XH', 'ostravina'),
  ],
  es: [
    technical('XF', 'valdoria'),
    diplomatic('XF', 'valdoria'),
    technical('XL', 'quillanca'),
    diplomatic('XL', 'quillanca'),
  ],
}

/** How a person of the language may type the digits of a code. */
const typed: Readonly<Record<Locale, (code: string) => string>> = {
  ar: (code) => inDigits(code, 0x660),
  zh: (code) => inDigits(code, 0xff10),
  en: (code) => code.replaceAll('\u00a0', '-'),
  fr: (code) => code,
  ru: (code) => code.replaceAll('\u00a0', ''),
  es: (code) => code.replaceAll('\u00a0', ' '),
}

test('POC-17: the manager sees the message in six languages, sends herself one, starts the round, pauses it and lets it go on', async () => {
  const t = checksText('en')
  await manager.goto(`${origin}/en/next-round`)
  await manager.getByRole('link', { name: t('plan.preview') }).click()
  for (const locale of locales) {
    await manager
      .getByRole('navigation', { name: t('plan.language'), exact: true })
      .getByText(writeLanguage('en', locale), { exact: true })
      .click()
    const shown = manager.locator(`.card[lang=${locale}]`, { hasText: checksText(locale)('mail.code') })
    await shown.first().waitFor()
  }
  // In the language that is shown.
  await manager.getByRole('button', { name: t('preview.test.send') }).click()
  await shows(manager, t('preview.sent'))

  await manager.goto(`${origin}/en/rounds`)
  await manager.getByRole('link', { name: t('rounds.prepare') }).click()
  await manager.getByLabel('I have read who gets what').check()
  await manager.getByRole('button', { name: t('rounds.start') }).click()
  await shows(manager, t('round.running'))
  round = new URL(manager.url()).pathname.replace('/en/', '/')
  await manager.getByRole('button', { name: t('round.pause'), exact: true }).click()
  await shows(manager, 'Nothing more is sent')

  const reader = await demonstration.open()
  await demonstration.openMailTo(reader, 'en', 'manager@directory.example')
  expect(await reader.locator('h1').innerText()).toContain(checksText(locales.at(-1) ?? 'en')('mail.test'))
  await reader.context().close()
  // What was in flight has arrived by now: more does not leave.
  const held = await toSend()
  await sleep(3_000)
  expect(await toSend()).toBe(held)

  await manager.getByRole('button', { name: t('round.resume') }).click()
  await shows(manager, t('round.running'))
  await expect.poll(toSend, { timeout: 60_000 }).toBe(0)
}, 500_000)

test.each(locales)(
  'POC-17: in %s a check is answered by the button, a reply, the typed code, the telephone and signed in; the State and the manager see which',
  async (locale) => {
    const [byButton, byReply, byCode, byTelephone] = offices[locale]
    const poc = await demonstration.open()
    await pressButton(poc, locale, byButton)
    await reply(poc, locale, byReply)
    await typeCode(poc, locale, byCode)
    const code = await codeFor(poc, locale, byTelephone)
    await takeCall(locale, byTelephone, code)
    await denyAndSignIn(locale, byTelephone)

    const ways = [
      [byButton, 'button'],
      [byReply, 'reply'],
      [byCode, 'typed-code'],
      [byTelephone, 'signed-in'],
    ] as const
    for (const [state, answered] of Map.groupBy(ways, ([office]) => office.state)) {
      const own = await demonstration.be('mission', state, locale)
      await own.goto(`${origin}/${locale}/our-checks`)
      await manager.goto(`${origin}/${locale}/states/${state}`)
      for (const [, way] of answered) {
        expect(await answeredAgo(own, locale, way)).toBeLessThan(10 * minute)
        expect(await answeredAgo(manager, locale, way)).toBeLessThan(10 * minute)
      }
      await own.context().close()
    }
    await poc.context().close()
  },
  90_000,
)

test('POC-17: the manager corrects the round and stops it, each time having read what becomes of it; an answer that comes after is recorded, as late', async () => {
  const t = checksText('en')
  await manager.goto(`${origin}/en${round}`)
  await manager.getByRole('link', { name: t('correct.link') }).click()
  await manager.getByLabel(t('correct.reason.genuine')).check()
  await manager.getByRole('button', { name: t('correct.show') }).click()
  await shows(manager, t('mail.correction.genuine'))
  await manager.getByLabel('I have read the correction').check()
  await manager.getByRole('button', { name: t('correct.send') }).click()
  await shows(manager, t('correct.reason.genuine'))
  const poc = await demonstration.open()
  const corrected = poc
    .locator('tr', { hasText: diplomatic('XE', 'great-northern-basin').address })
    .getByRole('link', { name: /^Correction/ })
  await expect
    .poll(async () => (await poc.goto(`${origin}/en/demonstration/mail`), corrected.count()), {
      timeout: 60_000,
    })
    .toBe(1)

  await manager.goto(`${origin}/en${round}`)
  await manager.getByRole('link', { name: t('round.stop') }).click()
  await shows(manager, t('stop.waiting.becomes'))
  await manager.getByRole('button', { name: t('stop.act') }).click()
  await shows(manager, t('round.stopped'))
  expect(await manager.getByRole('link', { name: t('round.stop') }).count()).toBe(0)
  // The correction repeats the code of the message.
  await corrected.click()
  await poc.locator('main a[href*="/checks/"]').click()
  await poc.getByRole('button', { name: t('answer.button') }).click()
  await shows(poc, t('thanks.late'))
  await manager.goto(`${origin}/en/follow-ups`)
  expect(await manager.getByRole('link', { name: 'Great Northern Basin' }).count()).toBe(0)
}, 120_000)

async function pressButton(page: Page, locale: Locale, { address }: Office): Promise<void> {
  const t = checksText(locale)
  await demonstration.openMailTo(page, locale, address)
  await page.locator('main a[href*="/checks/"]').click()
  await page.waitForURL(new RegExp(`/${locale}/checks/\\d{12}$`))
  await page.getByRole('button', { name: t('answer.button') }).click()
  await shows(page, t('thanks.recorded'))
  await page.getByRole('button', { name: t('thanks.correct') }).click()
  await shows(page, t('thanks.said.correct'))
}

async function reply(page: Page, locale: Locale, { address }: Office): Promise<void> {
  const t = demonstrationText(locale)
  await demonstration.openMailTo(page, locale, address)
  await page.getByRole('button', { name: t('reply.send') }).click()
  await shows(page, t('verdict.acknowledged'))
}

async function typeCode(page: Page, locale: Locale, office: Office): Promise<void> {
  const t = checksText(locale)
  const code = await codeFor(page, locale, office)
  await page.goto(`${origin}/${locale}/answer`)
  await page.getByLabel(t('type.code'), { exact: true }).fill(typed[locale](code))
  await page.getByRole('button', { name: t('answer.button') }).click()
  await shows(page, t('thanks.recorded'))
}

/** The manager calls and asks the code back: without it, and with another office's, the call is no answer. */
async function takeCall(locale: Locale, office: Office, code: string): Promise<void> {
  const t = checksText(locale)
  await manager.goto(`${origin}/${locale}${round}`)
  await manager.locator('main a[href$="/calls"]').click()
  await manager.getByLabel(t('state'), { exact: true }).selectOption(office.state)
  await manager.getByRole('button', { name: t('calls.show') }).click()
  await cardOf(locale, office)
    .getByRole('link', { name: t('calls.record') })
    .click()
  await manager.getByLabel(t('call.answered')).check()
  await manager.getByLabel(t('call.who'), { exact: true }).fill('T. Adeyo')
  await manager.getByRole('button', { name: t('calls.record') }).click()
  await shows(manager, t('checks/code-asked-back'))
  await manager.getByLabel(t('call.code'), { exact: true }).fill(code)
  await manager.getByRole('button', { name: t('calls.record') }).click()
  await manager.waitForURL(/\/calls$/)
}

/** The State sees who called whom, says that it was not so, and answers itself from its start page. */
async function denyAndSignIn(locale: Locale, { state, kind }: Office): Promise<void> {
  const t = checksText(locale)
  const poc = await demonstration.be(kind, state, locale)
  const startPage = poc.url()
  await poc.goto(`${origin}/${locale}/our-checks`)
  expect(await answeredAgo(poc, locale, 'telephone')).toBeLessThan(10 * minute)
  for (const seen of [t('call.answered'), 'T. Adeyo', 'Mira Talvane']) await shows(poc, seen)
  await poc.getByRole('button', { name: t('call.deny') }).click()
  await shows(poc, t('call.denied'))
  await poc.goto(startPage)
  await poc.getByRole('button', { name: t('own.acknowledge') }).click()
  expect(await answeredAgo(poc, locale, 'signed-in')).toBeLessThan(10 * minute)
  await poc.context().close()
}

type Way = 'button' | 'reply' | 'typed-code' | 'telephone' | 'signed-in'

/** How long ago, by the one row of this round that says so; from no other address than the entry's. */
async function answeredAgo(page: Page, locale: Locale, way: Way): Promise<number> {
  const t = checksText(locale)
  const row = page
    .locator('tr', { hasText: t('round.title', { number: 2 }) })
    .filter({ hasText: t('status.answered') })
    .filter({ hasText: t(`by.${way}`) })
  // One and no more: two would be refused.
  await row.waitFor()
  expect(await row.innerText()).not.toContain(t('relation.elsewhere'))
  const at = await row.locator('td:last-child time').getAttribute('datetime')
  return Math.abs(Date.now() - Date.parse(at ?? ''))
}

async function codeFor(page: Page, locale: Locale, { address }: Office): Promise<string> {
  await demonstration.openMailTo(page, locale, address)
  const [code = ''] = /\d{4}\u00a0\d{4}\u00a0\d{4}/.exec(await mainOf(page)) ?? []
  expect(code).not.toBe('')
  return code
}

/** The card of the call sheet that names the State and the kind. */
function cardOf(locale: Locale, { state, kind }: Office) {
  const name = `${community.stateName(stateOf(state), locale)} · ${community.kindName(kind, locale)}`
  return manager.locator('article').filter({ has: manager.getByRole('heading', { name, exact: true }) })
}

/** How many messages the round has still to send. */
async function toSend(): Promise<number> {
  await manager.goto(`${origin}/en${round}`)
  const row = manager.locator('dl.figures > div').filter({ hasText: checksText('en')('figure.to-send') })
  return Number(await row.locator('dd').innerText())
}

/** Waits until the page says it. */
function shows(page: Page, sentence: string): Promise<void> {
  return page.locator('main', { hasText: sentence }).waitFor()
}

function mainOf(page: Page): Promise<string> {
  return page.locator('main').innerText()
}

function inDigits(code: string, zero: number): string {
  return code.replace(/\d/g, (digit) => String.fromCharCode(zero + Number(digit)))
}

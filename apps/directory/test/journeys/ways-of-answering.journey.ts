import { type Locale, locales, minute } from '@parley/kernel'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { text as checksText } from '../../src/modules/checks/locales/index.ts'
import { loadCommunity } from '../../src/modules/community/index.ts'
import { text as demonstrationText } from '../../src/modules/demonstration/locales/index.ts'
import { type DemonstrationProgram, runDemonstration } from '../demonstration-program.ts'
import { stateOf } from '../people.ts'

// One round on the running program, without scripts: five ways of answering in each language, found by its words.
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

test('POC-17: the manager starts the round that is due', async () => {
  const t = checksText('en')
  await manager.goto(`${origin}/en/rounds`)
  await manager.getByRole('link', { name: t('rounds.prepare') }).click()
  await manager.getByLabel('I have read who gets what').check()
  await manager.getByRole('button', { name: t('rounds.start') }).click()
  await manager.waitForURL(/\/en\/rounds\/[\w-]+$/)
  round = new URL(manager.url()).pathname.replace('/en/', '/')
  expect(await mainOf(manager)).toContain(t('round.running'))
}, 60_000)

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

    for (const [office, way] of [
      [byButton, 'button'],
      [byReply, 'reply'],
      [byCode, 'typed-code'],
      [byTelephone, 'signed-in'],
    ] as const) {
      const own = await demonstration.be('mission', office.state, locale)
      await own.goto(`${origin}/${locale}/our-checks`)
      expect(await answeredAgo(own, locale, way)).toBeLessThan(10 * minute)
      await manager.goto(`${origin}/${locale}/states/${office.state}`)
      expect(await answeredAgo(manager, locale, way)).toBeLessThan(10 * minute)
      await own.context().close()
    }
    await poc.context().close()
  },
  90_000,
)

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

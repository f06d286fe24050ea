import { type Locale, minute } from '@parley/kernel'
import { launchChromium } from '@parley/testkit'
import { Secret, TOTP } from 'otpauth'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accountsText, createFirstManager, sessionCookieName } from '../../src/modules/accounts/index.ts'
import { nextCode, password, personWithPassword, stateOf } from '../people.ts'
import { type Served, serveWorld } from '../serving.ts'

let served: Served
let browser: Browser
beforeAll(async () => {
  served = await serveWorld()
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await served?.stop()
})

const sahiliya = stateOf('XA')

/** The link that was mailed to somebody whom a Mission has invited. */
async function invited(email: string, language: Locale): Promise<string> {
  const mission = await served.world.visitor({ role: 'mission', state: sahiliya })
  await mission.post('/en/our-users', { name: 'Noor Example', email, role: 'technical', language })
  await served.world.work('relay')
  const mail = served.world.sent.findLast(({ to }) => to === email)
  return /http\S+/.exec(mail?.text ?? '')?.[0] ?? ''
}

/** A browser page whose device answers for its owner, as a phone or a security key would. */
async function withAuthenticator(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  const protocol = await context.newCDPSession(page)
  await protocol.send('WebAuthn.enable')
  await protocol.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return page
}

async function press(page: Page, label: string): Promise<void> {
  await page.getByRole('button', { name: label, exact: true }).click()
}

for (const locale of ['en', 'ar'] as const) {
  test(`an invited person makes a passkey, signs out and signs in with it (${locale})`, async () => {
    const t = accountsText(locale)
    const context = await browser.newContext()
    const page = await withAuthenticator(context)
    const faults: string[] = []
    page.on('pageerror', (fault) => faults.push(fault.message))
    page.on('console', (line) => {
      if (line.type() === 'error' && !line.location().url.endsWith('/favicon.ico')) faults.push(line.text())
    })

    await page.goto(await invited(`noor.${locale}@sahiliya.example`, locale))
    expect(await page.locator('html').getAttribute('lang')).toBe(locale)
    await press(page, t('enrol.passkey.do'))
    await page.waitForURL(`**/${locale}/my-account?new=yes`)
    expect(await page.locator('header').textContent()).toContain(
      served.world.community.kindName('technical', locale),
    )

    await press(page, t('sign-out'))
    await page.waitForURL(`**/${locale}`)
    await page.goto(new URL(`/${locale}/my-account`, served.origin).href)
    await press(page, t('sign-in.passkey'))
    await page.waitForURL(`**/${locale}/my-account`)

    served.world.clock.advance(11 * minute)
    await page.reload()
    await page.getByRole('link', { name: t('prove.title'), exact: true }).click()
    await press(page, t('prove.passkey'))
    await page.waitForURL(`**/${locale}/my-account`)
    expect(await page.getByRole('link', { name: t('prove.title'), exact: true }).count()).toBe(0)

    await press(page, t('passkey.remove'))
    expect(await page.getByRole('alert').first().textContent()).toContain(t('accounts/last-passkey'))
    expect(faults.filter((line) => !line.includes('409'))).toEqual([])
    await context.close()
  })
}

test('the answer of a passkey works once, and not for another page', async () => {
  const context = await browser.newContext()
  const page = await withAuthenticator(context)
  await page.goto(await invited('once@sahiliya.example', 'en'))
  await press(page, 'Accept with a passkey')
  await page.waitForURL('**/en/my-account?new=yes')
  await press(page, 'Sign out')
  await page.goto(new URL('/en/sign-in', served.origin).href)
  const sent = page.waitForRequest((request) => request.method() === 'POST')
  await press(page, 'Sign in with a passkey')
  const answer = new URLSearchParams((await sent).postData() ?? '').get('answer') ?? ''
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
  expect(answer).not.toBe('')

  const other = await served.world.visitor()
  expect((await other.post('/en/sign-in/passkey', { answer })).status).toBe(403)
  const mission = await served.world.visitor({ role: 'mission', state: sahiliya })
  expect((await mission.post('/en/prove/passkey', { answer })).status).toBe(403)
  for (const nonsense of ['', '{}', '[]', 'x', answer.replace('signature', 'signed')])
    expect((await other.post('/en/sign-in/passkey', { answer: nonsense })).status).toBe(403)
  await context.close()
})

test('the first directory manager comes in by passkey', async () => {
  const { world, origin } = served
  const made = await createFirstManager(
    world.directory.performer,
    { keys: world.keys, clock: world.clock, origin },
    { email: 'mira@directory.example', name: 'Mira Example', language: 'en' },
  )
  const context = await browser.newContext()
  const page = await withAuthenticator(context)
  await page.goto(made.ok ? made.value : '')
  await press(page, 'Accept with a passkey')
  await page.waitForURL('**/en/my-account?new=yes')
  expect(await page.locator('header').textContent()).toContain('Directory manager')
  expect(await page.getByText('One-time codes', { exact: true }).count()).toBe(0)
  await context.close()
})

test('whoever has a password and becomes a manager loses it, and needs a passkey for that', async () => {
  const { world, origin } = served
  const email = 'rising@sahiliya.example'
  const person = await personWithPassword(world, email, { role: 'poc', kind: 'technical', state: sahiliya })
  const made = await createFirstManager(
    world.directory.performer,
    { keys: world.keys, clock: world.clock, origin },
    { email, name: person.name, language: 'en' },
  )
  const link = made.ok ? made.value : ''
  const context = await browser.newContext()
  const page = await withAuthenticator(context)
  const signIn = async () => {
    await page.goto(new URL('/en/sign-in', origin).href)
    await page.getByLabel('E-mail address').fill(email)
    await page.getByLabel('Password').fill(password)
    await page.getByLabel('Code from the app').fill(nextCode(world))
    await press(page, 'Sign in')
  }
  await signIn()
  await page.goto(link)
  await press(page, 'Accept the invitation')
  expect(await page.locator('.errors').textContent()).toContain('with a passkey only')

  await page.goto(new URL('/en/my-account', origin).href)
  await press(page, 'Add a passkey')
  await page.getByText('You have one passkey').waitFor()
  await press(page, 'Sign out')
  await page.goto(new URL('/en/sign-in', origin).href)
  await press(page, 'Sign in with a passkey')
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
  await page.goto(link)
  await press(page, 'Accept the invitation')
  await press(page, 'Directory manager')
  await page.goto(new URL('/en/my-account', origin).href)
  expect(await page.locator('header').textContent()).toContain('Directory manager')
  await press(page, 'Sign out')
  await signIn()
  expect(await page.locator('.errors').textContent()).toContain('This did not fit')
  await context.close()
})

test('without scripts, a person comes in with password and app, and signs in again', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(await invited('plain@sahiliya.example', 'en'))
  expect(await page.getByRole('button', { name: 'Accept with a passkey' }).isVisible()).toBe(false)
  const shown = await page.locator('p.code').textContent()
  const secret = Secret.fromBase32((shown ?? '').replace(/\s/g, ''))
  const code = () => TOTP.generate({ secret, timestamp: served.world.clock.now().getTime() })

  await page.getByLabel('Password').fill(password)
  await page.getByLabel('Six digits that the app shows now').fill('000000')
  await press(page, 'Accept with password and app')
  expect(await page.getByRole('alert').first().textContent()).toContain('This code is not right')
  expect((await page.locator('p.code').textContent())?.trim()).toBe(shown?.trim())

  await page.getByLabel('Password').fill(password)
  await page.getByLabel('Six digits that the app shows now').fill(code())
  await press(page, 'Accept with password and app')
  expect(page.url()).toContain('/en/my-account?new=yes')
  const cookies = await context.cookies()
  expect(cookies.map(({ name, httpOnly }) => [name, httpOnly])).toEqual([
    [sessionCookieName(served.origin), true],
  ])

  await press(page, 'Print ten new codes')
  expect(await page.locator('li.code').count()).toBe(10)
  await press(page, 'Sign out')
  served.world.clock.advance(minute)
  await page.goto(new URL('/en/sign-in', served.origin).href)
  await page.getByLabel('E-mail address').fill('plain@sahiliya.example')
  await page.getByLabel('Password').fill(password)
  await page.getByLabel('Code from the app').fill(code())
  await press(page, 'Sign in')
  expect(await page.locator('header').textContent()).toContain('Noor Example')
  await context.close()
})

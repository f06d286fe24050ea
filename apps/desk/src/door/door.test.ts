import { after, minute } from '@parley/kernel'
import { describe, expect, test } from 'vitest'
import { amal, emptyFolder } from '../../test/desk-folder.ts'
import { browse, office, openedDesk, openOffice, origin } from '../../test/desk-browser.ts'

describe('who is answered', () => {
  test('RULE-1: only the printed address is answered: a foreign Host, as after DNS rebinding, is turned away', async () => {
    const browser = await openOffice(openedDesk())
    for (const host of ['rebound.example:8318', 'localhost', '127.0.0.1:8318', 'localhost:8319', ''])
      expect(await browser.get('/en', { host })).toMatchObject({ status: 421, text: 'Unknown host' })
    expect((await browser.get('/en')).status).toBe(200)
  })

  test('RULE-1: a page of another origin neither reads nor writes, not even one of another port', async () => {
    const browser = await openOffice(openedDesk())
    for (const from of [
      'https://hostile.example',
      'http://localhost:3000',
      'null',
      'http://127.0.0.1:8318',
    ]) {
      expect((await browser.post('/en/lock', {}, { origin: from })).status).toBe(403)
      expect((await browser.get('/en', { origin: from })).status).toBe(403)
    }
    for (const site of ['cross-site', 'same-site'])
      expect((await browser.get('/en', { 'sec-fetch-site': site })).status).toBe(403)
    expect((await browser.post('/en/lock', {}, {})).status).toBe(403)
    expect((await browser.get('/en')).text).toContain(amal.name)
  })

  test('no answer may be read, framed or kept by anybody else', async () => {
    const desk = openedDesk()
    const browser = browse(desk)
    const entered = await desk.fetch(
      new Request(`${origin}/en/door`, {
        method: 'POST',
        headers: { origin, host: 'localhost:8318', 'content-type': 'application/x-www-form-urlencoded' },
        body: `secret=${desk.secret ?? ''}`,
      }),
    )
    expect(entered.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict$/)
    const { headers } = await browser.get('/en/door')
    expect(headers.get('access-control-allow-origin')).toBeNull()
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'")
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  })
})

describe('the secret', () => {
  test('without it nothing is shown; it lets one browser in, once', async () => {
    const desk = openedDesk()
    const browser = browse(desk)
    for (const path of ['/en', '/en/begin', '/en/unlock', '/en/cases/one'])
      expect((await browser.get(path)).at).toBe('/en/door')
    const wrong = await browser.post('/en/door', { secret: 'AAAAA-AAAAA-AAAAA-AAAAA' })
    expect(wrong.status).toBe(403)
    expect(wrong.text).toContain('This is not the secret')
    expect((await browser.post('/en/door', { secret: desk.secret?.toLowerCase() ?? '' })).at).toBe(
      '/en/first-start',
    )
    const other = browse(desk)
    expect((await other.post('/en/door', { secret: desk.secret ?? '' })).text).toContain('used before')
  })
})

describe('locked', () => {
  test('RULE-5: after a restart no page shows a case until the passphrase fits', async () => {
    const folder = emptyFolder()
    const first = openedDesk({ folder })
    await openOffice(first)
    await first.close()
    const desk = openedDesk({ folder })
    const browser = browse(desk)
    expect((await browser.post('/en/door', { secret: desk.secret ?? '' })).at).toContain('/en/unlock')
    for (const path of ['/en', '/en/cases', '/en/cases/one', '/en/office'])
      expect((await browser.get(path)).text).toContain('no mail is fetched')
    const wrong = await browser.post('/en/unlock', { name: amal.name, passphrase: 'not this one at all' })
    expect(wrong.status).toBe(403)
    expect((await browser.post('/en/unlock', { ...amal, back: '/office' })).text).toContain(office.entity)
  })

  test('RULE-5: after thirty idle minutes and at the button nothing of it is shown any more', async () => {
    let now = new Date('2026-11-27T03:00:00Z')
    const desk = openedDesk({ clock: { now: () => now } })
    const browser = await openOffice(desk)
    now = after(now, 29 * minute)
    // A page that renews itself is nobody.
    expect((await browser.get('/en?renewed=yes')).text).toContain(amal.name)
    now = after(now, 2 * minute)
    expect((await browser.get('/en/cases')).at).toContain('/en/unlock')
    expect(desk.desk.store.opened()).toBeUndefined()
    await browser.post('/en/unlock', { ...amal })
    expect((await browser.get('/en')).text).toContain('Locks after 30 minutes')
    expect((await browser.post('/en/lock')).at).toBe('/en/unlock')
    expect(desk.desk.store.opened()).toBeUndefined()
    expect((await browser.get('/en')).text).not.toContain(amal.name)
  })

  test('a Desk for several people asks for a name and a passphrase, and for no secret', async () => {
    const folder = emptyFolder()
    const first = openedDesk({ folder })
    await openOffice(first)
    await first.close()
    const browser = browse(openedDesk({ folder, isShared: true }))
    expect((await browser.get('/en')).at).toContain('/en/unlock')
    expect((await browser.post('/en/unlock', { ...amal })).text).toContain(amal.name)
  })
})

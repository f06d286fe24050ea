import { launchChromium } from '@parley/testkit'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Entry } from '../../src/modules/directory/index.ts'
import { noteAnswered } from '../../src/modules/directory/note-answered.ts'
import { openPage } from '../browser-page.ts'
import { addExample, exampleContent } from '../entry-examples.ts'
import { email, phone, stateCode } from '../nominate.ts'
import { openWorld, origin, type Visitor, type World } from '../world.ts'

let world: World
let browser: Browser
let visitor: Visitor
const entries: Entry[] = []
let french: Entry

beforeAll(async () => {
  world = await openWorld()
  browser = await launchChromium()
  const states = world.community.states.filter(({ fictional }) => fictional).map(({ code }) => code)
  await world.participate(...states)
  for (const state of states.slice(0, 20))
    entries.push(await addExample(world, state, 'technical', fullContent(state)))
  await world.participate(stateCode('FR'), stateCode('DE'))
  french = await addExample(world, stateCode('FR'), 'technical', {
    ...exampleContent('Centre national de réponse aux incidents informatiques'),
    addresses: [phone('+99955501742'), email('poc@cert.fr.example')],
    language: 'fr',
    entityName: {
      original: 'Centre national de réponse aux incidents informatiques',
      english: 'National Cyber Incident Response Team',
    },
    workingLanguages: ['fr', 'en'],
    availability: { timeZone: 'Europe/Paris', days: [], always: true },
  })
  await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    noteAnswered(tx, {
      entry: french.id,
      rung: 'answered',
      at: world.clock.now(),
      month: world.clock.now().toISOString().slice(0, 7),
    }),
  )
  visitor = await world.visitor({ role: 'poc', kind: 'technical', state: stateCode('XB') })
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await world?.close()
})

/** Every field that the form has, as long as offices write them. */
function fullContent(state: string) {
  return exampleContent(`Team ${state}`, {
    language: 'ar',
    holder: 'representative',
    entityName: {
      original: 'الفريق الوطني للاستجابة لطوارئ الحاسوب والأمن السيبراني',
      english: 'National Computer Emergency Response and Cybersecurity Team',
    },
    personName: 'Noor Example',
    addresses: [
      phone('+99955501742'),
      { ...phone('+99955501743'), urgent: false },
      { ...phone('+99955501744'), urgent: false, extension: '1234' },
      email(`poc@national-cert.${state.toLowerCase()}.example`),
      email(`duty-officer@national-cert.${state.toLowerCase()}.example`),
      email(`urgent@national-cert.${state.toLowerCase()}.example`),
    ],
    workingLanguages: ['ar', 'fr', 'en', 'sw'],
    availability: {
      timeZone: 'America/Argentina/Buenos_Aires',
      opens: '08:30',
      closes: '17:00',
      days: [1, 2, 3, 4, 5],
      always: false,
    },
  })
}

describe.each(['en', 'ar'])('in %s', (locale) => {
  test('twenty full cards are printed on two pages', async () => {
    const page = await openPage(browser, world, visitor)
    await page.goto(`${origin.origin}/${locale}/counterparts?cards=${entries.map(({ id }) => id).join(',')}`)
    const pdf = await page.pdf({ preferCSSPageSize: true, format: 'A4' })
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(2)
  })

  test('POC-09, POC-37: what is needed first stands on one screen of a telephone, the number on top', async () => {
    const page = await openPage(
      browser,
      world,
      await world.visitor({ role: 'poc', kind: 'technical', state: stateCode('DE') }),
    )
    await page.goto(`${origin.origin}/${locale}/entries/${french.id}`)
    const rows = page.locator('dl.facts > div')
    const bottoms = await rows.evaluateAll((all) => all.map((row) => row.getBoundingClientRect().bottom))
    // E-mail, working languages, last answered and the directories of both; room for a key's fingerprint is left.
    expect(bottoms[3]).toBeLessThan(740)
    expect(
      await page.locator('a.number').evaluate((number) => number.getBoundingClientRect().bottom),
    ).toBeLessThan(420)
  })

  test('nothing is loaded before the number but one stylesheet', async () => {
    const page = await visitor.get(`/${locale}/entries/${french.id}`)
    const [before = ''] = page.text.split('class="number"')
    expect(before.match(/<link rel="stylesheet"/g)).toHaveLength(1)
    expect(before).not.toContain('<script')
    expect(before.length).toBeLessThan(8_000)
  })
})

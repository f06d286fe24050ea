import { type Locale, locales } from '@parley/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { email, nominate, phone, stateCode } from '../../../test/nominate.ts'
import { managerEmail, openWorld, type Visitor, type World } from '../../../test/world.ts'
import { letterNames, type LetterName } from './letters.ts'

const sahiliya = stateCode('XA')
const norvalia = stateCode('XB')

let world: World
let entry: string
let others: string
beforeAll(async () => {
  world = await openWorld()
  await world.participate(sahiliya, norvalia)
  const addresses = [email('poc@cert.sahiliya.example'), phone('+99955022117')]
  entry = (await nominate(world, sahiliya, 'technical', { name: 'Team of Sahiliya', addresses })).id
  others = (
    await nominate(world, norvalia, 'technical', {
      name: 'Team of Norvalia',
      addresses: [email('poc@cert.norvalia.example')],
    })
  ).id
})
afterAll(() => world.close())

/** Where what a letter says is typed: by the directory manager, or by the Mission where the manager has no such form. */
const forms: Readonly<
  Record<LetterName, () => { readonly as: 'manager' | 'mission'; readonly path: string }>
> = {
  access: () => ({ as: 'manager', path: '/en/states/XZ/access-request' }),
  nomination: () => ({ as: 'manager', path: '/en/entries/new' }),
  change: () => ({ as: 'manager', path: `/en/entries/${entry}/change` }),
  withdrawal: () => ({ as: 'manager', path: `/en/entries/${entry}/withdraw` }),
  user: () => ({ as: 'manager', path: '/en/states/XA/users' }),
  contact: () => ({ as: 'manager', path: '/en/states/XA/mission' }),
  authority: () => ({ as: 'mission', path: '/en/our-state/contact' }),
  leaving: () => ({ as: 'mission', path: '/en/leave' }),
}

test.each(letterNames)(
  'POC-15: the letter «%s» has every field of the form that it is entered into, in the same order',
  async (letter) => {
    const { as, path } = forms[letter]()
    const who = as === 'manager' ? await world.visitor({ role: as }) : await mission()
    const asked = fieldsOf((await who.get(path)).text, letter)
    const printed = printedIn(await get(`/en/letters/${letter}`))
    expect(asked.length).toBeGreaterThan(0)
    expect(driftOf(asked, printed)).toEqual([])
  },
)

test('planted: a field that the form gains, loses or moves is found', () => {
  expect(driftOf(['email', 'key'], ['state', 'email'])).toEqual(['the letter lacks key'])
  expect(driftOf(['email'], ['state', 'email', 'fax'])).toEqual(['the form lacks fax'])
  expect(driftOf(['email', 'name'], ['state', 'name', 'email'])).toEqual(['another order'])
})

test.each(locales)(
  'POC-16, RULE-10: in %s every letter is public, blank, and collects nothing',
  async (locale) => {
    for (const letter of letterNames) {
      const page = await get(`/${locale}/letters/${letter}`)
      const main = mainOf(page)
      expect(main).not.toMatch(/<(form|input|select|textarea|button)\b/)
      expect(main).toContain(`mailto:${managerEmail}`)
      expect(filledIn(main)).toEqual([])
      expect(namesOf(locale).filter((name) => main.includes(name))).toEqual([])
    }
    const list = await get(`/${locale}/letters`)
    for (const letter of letterNames) expect(list).toContain(`href="/${locale}/letters/${letter}"`)
  },
)

test('RULE-1: beside every line for free text stands that no incident information belongs there', async () => {
  const fields = fieldBlocks(await get('/en/letters/nomination'))
  const free = [
    'noteVerbale',
    'entityName',
    'description',
    'personName',
    'nationalRole',
    'email1Label',
    'languageMore',
  ]
  for (const name of free) expect(fields.get(name)).toContain('No incident information here.')
  expect(fieldBlocks(await get('/en/letters/change')).get('entry')).toContain('No incident information here.')
})

test('a Mission gets its letters filled in with what is known of its own State, and nothing is kept', async () => {
  const asMission = await mission()
  const before = await rows()
  const change = mainOf((await asMission.get(`/en/letters/change?entry=${entry}`)).text)
  expect(filledIn(change)).toEqual(
    expect.arrayContaining([
      'Sahiliya',
      'Technical POC · Team of Sahiliya',
      'Team of Sahiliya',
      '+99955022117',
    ]),
  )
  const withdrawal = mainOf((await asMission.get(`/en/letters/withdrawal?entry=${entry}`)).text)
  expect(filledIn(withdrawal)).toEqual(['Sahiliya', 'Technical POC · Team of Sahiliya'])
  await asMission.get('/en/letters')
  expect(await rows()).toBe(before)
})

test('what another State wrote comes on nobody else’s letter', async () => {
  const path = `/en/letters/change?entry=${others}`
  expect(filledIn(mainOf((await (await mission()).get(path)).text))).toEqual(['Sahiliya'])
  for (const who of [
    undefined,
    { role: 'manager' },
    { role: 'poc', kind: 'technical', state: norvalia },
  ] as const) {
    const page = await (await world.visitor(who)).get(path)
    expect(page.status).toBe(200)
    expect(filledIn(mainOf(page.text))).toEqual([])
  }
  for (const odd of ['?entry=', '?entry=%00', "?entry='", '?entry=<b>', `?entry=${'9'.repeat(5000)}`])
    expect((await (await mission()).get(`/en/letters/change${odd}`)).status).toBe(200)
  expect((await (await world.visitor()).get('/en/letters/anything')).status).toBe(404)
})

test('the forms of the directory manager say which letter they are entered from, and the Mission finds all', async () => {
  const manager = await world.visitor({ role: 'manager' })
  for (const letter of letterNames) {
    const { as, path } = forms[letter]()
    if (as === 'manager') expect((await manager.get(path)).text).toContain(`href="/en/letters/${letter}"`)
  }
  expect((await (await mission()).get('/en/our-state')).text).toContain('href="/en/letters"')
  expect(await get('/en/how-to-join')).toContain('href="/en/letters/access"')
  expect((await (await mission()).get('/en/entries/new')).text).not.toContain('/letters/')
})

async function get(path: string): Promise<string> {
  const { status, text } = await (await world.visitor()).get(path)
  expect(status).toBe(200)
  return text
}

function mission(): Promise<Visitor> {
  return world.visitor({ role: 'mission', state: sahiliya })
}

/** The names of the fields of a form, in order; the form among several that holds the letter's own. */
function fieldsOf(page: string, letter: LetterName): readonly string[] {
  const all = mainOf(page)
    .split('<form')
    .slice(1)
    .map((form) => form.slice(0, form.indexOf('</form>')))
  const wanted =
    letter === 'authority' ? 'name="authorityName"' : letter === 'user' ? 'name="role"' : 'name="'
  const form = all.find((each) => each.includes(wanted)) ?? ''
  const names = [...form.matchAll(/<(?:input|select|textarea)\b[^>]*>/g)]
    .filter(([tag]) => !tag.includes('type="hidden"'))
    .flatMap(([tag]) => /\sname="([^"]+)"/.exec(tag)?.[1] ?? [])
  return [...new Set(names)]
}

function printedIn(page: string): readonly string[] {
  return [...fieldBlocks(page).keys()]
}

/** Each field of a letter by its name, with all that stands in it. */
function fieldBlocks(page: string): ReadonlyMap<string, string> {
  const blocks = mainOf(page)
    .split(/<div class="field" id="/)
    .slice(1)
  return new Map(blocks.map((block) => [block.slice(0, block.indexOf('"')), block]))
}

/** What the form has in its address stands on the letter besides. */
const inAddress = ['state', 'entry']

function driftOf(form: readonly string[], letter: readonly string[]): readonly string[] {
  const besides = letter.filter((name) => form.includes(name) || !inAddress.includes(name))
  const lacks = form.filter((name) => !letter.includes(name)).map((name) => `the letter lacks ${name}`)
  const more = besides.filter((name) => !form.includes(name)).map((name) => `the form lacks ${name}`)
  if (lacks.length + more.length > 0) return [...lacks, ...more]
  return besides.join() === form.join() ? [] : ['another order']
}

/** What stands on the lines, and the boxes that are ticked. */
function filledIn(main: string): readonly string[] {
  return [...main.matchAll(/<bdi[^>]*>([^<]*)<\/bdi>|<span class="box">(×)<\/span>/g)]
    .map(([, line, box]) => line ?? box ?? '')
    .filter((text) => text !== '' && text !== managerEmail)
}

function mainOf(page: string): string {
  return page.slice(page.indexOf('<main'), page.indexOf('</main>'))
}

function namesOf(locale: Locale): readonly string[] {
  return world.community.states.filter(({ fictional }) => fictional).map(({ names }) => names[locale])
}

/** Every act that the history holds. */
async function rows(): Promise<number> {
  return world.directory.database.transaction({ role: 'worker' }, async (tx) => {
    const { count } = await tx
      .withTables<{ 'history.act': { readonly id: string } }>()
      .selectFrom('history.act')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    return count
  })
}

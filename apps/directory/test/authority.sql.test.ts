import { newId } from '@parley/kernel'
import { webText } from '@parley/web'
import { format } from 'prettier'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Authority, everyone, mayRole, mergeAuthority } from '../src/platform/session/authority.ts'
import type { Room } from '../src/room.ts'
import { openDemonstrationWorld } from './demonstration-world.ts'
import { holdingOf, type PersonRole } from './people.ts'
import type { Page, Visitor, World } from './world.ts'

let world: World
let authority: Authority
beforeAll(async () => {
  world = await openDemonstrationWorld()
  authority = mergeAuthority(world.directory.rooms.map((room) => room.authority))
})
afterAll(() => world.close())

test('every verb of a page, form, stream or menu stands in one authority table, and every verb there is used', () => {
  expect(findProblems(world.directory.rooms)).toEqual([])
})

test('planted: a verb that no table knows, one that nobody uses and one in two tables are found', () => {
  const { rooms } = world.directory
  const [first] = rooms
  const unknown = { ...first, menu: [{ route: { path: '/' }, verb: 'planted.write', label: () => '' }] }
  expect(findProblems([...rooms, planted({}, unknown.menu)])).toEqual(['planted.write stands in no table'])
  expect(findProblems([...rooms, planted({ 'planted.erase': [] })])).toEqual(['nobody uses planted.erase'])
  const twice = planted({ 'community.overview.read': ['manager'] })
  expect(() => findProblems([...rooms, twice])).toThrow('speak of community.overview.read')
})

type Verbs = Pick<Room, 'authority' | 'pages' | 'forms' | 'lives' | 'menu' | 'footer' | 'operations'>

function planted(table: Authority, menu: Room['menu'] = []): Verbs {
  return { authority: table, pages: [], forms: [], menu }
}

function findProblems(rooms: readonly Verbs[]): readonly string[] {
  const tables = mergeAuthority(rooms.map((room) => room.authority))
  const used = new Set(
    rooms.flatMap(({ pages, forms, lives = [], menu = [], footer = [], operations = [] }) =>
      [...pages, ...forms, ...lives, ...menu, ...footer, ...operations].map(({ verb }) => verb),
    ),
  )
  return [
    ...[...used].filter((verb) => !Object.hasOwn(tables, verb)).map((verb) => `${verb} stands in no table`),
    ...Object.keys(tables)
      .filter((verb) => !used.has(verb))
      .map((verb) => `nobody uses ${verb}`),
  ]
}

test('docs/authority.md says what the tables say (vitest --update writes it anew)', async () => {
  const words = await format(handbook(world.directory.rooms), { parser: 'markdown', printWidth: 110 })
  await expect(words).toMatchFileSnapshot('../../../docs/authority.md')
})

/** Everyone, and the systems of States. */
const shown = [...everyone, 'system'] as const

function handbook(rooms: readonly Room[]): string {
  const rows = rooms.flatMap((room) =>
    Object.entries(room.authority).map(([verb, may]) =>
      [`\`${verb}\``, ...shown.map((role) => (may.includes(role) ? 'yes' : ''))].join(' | '),
    ),
  )
  return `# Who may do what

Role by verb, denied by default: what is empty is refused. Every page and form declares its verb; the tables stand
in the modules (\`authority.ts\`), and a test tries each page and form as each role and compares this file with them.
Whose entry, check or user it is, is asked beyond this table by the actions and by row-level security
([what the database lets each role do](authority-in-the-database.md)).

| verb | ${shown.join(' | ')} |
| --- | ${shown.map(() => '---').join(' | ')} |
${rows.map((row) => `| ${row} |`).join('\n')}
`
}

test.each(everyone)(
  'tried as %s: what the tables deny is refused, and what they allow is not',
  async (role) => {
    const wrong: string[] = []
    const { rooms } = world.directory
    const hold = (what: string, verb: string, page: Page) => {
      if (isDenied(page, role) === mayRole(authority, role, verb) || page.status >= 500)
        wrong.push(`${what} (${verb}): ${page.status} ${page.location}`)
    }
    for (const { route, verb } of rooms.flatMap((room) => room.pages))
      hold(`GET ${route.path}`, verb, await (await visitorAs(role)).get(addressOf(route.path)))
    for (const { route, verb } of rooms.flatMap((room) => room.forms))
      hold(`POST ${route.path}`, verb, await (await visitorAs(role)).post(addressOf(route.path)))
    expect(wrong).toEqual([])
  },
)

test.each(everyone)(
  'RULE-3: tried as %s: what renews itself is refused to whom the tables deny it',
  async (role) => {
    const lives = world.directory.rooms.flatMap((room) => room.lives ?? [])
    expect(lives.length).toBeGreaterThan(0)
    for (const { route, verb } of lives) {
      const { status, text } = await (await visitorAs(role)).get(addressOf(route.path))
      // Whoever may is told that there is no such round: of one that runs the stream would not end.
      expect([status, text]).toEqual([mayRole(authority, role, verb) ? 404 : 403, ''])
    }
  },
)

test.each(everyone)('tried as %s: no session opens what is for systems', async (role) => {
  for (const { path } of world.directory.rooms.flatMap((room) => room.operations ?? [])) {
    const { status } = await (await visitorAs(role)).get(path.replace(/\{[a-z]+\}/g, () => newId()))
    expect(status).toBe(401)
  }
})

/** Each request in a session of its own: some of them end it. */
function visitorAs(role: PersonRole): Promise<Visitor> {
  return world.visitor(holdingOf(role))
}

/** A refusal that says so: 403 is also the answer to wrong credentials. */
function isDenied({ status, location, text }: Page, role: PersonRole): boolean {
  if (role === 'stranger') return status === 303 && /^\/en\/sign-in(\?|$)/.test(location)
  return status === 403 && text.includes(webText('en')('web/forbidden'))
}

/** An address of this pattern that is well-formed; of the ids in it, only the State is there. */
function addressOf(path: string): string {
  return `/en${path.replace(/:([a-z]+)\+?/gi, (_, name: string) => wellFormed[name] ?? newId())}`
}

const wellFormed: Readonly<Record<string, string>> = { state: 'XA', letter: 'access', code: '000000000000' }

import { addressOf, type Addresses, findAddresses } from '../../apps/directory/test/addresses.ts'
import { ask } from '../../apps/directory/test/issue.ts'
import type { Visitor, World } from '../../apps/directory/test/world.ts'
import { everyone, mayRole, mergeAuthority } from '../../apps/directory/src/platform/session/authority.ts'
import { type Browsers, personRoles, type Who } from './people.ts'

export const kinds = ['page', 'form', 'live', 'operation', 'address book', 'other door'] as const
export type Kind = (typeof kinds)[number]

/** Something that answers on the street, by the pattern of its address. */
export interface Target {
  readonly kind: Kind
  readonly method: string
  /** With the language in front, where it stands below one. */
  readonly pattern: string
  readonly inLanguages: boolean
  /** Who may, as the authority table says; everybody else is refused. */
  readonly who: readonly Who[]
  /** Names that mean something there, with values that would be right. */
  readonly fields: Readonly<Record<string, readonly string[]>>
}

export interface Targets {
  readonly all: readonly Target[]
  /** What stands in addresses, for things that are there. */
  readonly there: Addresses
}

/** The part of the OpenAPI document that says what may be asked. */
interface Described {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly parameters?: readonly Parameter[] }>>>
  >
}

interface Parameter {
  readonly name: string
  readonly in: string
}

/** Everything that answers, in the order in which the rooms declare it; the API as its own document tells it. */
export async function findTargets(world: World, browsers: Browsers): Promise<Targets> {
  const { rooms } = world.directory
  const found = await findAddresses(world)
  const [, proposal = ''] = /proposals\/([^/]+)/.exec(found['/proposals/:proposal/for-state'] ?? '') ?? []
  const there = { ...found, proposal, number: '1' }
  const authority = mergeAuthority(rooms.map((room) => room.authority))
  const may = (verb: string) => everyone.filter((role) => mayRole(authority, role, verb))
  const written = await readForms(world, there, (verb) => {
    const first = readers.find((role) => may(verb).includes(role))
    return first && browsers.of(first)
  })
  const pages = rooms.flatMap((room) => room.pages)
  const asked = namesInLinks(written.texts)
  const below = (kind: Kind, method: string, fields: (path: string) => Target['fields']) => {
    return ({
      route,
      verb,
    }: {
      readonly route: { readonly path: string }
      readonly verb: string
    }): Target => ({
      kind,
      method,
      pattern: route.path,
      inLanguages: true,
      who: may(verb),
      fields: fields(route.path),
    })
  }
  const { paths }: Described = JSON.parse((await ask(world, '/api/openapi.json')).text)
  const operations = Object.entries(paths).map(([path, methods]): Target => {
    const parameters = Object.values(methods).flatMap((each) => each.parameters ?? [])
    const fields = parameters
      .filter((each) => each.in === 'query')
      .map(({ name }) => [name, ['XA', 'technical', 'en', '1', '50']] as const)
    const pattern = `/api/v1${path.replace(/\{(\w+)\}/g, ':$1')}`
    return door('operation', 'GET', pattern, ['system'], Object.fromEntries(fields))
  })
  const all = [
    ...pages.map(below('page', 'GET', () => asked)),
    ...rooms
      .flatMap((room) => room.forms)
      .map((form) => below('form', 'POST', (path) => together(form.choices, written.fieldsOf(path)))(form)),
    ...rooms.flatMap((room) => room.lives ?? []).map(below('live', 'GET', () => asked)),
    ...operations,
    ...['PROPFIND', 'REPORT', 'GET', 'OPTIONS', 'PUT'].flatMap((method) =>
      [
        '/carddav/',
        '/carddav/books/directory/',
        '/carddav/books/directory/:entry.vcf',
        '/carddav/:token',
      ].map((pattern) => door('address book', method, pattern, ['system'])),
    ),
    ...otherDoors.map(([method, pattern]) => door('other door', method, pattern, [...personRoles, 'system'])),
  ]
  return { all, there }
}

/** What no room declares as a page, a form or an operation. */
const otherDoors = [
  ['GET', '/'],
  ['GET', '/healthz'],
  ['GET', '/readyz'],
  ['GET', '/robots.txt'],
  ['GET', '/.well-known/security.txt'],
  ['GET', '/.well-known/carddav'],
  ['GET', '/api/openapi.json'],
  ['GET', '/api/problems/:token'],
  ['GET', '/assets/:token'],
  ['GET', '/:token'],
  ['POST', '/:token'],
  ['GET', '/en/:token/:account'],
  ['POST', '/en/demonstration/mail/:mail/reply'],
  ['PUT', '/en/find'],
  ['DELETE', '/api/v1/entries'],
] as const

/** What the schema of a form says, and what its page offers besides. */
function together(chosen: Target['fields'], offered: Target['fields']): Target['fields'] {
  const names = new Set([...Object.keys(chosen), ...Object.keys(offered)])
  return Object.fromEntries(
    [...names].map((name) => [name, [...(chosen[name] ?? []), ...(offered[name] ?? [])]]),
  )
}

function door(
  kind: Kind,
  method: string,
  pattern: string,
  who: Target['who'],
  fields: Target['fields'] = {},
): Target {
  return { kind, method, pattern, inLanguages: false, who, fields }
}

/** Those for whom most stands on a page come first. */
const readers = ['mission', 'manager', 'poc', ...everyone] as const

/** Reads every page as somebody who may, for the forms that stand on it. */
async function readForms(world: World, there: Addresses, readerFor: (verb: string) => Visitor | undefined) {
  const { rooms } = world.directory
  const texts: string[] = []
  for (const { route, verb } of rooms.flatMap((room) => room.pages)) {
    const page = await readerFor(verb)?.get(addressOf(there, route.path, 'en'))
    if (page?.status === 200) texts.push(page.text)
  }
  const forms = texts.flatMap((text) => [
    ...text.matchAll(/<form\b[^>]*action="([^"?]*)[^>]*>(.*?)<\/form>/gs),
  ])
  const fieldsOf = (path: string): Target['fields'] => {
    const pattern = new RegExp(`^/en${path.replace(/:\w+\+/g, '.+').replace(/:\w+/g, '[^/]+')}$`)
    const found: Record<string, string[]> = {}
    for (const [, action = '', inside = ''] of forms)
      if (pattern.test(action))
        for (const { name, values } of fieldsIn(inside)) {
          const known = (found[name] ??= [])
          for (const value of values) if (known.length < 6 && !known.includes(value)) known.push(value)
        }
    return found
  }
  return { texts, fieldsOf }
}

/** The fields of a form, with the values that it offers. */
function fieldsIn(markup: string): readonly { readonly name: string; readonly values: readonly string[] }[] {
  const simple = [...markup.matchAll(/<(?:input|button|textarea)\b([^>]*)>/g)].flatMap(
    ([, attributes = '']) => {
      const name = attributeOf(attributes, 'name')
      return name === undefined ? [] : [{ name, values: [attributeOf(attributes, 'value') ?? ''] }]
    },
  )
  const lists = [...markup.matchAll(/<select\b([^>]*)>(.*?)<\/select>/gs)].flatMap(
    ([, attributes = '', inside = '']) => {
      const name = attributeOf(attributes, 'name')
      const values = [...inside.matchAll(/<option\b[^>]*value="([^"]*)"/g)].map(([, value = '']) => value)
      return name === undefined ? [] : [{ name, values }]
    },
  )
  return [...simple, ...lists]
}

function attributeOf(attributes: string, name: string): string | undefined {
  return new RegExp(`\\b${name}="([^"]*)"`)
    .exec(attributes)?.[1]
    ?.replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}

/** What pages are asked with, in links and in forms that only ask. */
function namesInLinks(texts: readonly string[]): Target['fields'] {
  const names: Record<string, string[]> = {}
  for (const text of texts) {
    for (const [, query = ''] of text.matchAll(/href="\/[^"?]*\?([^"#]*)/g))
      for (const [name, value] of new URLSearchParams(query.replaceAll('&amp;', '&')))
        if ((names[name] ??= []).length < 6) names[name].push(value)
    for (const [, inside = ''] of text.matchAll(/<form\b(?![^>]*method="post")[^>]*>(.*?)<\/form>/gs))
      for (const { name, values } of fieldsIn(inside)) names[name] ??= values.slice(0, 6)
  }
  return names
}

import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { hour } from '@parley/kernel'
import { processorTime } from '@parley/testkit'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type Answer, ask, issue } from '../../../test/issue.ts'
import { exampleSymbol, keepExamples } from '../../../test/library-example.ts'
import { email, nominate, phone, stateCode } from '../../../test/nominate.ts'
import { scopes } from '../tokens/index.ts'
import type { Engine } from '../../platform/database/database.ts'
import { openEngine, openWorld, type World } from '../../../test/world.ts'

const root = resolve(import.meta.dirname, '../../../../..')
const state = stateCode('XA')

const operation = z.looseObject({
  operationId: z.string(),
  parameters: z.array(z.looseObject({ name: z.string(), in: z.string() })).default([]),
  responses: z.record(z.string(), z.looseObject({ content: z.record(z.string(), z.unknown()).default({}) })),
})
const document = z.looseObject({
  openapi: z.string(),
  paths: z.record(z.string(), z.looseObject({ get: operation })),
})

let engine: Engine
let world: World
let described: z.output<typeof document>
let ajv: Ajv2020
let token: string
/** What may stand in a path, so that something is there. */
let known: Readonly<Record<string, string>>

beforeAll(async () => {
  engine = await openEngine()
  world = await openWorld({ engine })
  await world.participate(state, stateCode('XB'))
  const entry = await nominate(world, stateCode('XB'), 'technical', {
    name: 'فريق الاستجابة',
    language: 'ar',
    addresses: [phone('+99955501742'), { ...email('duty@xb.example'), label: 'Duty', cardOnly: true }],
    availability: { timeZone: 'Asia/Tbilisi', opens: '09:00', closes: '17:00', days: [1, 2], always: false },
    cardOnly: ['nationalRole'],
  })
  await nominate(world, state, 'diplomatic', { addresses: [email('desk@xa.example')] })
  await world.work('seal', 'checkpoint', 'snapshot')
  token = await issue(world, state, ['entries:read-all', 'snapshot:read'], 365)
  const { number } = z
    .looseObject({ number: z.int() })
    .parse((await ask(world, '/api/v1/snapshot', token)).json)
  await keepExamples(world.directory.performer, world.clock.now())
  known = {
    entry: entry.id,
    state: 'XB',
    number: String(number),
    symbol: exampleSymbol,
    address: 'annex/12',
  }
  const served = await ask(world, '/api/openapi.json')
  described = document.parse(served.json)
  ajv = new Ajv2020({ strict: false, allErrors: true })
  formats.default(ajv)
  ajv.addSchema(described, 'api')
})
afterAll(() => world.close())

test('docs/api.md names every operation and every scope', () => {
  const words = readFileSync(join(root, 'docs/api.md'), 'utf8')
  for (const path of Object.keys(described.paths)) expect(words).toContain(`GET /api/v1${path}\``)
  for (const scope of scopes) expect(words).toContain(`\`${scope}\``)
})

test('POC-12: the OpenAPI document is 3.1, sound to an independent linter, and served to anybody', async () => {
  expect(described.openapi).toBe('3.1.0')
  expect(await lint(described)).toEqual({ failed: false, said: expect.any(String) })
}, 60_000)

test('planted: the linter finds an unsound document', async () => {
  const { paths, ...rest } = described
  const unsound = { ...rest, paths: { ...paths, '/planted/{there}': { get: { responses: {} } } } }
  expect((await lint(unsound)).failed).toBe(true)
}, 60_000)

test('every operation answers as the document says, and undeclared properties would be found', async () => {
  const operations = Object.entries(described.paths)
  expect(operations.length).toBeGreaterThanOrEqual(8)
  for (const [path, { get }] of operations) {
    const answer = await ask(world, `/api/v1${filled(path)}`, token)
    expect([get.operationId, answer.status, problemsOf(path, answer)]).toEqual([get.operationId, 200, []])
    if (isFile(path)) continue
    const planted = { ...answer, json: { ...Object(answer.json), lastAnswered: '2026-11' } }
    expect(problemsOf(path, planted)).not.toEqual([])
  }
})

test('no input brings a fault or an answer that the document does not know: 2,000 requests', async () => {
  const names = ['state', 'kind', 'language', 'text', 'limit', 'cursor', 'participating', 'entry', 'page']
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.constantFrom("' or 1=1--", '%_\\', '\0', '\u202e', '../../etc/passwd', '{{7*7}}', '9'.repeat(400)),
    fc.constantFrom('XA', 'XB', 'technical', 'ar', '20', 'yes', 'en-GB', 'فريق'),
  )
  const request = fc.record({
    path: fc.constantFrom(...Object.keys(described.paths)),
    part: fc.option(hostile, { nil: undefined }),
    query: fc.array(fc.tuple(fc.oneof(fc.constantFrom(...names), hostile), hostile), { maxLength: 4 }),
    method: fc.constantFrom('GET', 'GET', 'GET', 'GET', 'HEAD', 'POST', 'DELETE'),
    language: fc.oneof(fc.constantFrom('ar', 'fr;q=0.1, zh', ';;q=', '*'), fc.string({ maxLength: 40 })),
    tag: fc.option(fc.constantFrom('*', '"x"', 'W/"x", "y"', ',,,'), { nil: undefined }),
  })
  const seen = new Set<number>()
  await fc.assert(
    fc.asyncProperty(request, async ({ path, part, query, method, language, tag }) => {
      world.clock.advance(hour)
      const address = path.replace(/\{([a-z]+)\}/g, (_, name: string) =>
        encodeURIComponent(wellFormed(part ?? known[name] ?? '')),
      )
      const search = new URLSearchParams(query.map(([name, value]) => [wellFormed(name), wellFormed(value)]))
      const answer = await ask(world, `/api/v1${address}?${search}`, token, {
        method,
        headers: {
          'accept-language': language.replace(/[^\x20-\x7e]/g, ''),
          ...(tag === undefined ? {} : { 'if-none-match': tag }),
        },
      })
      seen.add(answer.status)
      expect(answer.status).toBeLessThan(500)
      if (method === 'GET') expect(problemsOf(path, answer)).toEqual([])
    }),
    { numRuns: 2000, seed: 8107 },
  )
  expect(seen).toEqual(new Set([200, 304, 404, 405, 410, 422]))
}, 240_000)

test.each([
  ['authorization', `Bearer ${'x'.repeat(1_000_000)}`],
  ['authorization', 'Bearer'],
  ['authorization', 'Bearer parley_\u00ff'],
  ['authorization', "Bearer ' or ''='"],
  ['if-none-match', '"'.repeat(1_000_000)],
  ['accept-language', 'ar,'.repeat(300_000)],
  ['accept', '*/*;q='.repeat(100_000)],
])('a hostile header %s is refused or passed over, without a fault', async (name, value) => {
  const before = processorTime()
  const { status } = await ask(world, '/api/v1/community', token, { headers: { [name]: value } })
  expect(status).toBeLessThan(500)
  expect(processorTime() - before).toBeLessThan(2000)
})

test('a fault is a problem too, without its cause', async () => {
  await engine.asOwner((execute) => execute('alter table directory.entry rename to entry_elsewhere'))
  const answer = await ask(world, '/api/v1/entries', token)
  await engine.asOwner((execute) => execute('alter table directory.entry_elsewhere rename to entry'))
  expect([answer.status, problemsOf('/entries', answer)]).toEqual([500, []])
  expect(answer.text).not.toMatch(/directory\.entry|relation/)
})

/** What is wrong with an answer, held against what the document says of its operation and status. */
function problemsOf(path: string, { status, headers, json }: Answer): readonly string[] {
  const { get } = described.paths[path] ?? {}
  const declared = get?.responses[String(status)]
  // An address that no operation has any more: its problem is of the same kind.
  if (!declared) return [404, 405].includes(status) ? [] : [`${status} is not declared`]
  if (status === 304) return []
  const [answered] = Object.entries(declared.content)
  if (!answered) return ['no content is declared']
  const [type, content] = answered
  if (!headers.get('content-type')?.startsWith(type)) return [`${headers.get('content-type')}, not ${type}`]
  if (status === 200 && isFile(path)) return []
  const validate = validatorOf(z.looseObject({ schema: z.looseObject({ $ref: z.string() }) }).parse(content))
  return validate(json)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

/** Sent as it is: what stands in it, its own schema and tests say. */
function isFile(path: string): boolean {
  const content = described.paths[path]?.get.responses['200']?.content ?? {}
  return !('application/json' in content)
}

function validatorOf({ schema }: { readonly schema: { readonly $ref: string } }): ValidateFunction {
  const validate = ajv.getSchema(`api${schema.$ref}`)
  if (!validate) throw new Error(`The document has no ${schema.$ref}`)
  return validate
}

function filled(path: string): string {
  return path.replace(/\{([a-z]+)\}/g, (_, name: string) => encodeURIComponent(known[name] ?? ''))
}

/** Lone surrogates stand in no address. */
function wellFormed(text: string): string {
  return text.toWellFormed()
}

async function lint(what: unknown): Promise<{ readonly failed: boolean; readonly said: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-api-'))
  const file = join(folder, 'openapi.json')
  writeFileSync(file, JSON.stringify(what))
  const cli = join(root, 'node_modules/@redocly/cli/bin/cli.js')
  const rules = [
    '--extends=recommended',
    '--skip-rule=no-server-example.com',
    '--skip-rule=operation-4xx-response',
  ]
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
  try {
    const run = await promisify(execFile)(process.execPath, [cli, 'lint', file, ...rules], {
      env,
      cwd: folder,
    })
    return { failed: false, said: run.stdout + run.stderr }
  } catch (fault) {
    return { failed: true, said: String(Reflect.get(Object(fault), 'stderr') ?? fault) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

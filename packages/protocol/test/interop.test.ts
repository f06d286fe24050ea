import { readdirSync, readFileSync } from 'node:fs'
import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { codeListFiles, templateFiles } from '../src/data.ts'
import {
  checkMessage,
  type MailPart,
  messageText,
  parseMessage,
  parseReference,
  readMessageParts,
  spokenReference,
} from '../src/index.ts'
import { anyMessage } from './any-message.ts'
import { inquiry } from './messages.ts'
import { madeFiles } from './vectors.ts'

const root = new URL('../../../', import.meta.url)
const interop = new URL('interop/', root)

test('the schema and the vectors are what the program makes (npm run interop -- --write renews them)', () => {
  const made = madeFiles()
  const differ = [...made].filter(([path, content]) => !bytesAt(path).equals(Buffer.from(content)))
  expect(differ.map(([path]) => path)).toEqual([])
  const stored = readdirSync(interop, { recursive: true, encoding: 'utf8' })
    .filter((file) => /^(?:message_|messages\/|mails\/|snapshot_|snapshots\/)/.test(file))
    .map((file) => `interop/${file}`)
  expect(stored.filter((path) => /\.\w+$/.test(path) && !made.has(path))).toEqual([])
})

test.each(readdirSync(new URL('messages/', interop)).filter((file) => file.endsWith('.json')))(
  'interop/messages/%s: parsed, rendered and mailed as its neighbours say',
  async (file) => {
    const parsed = parseMessage(read(`interop/messages/${file}`))
    if (!parsed.ok) throw new Error(parsed.refusal.code)
    expect(messageText(parsed.value)).toBe(read(`interop/messages/${file.replace('.json', '.txt')}`))
    const mail = read(`interop/messages/${file.replace('.json', '.eml')}`)
    expect(readMessageParts(await partsOf(mail))).toEqual({
      kind: 'parley',
      message: parsed.value,
      warnings: [],
    })
  },
)

test('interop/message_valid.txt: each line is a message, by the parser and by the schema', () => {
  for (const line of linesOf('interop/message_valid.txt')) {
    expect(parseMessage(line)).toMatchObject({ ok: true })
    expect(schemaFaults(JSON.parse(line))).toEqual([])
  }
})

test.each(linesOf('interop/message_invalid.txt'))('interop/message_invalid.txt: %s', (line) => {
  const [code = '', field = '', json = ''] = line.split('\t')
  const refusal = { code: `protocol/${code}`, ...(field === '' ? {} : { field }) }
  expect(parseMessage(json)).toMatchObject({ ok: false, refusal })
})

test.each(readdirSync(new URL('mails/', interop)))('interop/mails/%s warns as it is called', async (file) => {
  const found = readMessageParts(await partsOf(read(`interop/mails/${file}`)))
  expect(found.kind === 'plain' ? 'plain' : found.warnings.join('+')).toBe(file.replace('.eml', ''))
})

test('the published schema takes what the parser takes, and nothing else', () => {
  fc.assert(
    fc.property(anyMessage, (message) => {
      expect(schemaFaults(JSON.parse(JSON.stringify(message)))).toEqual([])
    }),
    { numRuns: 100 },
  )
  const strange = fc.oneof(
    fc.constantFrom(
      '',
      ' ',
      'x',
      'a\nb',
      'a\tb',
      '\u2028',
      'REAL',
      'XB',
      'en',
      '2026-02-30T00:00:00Z',
      0,
      1,
      2,
      -1,
      1.5,
    ),
    fc.anything({ withBigInt: false, maxDepth: 2 }),
  )
  const places = [...Object.keys(inquiry), 'exercise', 'extra'].map((key) => [key])
  const deeper = [
    ['values', 'known'],
    ['values', 'purpose'],
    ['values', 'answer-within'],
    ['values', 'request-type'],
    ['values', 'x'],
    ['from', 'name'],
    ['from', 'state'],
    ['from', 'stateNames'],
    ['to', 'name'],
  ]
  fc.assert(
    fc.property(fc.constantFrom(...places, ...deeper), strange, (path, value) => {
      const changed: unknown = JSON.parse(JSON.stringify(set(inquiry, path, value)))
      expect(schemaFaults(changed).length === 0).toBe(checkMessage(changed).ok)
    }),
    { numRuns: 2_000 },
  )
})

test.each([
  ['codes', codeListFiles],
  ['template', templateFiles],
] as const)('the published schema of %s takes every file of the data', (name, files) => {
  const check = ajv.compile(JSON.parse(read(`packages/protocol/schemas/${name}.schema.json`)))
  const faults = files.flatMap((file) => (check(file) ? [] : [check.errors]))
  expect(faults).toEqual([])
  const [first] = files
  expect(check({ ...first, responsibleState: 'XA' })).toBe(false)
  expect(check({ ...first, version: 0 })).toBe(false)
})

test.each(linesOf('interop/reference_valid.txt'))('interop/reference_valid.txt: %s', (line) => {
  const [typed = '', reference = '', spoken = ''] = line.split('\t')
  expect([parseReference(typed), spokenReference(reference)]).toEqual([reference, spoken])
})

test.each(linesOf('interop/reference_invalid.txt'))('interop/reference_invalid.txt: %s', (line) => {
  expect(parseReference(line)).toBeUndefined()
})

const ajv = new Ajv2020.default({ strict: true, strictTypes: false })
addFormats.default(ajv)
const validate = ajv.compile(JSON.parse(read('packages/protocol/schemas/message.schema.json')))

function schemaFaults(value: unknown): readonly string[] {
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

function set(object: object, [key = '', ...path]: readonly string[], value: unknown): object {
  const inner: unknown = Reflect.get(object, key)
  return { ...object, [key]: path.length === 0 ? value : set(Object(inner), path, value) }
}

async function partsOf(mail: string): Promise<readonly MailPart[]> {
  const { text = '', attachments } = await PostalMime.parse(mail)
  return [
    { type: 'text/plain', content: text },
    ...attachments.map(({ mimeType, content }) => ({
      type: mimeType,
      content: typeof content === 'string' ? content : new Uint8Array(content),
    })),
  ]
}

function linesOf(path: string): readonly string[] {
  return read(path)
    .split('\n')
    .filter((line) => line !== '')
}

function read(path: string): string {
  return bytesAt(path).toString('utf8')
}

function bytesAt(path: string): Buffer {
  return readFileSync(new URL(path, root))
}

import { canonical } from '@parley/kernel'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { desk, head, issue, ministry, secondKey, signText, textOf } from '../../test/snapshots.ts'
import { type SnapshotEntry, verifySnapshot } from './index.ts'

async function codeOf(files: Parameters<typeof verifySnapshot>[0]): Promise<string> {
  const verified = await verifySnapshot(files)
  return verified.ok ? 'verified' : verified.refusal.code
}

test('a snapshot is canonical JSON, and what was signed is read back', async () => {
  const files = await issue()
  const parsed: unknown = JSON.parse(textOf(files))
  expect(textOf(files)).toBe(canonical(JSON.parse(textOf(files))))
  const verified = await verifySnapshot(files)
  expect(verified).toMatchObject({ ok: true, value: { snapshot: parsed } })
  expect(parsed).toMatchObject({
    parley: 'snapshot',
    version: 1,
    number: 20261127041500,
    issuedAt: '2026-11-27T04:15:00Z',
    validUntil: '2026-12-11T04:15:00Z',
    entries: [{ id: desk.id }, { id: ministry.id }],
  })
})

test('one changed bit anywhere in either file is found', async () => {
  const { file, signature } = await issue()
  // Each is a verification of its own: about one byte in five, and both ends.
  for (
    let at = 0;
    at < file.length;
    at = at === file.length - 1 ? at + 1 : Math.min(at + 1 + (at % 9), file.length - 1)
  ) {
    const changed = file.slice()
    changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8))
    expect(await codeOf({ file: changed, signature })).toMatch(
      /^protocol\/snapshot-(tampered|unreadable|newer-format)$/,
    )
  }
  for (let at = 0; at < signature.length; at += 1) {
    const changed = signature.slice()
    changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8))
    expect(await codeOf({ file, signature: changed })).toBe('protocol/snapshot-tampered')
  }
})

test.each([0, 1, 63, 65, 128])('a signature of %i bytes is none', async (length) => {
  const { file, signature } = await issue()
  const other = new Uint8Array(length)
  other.set(signature.subarray(0, length))
  expect(await codeOf({ file, signature: other })).toBe('protocol/snapshot-tampered')
})

test('a snapshot that another key signed than the one it names is refused', async () => {
  expect(await codeOf(await issue(head(), [desk], secondKey))).toBe('protocol/snapshot-tampered')
})

test.each([
  [
    'members in another order',
    (text: string) => text.replace(/^\{("checkpoint":\{.*?\}),("community":"[^"]*")/, '{$2,$1'),
  ],
  ['a member twice', (text: string) => text.replace('"urgent":false', '"urgent":false,"urgent":false')],
  [
    'a member twice, the later one different',
    (text: string) => text.replace('"always":false', '"always":true,"always":false'),
  ],
  ['a space', (text: string) => text.replace('"version":1', '"version": 1')],
  ['a line at the end', (text: string) => `${text}\n`],
  ['a byte order mark', (text: string) => `\uFEFF${text}`],
  ['another way to write a number', (text: string) => text.replace('"version":1', '"version":1.0')],
  ['another way to write a letter', (text: string) => text.replace('desk@', '\\u0064esk@')],
  ['a State that is none', (text: string) => text.replace('"state":"XA"', '"state":"xa"')],
  ['an urgent number that is neither', (text: string) => text.replace('"urgent":true', '"urgent":1')],
  ['a number below one', (text: string) => text.replace('20261127041500', '0')],
  [
    'a number that JavaScript cannot hold',
    (text: string) => text.replace('20261127041500', '9007199254740993'),
  ],
  ['no entries', (text: string) => text.replace(/"entries":\[.*\],"issuedAt"/, '"issuedAt"')],
  [
    'a member of every object',
    (text: string) => text.replace('"entries":[', '"__proto__":{"parley":"snapshot"},"entries":['),
  ],
])('a signed file with %s is refused', async (_, change) => {
  const text = textOf(await issue())
  const changed = change(text)
  expect(changed).not.toBe(text)
  expect(await codeOf(await signText(changed))).toBe('protocol/snapshot-unreadable')
})

test.each([
  ['nothing', ''],
  ['no JSON', '{'],
  ['a list', '[]'],
  ['null', 'null'],
  ['a message', '{"parley":"message","version":1}'],
  ['lists in lists', '['.repeat(2_000_000)],
  ['lists in lists that are closed', '['.repeat(200_000) + ']'.repeat(200_000)],
  ['a deep member', `{"parley":"snapshot","version":1,"x":${'['.repeat(200_000)}${']'.repeat(200_000)}}`],
])('what is no snapshot is refused: %s', async (_, text) => {
  expect(await codeOf(await signText(text))).toBe('protocol/snapshot-unreadable')
})

test('a signed snapshot with a member nested beyond all measure is refused, not followed', async () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  const text = textOf(await issue()).replace('"version":1}', `"version":1,"x":${deep}}`)
  expect(await codeOf(await signText(text))).toBe('protocol/snapshot-unreadable')
})

test('bytes that are no UTF-8 are refused', async () => {
  const { file, signature } = await issue()
  file[40] = 0xff
  expect(await codeOf({ file, signature })).toBe('protocol/snapshot-unreadable')
})

test('a file beyond the limit is refused before it is read', async () => {
  const file = new Uint8Array(256 * 1024 * 1024 + 1)
  expect(await codeOf({ file, signature: new Uint8Array(64) })).toBe('protocol/snapshot-too-large')
})

test('a newer version is told from a broken one; a member that is not known is passed over', async () => {
  const text = textOf(await issue())
  expect(await codeOf(await signText(text.replace('"version":1', '"version":2')))).toBe(
    'protocol/snapshot-newer-format',
  )
  expect(await codeOf(await signText(text.replace('"version":1}', '"version":1,"zone":{"new":1}}')))).toBe(
    'verified',
  )
})

const anyText = fc.string({ unit: 'binary', maxLength: 40 }).filter((text) => text.isWellFormed())
const anyEntry: fc.Arbitrary<SnapshotEntry> = fc.record(
  {
    id: fc.uuid(),
    state: fc.constantFrom('XA', 'XB'),
    kind: fc.constantFrom('technical', 'diplomatic'),
    language: fc.constantFrom('ar', 'zh', 'sw'),
    holder: fc.constantFrom('entity', 'representative'),
    entityName: fc.record({ text: anyText, english: anyText }, { requiredKeys: ['text'] }),
    addresses: fc.array(
      fc.record({
        channel: fc.constantFrom('email', 'phone'),
        value: anyText,
        urgent: fc.boolean(),
        disputed: fc.boolean(),
      }),
      { maxLength: 3 },
    ),
    keys: fc.constant([]),
    workingLanguages: fc.array(anyText, { maxLength: 3 }),
    availability: fc.record({ days: fc.uniqueArray(fc.integer({ min: 1, max: 7 })), always: fc.boolean() }),
    personName: anyText,
    alsoNominated: fc.array(anyText, { maxLength: 2 }),
  },
  {
    requiredKeys: [
      'id',
      'state',
      'kind',
      'language',
      'holder',
      'addresses',
      'keys',
      'workingLanguages',
      'availability',
      'alsoNominated',
    ],
  },
)

test('whatever stands in the entries is signed, read back as it was, and canonical', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyEntry, { maxLength: 4 }), async (entries) => {
      const files = await issue(head(), entries)
      expect(textOf(files)).toBe(canonical(JSON.parse(textOf(files))))
      expect(await verifySnapshot(files)).toMatchObject({ ok: true, value: { snapshot: { entries } } })
    }),
    { numRuns: 100 },
  )
})

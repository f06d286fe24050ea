import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Draft, readDraft, writeDraft } from './draft-file.ts'

const page = { kind: 'inquiry', template: 1, entry: 'entry-1' }
const draft: Draft = {
  ...page,
  thread: '9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d',
  reference: 'K7QM-4TXD',
  typed: { name: 'نور', 'value-known': 'a port\ndoes not answer', 'value-sector': ['energy'] },
}
const controls = Object.keys(draft.typed)
const passphrase = 'four quiet herons by the lake'

test('a draft is read as it was written, with a passphrase and without', async () => {
  expect(await readDraft(await writeDraft(draft, ''), '', page, controls)).toEqual({ ok: true, draft })
  const sealed = await writeDraft(draft, passphrase)
  expect(sealed).not.toMatch(/port|نور|K7QM|inquiry|entry-1/)
  expect(await readDraft(sealed, passphrase, page, controls)).toEqual({ ok: true, draft })
  expect(sealed).not.toBe(await writeDraft(draft, passphrase))
})

test('the same passphrase opens it, in whatever letters a keyboard makes it', async () => {
  const sealed = await writeDraft(draft, 'caf\u00e9 au lait')
  expect(await readDraft(sealed, 'cafe\u0301 au lait', page, controls)).toMatchObject({ ok: true })
})

test('a draft that is locked, altered, newer, for another entry or another kind says so', async () => {
  const sealed = await writeDraft(draft, passphrase)
  expect(await open(sealed)).toBe('composer/draft-locked')
  expect(await open(sealed, 'another one')).toBe('composer/draft-passphrase')
  const { encrypted, ...head } = JSON.parse(sealed)
  const altered = (more: object) => JSON.stringify({ ...head, encrypted: { ...encrypted, ...more } })
  expect(await open(altered({ data: `AAAA${encrypted.data.slice(4)}` }), passphrase)).toBe(
    'composer/draft-passphrase',
  )
  expect(await open(altered({ iterations: 1e12 }), passphrase)).toBe('composer/draft-broken')
  expect(await open(altered({ iterations: 0 }), passphrase)).toBe('composer/draft-broken')
  expect(await open(altered({ iv: '' }), passphrase)).toBe('composer/draft-broken')
  expect(await open(altered({ kdf: 'none' }), passphrase)).toBe('composer/draft-broken')
  const plain = JSON.parse(await writeDraft(draft, ''))
  const other = (more: object) => JSON.stringify({ ...plain, content: { ...plain.content, ...more } })
  expect(await open(JSON.stringify({ ...plain, version: 2 }))).toBe('composer/draft-newer')
  expect(await open(other({ template: 2 }))).toBe('composer/draft-newer')
  expect(await open(other({ kind: 'notification' }))).toBe('composer/draft-other-kind')
  expect(await open(other({ entry: 'entry-2' }))).toBe('composer/draft-other-entry')
  expect(await open(other({ typed: { 'value-unheard-of': 'lost' } }))).toBe('composer/draft-broken')
  expect(await open(other({ typed: { name: 7 } }))).toBe('composer/draft-broken')
  expect(await open(other({ thread: 'x' }))).toBe('composer/draft-broken')
})

async function open(text: string, phrase = ''): Promise<string> {
  const opened = await readDraft(text, phrase, page, controls)
  return opened.ok ? 'opened' : opened.code
}

test.each([
  '',
  'null',
  '[]',
  '{}',
  '{"parley":"draft"}',
  '{"parley":"draft","version":1}',
  '{"parley":"message","version":1}',
  '\u0000\u0001',
  'From: somebody@example.org',
])('«%s» is no draft', async (text) => {
  expect(await readDraft(text, passphrase, page, controls)).toEqual({
    ok: false,
    code: 'composer/draft-broken',
  })
})

test('whatever a stranger wrote, there is an answer', async () => {
  const content = fc.record(
    { ...draftParts(), typed: fc.dictionary(fc.string(), fc.anything()) },
    { requiredKeys: [] },
  )
  const file = fc.record({
    parley: fc.constant('draft'),
    version: fc.constant(1),
    content,
    encrypted: fc.anything(),
  })
  await fc.assert(
    fc.asyncProperty(fc.oneof(file, fc.anything()), async (value) => {
      const opened = await readDraft(JSON.stringify(value) ?? '', passphrase, page, controls)
      expect(typeof opened.ok).toBe('boolean')
    }),
    { numRuns: 300 },
  )
})

function draftParts() {
  const { kind, template, entry, thread, reference } = draft
  return Object.fromEntries(
    Object.entries({ kind, template, entry, thread, reference }).map(([name, value]) => [
      name,
      fc.oneof(fc.constant(value), fc.anything()),
    ]),
  )
}

import { expect, test } from 'vitest'
import { areSourcesThere, sourceFiles } from '../../../../test/source-documents.ts'
import { mayRead } from './file-limits.ts'
import { readSource } from './read-source.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const utf16 = (text: string, mark: readonly number[] = [0xff, 0xfe]) =>
  Uint8Array.from([...mark, ...Buffer.from(text, 'utf16le')])

test('CAP-12: plain text and Markdown are the source as they came, line ends and blanks included', async () => {
  const text = ' 1 - **تشجع** الدول؛\r\n\r\n\f2.\tNote [A/77/275](#)\u00a0\n'
  for (const [name, format] of [
    ['a.txt', 'text'],
    ['A.MD', 'markdown'],
  ] as const) {
    expect(await readSource(utf8(text), name)).toEqual({
      ok: true,
      value: { source: text, format, remarks: [] },
    })
  }
})

test('CAP-12: a byte order mark tells the encoding and is not part of the text', async () => {
  const big = Uint8Array.from([0xfe, 0xff, 0x5f, 0x3a, 0x00, 0x41])
  for (const [bytes, source] of [
    [utf8('\ufeff强A'), '强A'],
    [utf16('强A'), '强A'],
    [big, '强A'],
  ] as const) {
    expect(await readSource(bytes, 'a.txt')).toMatchObject({ ok: true, value: { source } })
  }
})

test.each([
  ['a letter of an older encoding', Uint8Array.from([...utf8('ab ع'), 0xe9, 0x20, 0x61]), 5, 'UTF-8'],
  ['a last letter cut off', utf8('abع').subarray(0, 3), 2, 'UTF-8'],
  ['UTF-16 within UTF-8', Uint8Array.from([...utf8('é'), 0x61, 0x00]), 3, 'UTF-8'],
  ['UTF-16 with half a letter', utf16('a\ud83d b'), 4, 'UTF-16'],
  ['UTF-16 with an odd byte', Uint8Array.from([...utf16('ab'), 0x61]), 6, 'UTF-16'],
  ['an overlong form', Uint8Array.from([0x61, 0xc0, 0xaf]), 1, 'UTF-8'],
])('CAP-12: %s is refused with its place, and nothing is replaced', async (_, bytes, offset, encoding) => {
  expect(await readSource(bytes, 'a.txt')).toMatchObject({
    ok: false,
    refusal: { code: 'library/encoding', values: { offset, encoding } },
  })
})

test('CAP-12: marks of writing direction are kept, and counted', async () => {
  const source = 'abc \u202eA/78/265\u202c \u200f.'
  expect(await readSource(utf8(source), 'a.txt')).toMatchObject({
    ok: true,
    value: { source, remarks: [{ code: 'library/remark-direction', count: 3, at: 4 }] },
  })
})

test('CAP-12: Arabic kept as drawn forms instead of letters is not repaired, and counted', async () => {
  const source = 'A/78/265 \ufefb\ufe8d.'
  expect(await readSource(utf8(source), 'a.txt')).toMatchObject({
    ok: true,
    value: { source, remarks: [{ code: 'library/remark-drawn', count: 2, at: 9 }] },
  })
})

test('CAP-12: a sign for a lost letter that the file holds itself is kept, and counted', async () => {
  expect(await readSource(utf8('a\ufffdb'), 'a.txt')).toMatchObject({
    ok: true,
    value: { source: 'a\ufffdb', remarks: [{ code: 'library/remark-replaced', count: 1, at: 1 }] },
  })
})

test('CAP-12: what is larger than 50 MB is refused, before it is read and after', async () => {
  expect(mayRead(50_000_000).ok).toBe(true)
  const refusal = { code: 'library/too-large', values: { megabytes: 50 } }
  expect(mayRead(50_000_001)).toMatchObject({ ok: false, refusal })
  expect(await readSource(new Uint8Array(50_000_001), 'a.txt')).toMatchObject({ ok: false, refusal })
})

test.each([
  ['a.txt', '%PDF-1.7 …', 'library/wrong-format'],
  ['a.md', 'PK\u0003\u0004', 'library/wrong-format'],
  ['a.exe', 'MZ', 'library/unknown-format'],
  ['no-ending', 'text', 'library/unknown-format'],
  ['a.txt', ' \n ', 'library/no-text'],
  ['a.txt', '', 'library/no-text'],
])('CAP-12: %s that holds %j is refused: %s', async (name, content, code) => {
  expect(await readSource(utf8(content), name)).toMatchObject({ ok: false, refusal: { code } })
})

test.runIf(areSourcesThere)(
  'CAP-12: the five documents are read byte for byte, without a remark',
  async () => {
    const files = sourceFiles()
    expect(files).toHaveLength(5)
    for (const { name, bytes } of files) {
      const read = await readSource(bytes, name)
      expect(read).toMatchObject({ ok: true, value: { remarks: [] } })
      expect(read.ok && Buffer.from(read.value.source).equals(bytes)).toBe(true)
    }
  },
)

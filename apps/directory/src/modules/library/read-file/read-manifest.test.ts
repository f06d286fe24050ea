import { expect, test } from 'vitest'
import { readManifest } from './read-manifest.ts'

const resolution = {
  file: 'a.txt',
  symbol: 'A/RES/77/36',
  language: 'ar',
  kind: 'resolution',
  dated: '2022-12-07',
}
const draft = {
  file: 'b.docx',
  symbol: 'A/C.1/77/L.23/Rev.1',
  language: 'zh',
  kind: 'draft-resolution',
  becameSymbol: 'A/RES/77/36',
}
const json = (...documents: readonly object[]) => JSON.stringify({ documents })

test('CAP-12: a manifest tells of each file what its text cannot', () => {
  const read = readManifest(json(resolution, draft), ['b.docx', 'a.txt'])
  const { file: _, ...told } = resolution
  expect(read.ok && read.value.get('a.txt')).toEqual(told)
  expect(read.ok && read.value.get('b.docx')).toMatchObject({ becameSymbol: 'A/RES/77/36' })
  expect(read.ok && read.value.size).toBe(2)
})

test('CAP-12: one symbol may come in several languages, each in its own file', () => {
  const english = { ...resolution, file: 'b.docx', language: 'en' }
  expect(readManifest(json(resolution, english), ['a.txt', 'b.docx']).ok).toBe(true)
})

test.each([
  ['not JSON', '{', 'library/manifest-not-json', undefined],
  ['another shape', '[]', 'library/manifest-shape', { place: 'documents' }],
  ['no document', json(), 'library/manifest-shape', { place: 'documents' }],
  [
    'an unknown field',
    json({ ...resolution, x: 1 }, draft),
    'library/manifest-shape',
    { place: 'documents / 1' },
  ],
  [
    'a language that is not official',
    json(resolution, { ...draft, language: 'de' }),
    'library/manifest-language',
    { place: 'documents / 2 / language' },
  ],
  [
    'no symbol',
    json({ ...resolution, symbol: 'Resolution 36' }, draft),
    'library/manifest-symbol',
    undefined,
  ],
  ['a draft that became nothing', json({ ...draft, becameSymbol: '' }), 'library/manifest-symbol', undefined],
  ['an unknown kind', json({ ...draft, kind: 'letter' }), 'library/manifest-kind', undefined],
  ['a day that is none', json({ ...draft, dated: '2023-02-30' }), 'library/manifest-date', undefined],
  [
    'a file that did not come',
    json({ ...draft, file: 'c.txt' }),
    'library/manifest-unknown-file',
    { file: 'c.txt' },
  ],
  [
    'one file twice',
    json(draft, { ...draft, symbol: 'A/1' }),
    'library/manifest-file-twice',
    { file: 'b.docx' },
  ],
  [
    'two files of one symbol and language',
    json(resolution, { ...resolution, file: 'b.docx' }),
    'library/manifest-version-twice',
    { file: 'b.docx', other: 'a.txt', symbol: 'A/RES/77/36' },
  ],
  ['a file untold', json(resolution), 'library/manifest-untold-file', { file: 'b.docx' }],
])('CAP-12: a manifest with %s is refused, and says where', (_, text, code, values) => {
  expect(readManifest(text, ['a.txt', 'b.docx'])).toMatchObject({
    ok: false,
    refusal: { code, ...(values === undefined ? {} : { values }) },
  })
})

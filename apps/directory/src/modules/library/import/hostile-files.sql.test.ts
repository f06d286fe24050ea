import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, type World } from '../../../../test/world.ts'
import { asDuty } from '../../../platform/action.ts'
import { importDocuments } from './import-documents.ts'
import type { GivenFile } from './read-given.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

/** One page with nothing on it. */
function emptyPdf(): Uint8Array {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] >>',
  ]
  let file = '%PDF-1.4\n'
  let table = '0000000000 65535 f \n'
  for (const [index, object] of objects.entries()) {
    table += `${String(file.length).padStart(10, '0')} 00000 n \n`
    file += `${index + 1} 0 obj\n${object}\nendobj\n`
  }
  return strToU8(
    `${file}xref\n0 4\n${table}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`,
  )
}

const bomb = zipSync({ 'word/document.xml': new Uint8Array(21_000_000).fill(0x20) })
const report = 'A/901/3\n\nReport of the Group\n\n1. It met.\n'

test.each([
  ['a PDF without a text layer', 'a.pdf', emptyPdf(), 'library/no-text-layer'],
  ['a Word file that unpacks to too much', 'a.docx', bomb, 'library/zip-bomb'],
  ['a text in two encodings', 'a.txt', Buffer.concat([strToU8(report), Buffer.of(0xe9)]), 'library/encoding'],
  ['a file of more than 50 MB', 'a.txt', new Uint8Array(50_000_001), 'library/too-large'],
  ['a text that would keep the program busy', 'a.txt', strToU8('word '.repeat(400_001)), 'library/too-long'],
  ['a file of another kind', 'a.exe', strToU8('MZ'), 'library/unknown-format'],
  ['a file without a name', '', strToU8(report), 'library/unknown-format'],
  ['nothing', 'a.txt', new Uint8Array(), 'library/no-text'],
])('CAP-12: %s is refused, and what comes with it is kept', async (_, name, bytes, code) => {
  const good = { name: 'good.txt', bytes: strToU8(report) }
  expect((await bring({ name, bytes }, good))[0]).toBe(code)
  expect(await bring(good)).toEqual(['unchanged A/901/3'])
})

test('CAP-12: signs that databases do not like are kept as they are', async () => {
  const first = `${'x'.repeat(79)}😀 tail \u202e\u2066 𝒳 \ufeff`
  const source = `A/901/4\n\n${first}\n\n1. ${'😀'.repeat(200)} \u{10ffff}.\n`
  expect(await bring({ name: 'signs.txt', bytes: strToU8(source) })).toEqual(['kept A/901/4'])
  expect(await bring({ name: 'signs.txt', bytes: strToU8(source) })).toEqual(['unchanged A/901/4'])
})

test('CAP-12: a long text of marks alone is read to its end', async () => {
  const marks = ['(', '- ', '1. ', '¹ ', 'A/', '7/7/', '  \t', '**', '[](#)', '، ']
  for (const [index, mark] of marks.entries()) {
    const source = `A/902/${index + 1}\n\nReport a\n\n1. ${mark.repeat(20_000)}\n`
    expect(await bring({ name: 'marks.txt', bytes: strToU8(source) })).toEqual([`kept A/902/${index + 1}`])
  }
})

async function bring(...files: readonly GivenFile[]): Promise<readonly string[]> {
  const bringing = {
    performer: world.directory.performer,
    request: asDuty('library', world.clock.now()),
  }
  const said: string[] = []
  for await (const { result } of importDocuments(bringing, files))
    said.push(result.ok ? `${result.value.becomes} ${result.value.manifest.symbol}` : result.refusal.code)
  return said
}

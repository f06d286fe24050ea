import { deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { readSource } from './read-source.ts'

/** A file of these objects, numbered from 1; the first is its catalogue. */
function pdf(objects: readonly (string | Buffer)[], trailer = ''): Uint8Array {
  const parts = [Buffer.from('%PDF-1.4\n')]
  const places: number[] = []
  const length = () => parts.reduce((sum, part) => sum + part.length, 0)
  for (const [index, object] of objects.entries()) {
    places.push(length())
    parts.push(Buffer.from(`${String(index + 1)} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n'))
  }
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  const start = String(length())
  const size = String(objects.length + 1)
  parts.push(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R ${trailer}>>\n`,
    ),
    Buffer.from(`startxref\n${start}\n%%EOF\n`),
  )
  return Uint8Array.from(Buffer.concat(parts))
}

const stream = (content: Buffer, about = '') =>
  Buffer.concat([
    Buffer.from(`<< /Length ${String(content.length)} ${about}>>\nstream\n`),
    content,
    Buffer.from('\nendstream'),
  ])
const packed = (content: Buffer) => stream(deflateSync(content), '/Filter /FlateDecode ')

function written(lines: readonly string[]): Buffer {
  const told = lines.map((line) => (line === '' ? '0 -14 Td' : `(${line}) Tj 0 -14 Td`)).join(' ')
  return Buffer.from(`BT /F1 12 Tf 72 720 Td ${told} ET`)
}

function paged(contents: readonly Buffer[], trailer?: string): Uint8Array {
  const pages = contents.flatMap((content, index) => [
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${String(5 + 2 * index)} 0 R >>`,
    content,
  ])
  const kids = contents.map((_, index) => `${String(4 + 2 * index)} 0 R`).join(' ')
  return pdf(
    [
      '<< /Type /Catalog /Pages 2 0 R >>',
      `<< /Type /Pages /Kids [${kids}] /Count ${String(contents.length)} >>`,
      '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
      ...pages,
    ],
    trailer,
  )
}

const whole = paged([
  stream(written(['1. Welcomes the report', 'of the Group;', '', '2. Recalls A/RES/77/36'])),
  packed(written(['A/78/265'])),
])

test('CAP-12: the text layer of a PDF is read by lines, paragraphs and pages, and the file is left as it was', async () => {
  const before = whole.slice()
  expect(await readSource(whole, 'a.pdf')).toMatchObject({
    ok: true,
    value: {
      format: 'pdf',
      source: '1. Welcomes the report\nof the Group;\n\n2. Recalls A/RES/77/36\n\nA/78/265\n',
    },
  })
  expect(whole).toEqual(before)
})

test('CAP-12: a PDF is read from a file as it is read from a request', async () => {
  expect(await readSource(Buffer.from(whole), 'a.pdf')).toEqual(await readSource(whole, 'a.pdf'))
})

const nothing = Buffer.alloc(101_000_000)
const halfOfAll = Buffer.alloc(99_000_000)

test.each([
  ['without a text layer', paged([stream(Buffer.from('0 0 100 100 re f'))]), 'library/no-text-layer'],
  ['of which only the beginning came', whole.subarray(0, 40), 'library/damaged-file'],
  ['of which the end is missing', whole.subarray(0, whole.length - 8), 'library/damaged-file'],
  [
    'that is a PDF by its first and last line alone',
    new TextEncoder().encode('%PDF-1.7\nno\n%%EOF'),
    'library/damaged-file',
  ],
  ['that is a page', new TextEncoder().encode('<p>no'), 'library/wrong-format'],
  ['that unpacks to too much', paged([packed(nothing)]), 'library/zip-bomb'],
  ['packed twice', paged([packed(deflateSync(nothing))]), 'library/zip-bomb'],
  [
    'that unpacks to too much together',
    paged([packed(halfOfAll), packed(halfOfAll), packed(halfOfAll)]),
    'library/zip-bomb',
  ],
])('CAP-12: a PDF %s is refused', async (_, bytes, code) => {
  expect(await readSource(bytes, 'a.pdf')).toMatchObject({ ok: false, refusal: { code } })
})

test('CAP-12: a PDF that asks for a password is refused, and says so', async () => {
  const locked = paged(
    [stream(written(['text']))],
    `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${'41'.repeat(32)}> /U <${'42'.repeat(32)}> >> /ID [<41> <41>] `,
  )
  expect(await readSource(locked, 'a.pdf')).toMatchObject({
    ok: false,
    refusal: { code: 'library/locked-file' },
  })
})

import { ok, refuse, type Result } from '@parley/kernel'
import { getDocumentProxy } from 'unpdf'
import { largestTogether, staysWithin } from './pdf-bounds.ts'

/** More pages are no document of a community, and each takes time. */
const mostPages = 3000

/** Text of the pages in the order of the file: lines as they end there, an empty line where the page leaves one. */
export async function readPdf(bytes: Uint8Array, file: string): Promise<Result<string>> {
  if (!staysWithin(bytes)) {
    return refuse({
      code: 'library/zip-bomb',
      kind: 'invalid',
      values: { file, megabytes: largestTogether / 1_000_000 },
    })
  }
  const pages = isWhole(bytes) ? await readPages(bytes) : failed('library/damaged-file')
  if (!pages.ok) return refuse({ code: pages.refusal.code, kind: 'invalid', values: { file } })
  if (pages.value.every((page) => page.trim() === '')) {
    return refuse({ code: 'library/no-text-layer', kind: 'invalid', values: { file } })
  }
  return ok(`${pages.value.map((page) => page.trim()).join('\n\n')}\n`)
}

/** The parser would read what came of a file cut off, and say nothing of the rest. Some programs write a little behind it. */
function isWhole(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(-2048)).includes('%%EOF')
}

/** The parser takes the bytes away from who gives them, so it gets a copy. */
async function readPages(bytes: Uint8Array): Promise<Result<readonly string[]>> {
  try {
    const document = await getDocumentProxy(Uint8Array.from(bytes), {
      disableFontFace: true,
      stopAtErrors: false,
      useSystemFonts: false,
      verbosity: 0,
    })
    try {
      if (document.numPages > mostPages) return failed('library/damaged-file')
      const pages: string[] = []
      for (let number = 1; number <= document.numPages; number += 1) {
        const page = await document.getPage(number)
        const content = await page.getTextContent()
        pages.push(linesOf(content.items.filter((item) => 'str' in item)))
        page.cleanup()
      }
      return ok(pages)
    } finally {
      await document.loadingTask.destroy()
    }
  } catch (error) {
    const name = error instanceof Error ? error.name : ''
    const code = refusals.get(name)
    if (code === undefined) throw error
    return failed(code)
  }
}

/** The parser's own exceptions, by their names; whatever else it throws is a fault. */
const refusals: ReadonlyMap<string, string> = new Map([
  ['PasswordException', 'library/locked-file'],
  ['InvalidPDFException', 'library/damaged-file'],
  ['FormatError', 'library/damaged-file'],
  ['UnknownErrorException', 'library/damaged-file'],
])

function failed(code: string): Result<never> {
  return refuse({ code, kind: 'invalid' })
}

interface Piece {
  readonly str: string
  readonly hasEOL: boolean
  readonly height: number
  readonly transform: readonly unknown[]
}

/** Lines nearer than this, in heights of a letter, belong to one paragraph. */
const near = 1.8

function linesOf(pieces: readonly Piece[]): string {
  let text = ''
  let last: number | undefined
  for (const piece of pieces) {
    const height = piece.transform[5]
    if (piece.str.trim() !== '' && typeof height === 'number') {
      if (text.endsWith('\n') && last !== undefined && Math.abs(last - height) > near * piece.height)
        text += '\n'
      last = height
    }
    // Letters that a font does not map come as nulls: no text, and no database keeps them.
    text += piece.str.replaceAll('\0', '')
    if (piece.hasEOL) text += '\n'
  }
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
}

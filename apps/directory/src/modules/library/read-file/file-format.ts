import { ok, refuse, type Result } from '@parley/kernel'

export type FileFormat = 'text' | 'markdown' | 'html' | 'docx' | 'pdf'

const byEnding: ReadonlyMap<string, FileFormat> = new Map([
  ['txt', 'text'],
  ['text', 'text'],
  ['md', 'markdown'],
  ['markdown', 'markdown'],
  ['html', 'html'],
  ['htm', 'html'],
  ['docx', 'docx'],
  ['pdf', 'pdf'],
])

export const endings = [...byEnding.keys()].join(', ')

/** How files begin that are not text; the old Word format is known only to be refused. */
const beginnings = [
  { format: 'pdf', bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { format: 'docx', bytes: [0x50, 0x4b, 0x03, 0x04] },
  { format: 'old-word', bytes: [0xd0, 0xcf, 0x11, 0xe0] },
] as const

/** The format that the name announces, where the bytes do not say otherwise. */
export function formatOf(bytes: Uint8Array, name: string): Result<FileFormat> {
  const format = byEnding.get(endingOf(name))
  if (format === undefined) {
    return refuse({ code: 'library/unknown-format', kind: 'invalid', values: { file: name, endings } })
  }
  const begins =
    beginnings.find((each) => each.bytes.every((byte, at) => bytes[at] === byte))?.format ?? 'text'
  const agrees = format === 'pdf' || format === 'docx' ? begins === format : begins === 'text'
  return agrees
    ? ok(format)
    : refuse({ code: 'library/wrong-format', kind: 'invalid', values: { file: name } })
}

/** Whether a file of this name is read at all. */
export function readsName(name: string): boolean {
  return byEnding.has(endingOf(name))
}

function endingOf(name: string): string {
  return /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
}

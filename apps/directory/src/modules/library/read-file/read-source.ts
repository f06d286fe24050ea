import { ok, refuse, type Result } from '@parley/kernel'
import { decode } from './decode.ts'
import { type FileFormat, formatOf } from './file-format.ts'
import { longestText, mayRead } from './file-limits.ts'
import { readDocx } from './read-docx.ts'
import { readHtml } from './read-html.ts'
import { readPdf } from './read-pdf.ts'
import { remarksOn, type SourceRemark } from './remarks.ts'

export interface SourceText {
  /** What the importer works on; of text and Markdown the decoded bytes, untouched. */
  readonly source: string
  readonly format: FileFormat
  readonly remarks: readonly SourceRemark[]
}

type Reader = (bytes: Uint8Array, file: string) => Result<string> | Promise<Result<string>>

const readers: Readonly<Record<FileFormat, Reader>> = {
  text: decode,
  markdown: decode,
  html: readHtml,
  docx: readDocx,
  pdf: readPdf,
}

/** The text of a document's file; the name tells the format, the bytes must agree. */
export async function readSource(bytes: Uint8Array, name: string): Promise<Result<SourceText>> {
  const allowed = mayRead(bytes.length)
  if (!allowed.ok) return allowed
  const format = formatOf(bytes, name)
  if (!format.ok) return format
  const source = await readers[format.value](bytes, name)
  if (!source.ok) return source
  if (source.value.trim() === '')
    return refuse({ code: 'library/no-text', kind: 'invalid', values: { file: name } })
  if (source.value.length > longestText)
    return refuse({ code: 'library/too-long', kind: 'invalid', values: { file: name, most: longestText } })
  return ok({ source: source.value, format: format.value, remarks: remarksOn(source.value) })
}

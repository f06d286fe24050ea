/** Header fields of a message or part, and the bytes below them. */
export interface MimeEntity {
  readonly fields: readonly MimeField[]
  readonly body: Buffer
}

interface MimeField {
  /** Lower case. */
  readonly name: string
  /** Unfolded, not decoded. */
  readonly value: string
}

export interface MimeValue {
  /** What stands before the first semicolon, lower case. */
  readonly value: string
  /** By lower-case name, as they stand: `filename*0*` too. */
  readonly parameters: ReadonlyMap<string, string>
}

/** A message that passes all measure: too much to be opened by a program. */
export class BeyondMeasure extends Error {}

const mostHeaderBytes = 256 * 1024
const mostParts = 500
const lineFeed = 0x0a
const carriageReturn = 0x0d

/** Parts the header fields from the body at the first empty line. Throws `BeyondMeasure` at huge headers. */
export function splitEntity(raw: Buffer): MimeEntity {
  const { end, body } = endOfHeaders(raw)
  if (end > mostHeaderBytes) throw new BeyondMeasure()
  const lines = textOf(raw.subarray(0, end))
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
  const fields = lines.flatMap((line) => {
    const [, name, value = ''] = /^([!-9;-~]+)[ \t]*:(.*)$/s.exec(line) ?? []
    return name === undefined ? [] : [{ name: name.toLowerCase(), value: value.trim() }]
  })
  return { fields, body: raw.subarray(body) }
}

function endOfHeaders(raw: Buffer): { readonly end: number; readonly body: number } {
  if (raw[0] === lineFeed) return { end: 0, body: 1 }
  if (raw[0] === carriageReturn && raw[1] === lineFeed) return { end: 0, body: 2 }
  const [plain, wide] = [raw.indexOf('\n\n'), raw.indexOf('\n\r\n')]
  if (plain === -1 && wide === -1) return { end: raw.length, body: raw.length }
  return plain === -1 || (wide !== -1 && wide < plain)
    ? { end: wide, body: wide + 3 }
    : { end: plain, body: plain + 2 }
}

/** Old programs write eight bits into headers, today mostly UTF-8. */
function textOf(bytes: Buffer): string {
  const text = bytes.toString('utf8')
  return text.includes('\ufffd') ? bytes.toString('latin1') : text
}

export function fieldsNamed({ fields }: MimeEntity, name: string): readonly string[] {
  return fields.filter((field) => field.name === name).map(({ value }) => value)
}

export function readValue(text: string): MimeValue {
  const parameters = new Map<string, string>()
  for (const [, name = '', quoted, plain = ''] of text.matchAll(parameter))
    if (!parameters.has(name.toLowerCase()))
      parameters.set(name.toLowerCase(), quoted === undefined ? plain : quoted.replace(/\\(.)/g, '$1'))
  return { value: (text.split(';')[0] ?? '').trim().toLowerCase(), parameters }
}

const parameter = /;\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/g

/**
 * The parts between the delimiters, each without the line end that belongs to the delimiter below it. A message that
 * was cut off ends with its last part as far as it goes. Throws `BeyondMeasure` at too many.
 */
export function splitParts(body: Buffer, boundary: string): readonly Buffer[] {
  if (boundary === '' || boundary.length > 250) return []
  const delimiter = Buffer.from(`--${boundary}`, 'latin1')
  const parts: Buffer[] = []
  let start: number | undefined
  let from = 0
  for (;;) {
    const at = body.indexOf(delimiter, from)
    if (at === -1) break
    from = at + delimiter.length
    if (at > 0 && body[at - 1] !== lineFeed) continue
    const feed = body.indexOf(lineFeed, from)
    const end = feed === -1 ? body.length : feed
    const rest = body.toString('latin1', from, Math.min(end, from + 100)).trimEnd()
    if (rest !== '' && rest !== '--') continue
    if (start !== undefined) parts.push(body.subarray(start, Math.max(start, endOfLine(body, at))))
    if (rest === '--') return parts
    if (parts.length > mostParts) throw new BeyondMeasure()
    start = Math.min(end + 1, body.length)
    from = start - 1
  }
  return start === undefined ? parts : [...parts, body.subarray(start)]
}

/** Where the line before this one ends, without its line end. */
function endOfLine(body: Buffer, at: number): number {
  return body[at - 2] === carriageReturn ? at - 2 : at - 1
}

/** What a part says, its transfer encoding undone. */
export function decodeBody(encoding: string, body: Buffer): Buffer {
  switch (encoding.trim().toLowerCase()) {
    case 'base64':
      return Buffer.from(body.toString('latin1'), 'base64')
    case 'quoted-printable':
      return decodeQuoted(body)
    default:
      return body
  }
}

function decodeQuoted(body: Buffer): Buffer {
  const text = body.toString('latin1').replace(/=[ \t]*\r?\n/g, '')
  const plain = text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  return Buffer.from(plain, 'latin1')
}

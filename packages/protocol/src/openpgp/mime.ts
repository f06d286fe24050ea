/** The header fields of a message or of one of its parts, unfolded, and the bytes below them. */
export interface Entity {
  /** As they stand, one a line. */
  readonly fields: readonly string[]
  readonly body: Uint8Array
}

export interface ContentType {
  /** Lower case. */
  readonly type: string
  /** By lower-case name. */
  readonly parameters: ReadonlyMap<string, string>
}

const lineFeed = 0x0a
const carriageReturn = 0x0d

/** Parts the header fields from the body at the first empty line (RFC 5322). */
export function splitEntity(raw: Uint8Array): Entity {
  let end = raw.length
  let body = raw.length
  for (const line of linesOf(raw)) {
    if (line.end > line.start) continue
    end = line.start
    body = line.next
    break
  }
  const head = latin1(raw.subarray(0, Math.min(end, mostHeaderBytes)))
  const fields = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)
  return { fields: fields.filter((field) => field !== ''), body: raw.subarray(body) }
}

/** The one field of this name; undefined where none stands, or several: programs disagree on which of them counts. */
function fieldOf({ fields }: Entity, name: string): string | undefined {
  const start = `${name.toLowerCase()}:`
  const [found, ...more] = fields.filter((field) => field.toLowerCase().startsWith(start))
  return more.length > 0 ? undefined : found?.slice(start.length).trim()
}

/** RFC 2045, 5.1; what names no type is plain text. */
export function contentTypeOf(entity: Entity): ContentType {
  const value = fieldOf(entity, 'Content-Type') ?? ''
  const type = /^[^\s;]+\/[^\s;]+/.exec(value)?.[0].toLowerCase() ?? 'text/plain'
  const parameters = new Map<string, string>()
  for (const [, name = '', quoted, plain = ''] of value.matchAll(parameter))
    parameters.set(name.toLowerCase(), quoted === undefined ? plain : quoted.replace(/\\(.)/g, '$1'))
  return { type, parameters }
}

const parameter = /;\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/g

/**
 * The parts between the delimiters (RFC 2046, 5.1.1), each without the line end that belongs to the delimiter
 * below it. Undefined where the last delimiter is missing.
 */
export function partsOf(body: Uint8Array, boundary: string): readonly Uint8Array[] | undefined {
  if (boundary === '' || boundary.length > 70) return undefined
  const delimiter = new TextEncoder().encode(`--${boundary}`)
  const parts: Uint8Array[] = []
  let start: number | undefined
  let before = 0
  for (const line of linesOf(body)) {
    const found = delimiterIn(body.subarray(line.start, line.end), delimiter)
    if (found !== undefined) {
      if (start !== undefined) parts.push(body.subarray(start, Math.max(start, before)))
      if (found === 'last') return parts
      start = line.next
    }
    before = line.end
  }
  return undefined
}

function delimiterIn(line: Uint8Array, delimiter: Uint8Array): 'next' | 'last' | undefined {
  if (!delimiter.every((byte, at) => line[at] === byte)) return undefined
  const rest = latin1(line.subarray(delimiter.length)).trimEnd()
  return rest === '' ? 'next' : rest === '--' ? 'last' : undefined
}

/** A boundary that begins no line of `content`. */
export function boundaryFor(content: Uint8Array, name: string): string {
  const text = latin1(content)
  let boundary = `=_${name}`
  for (let number = 1; text.includes(`--${boundary}`); number += 1) boundary = `=_${name}-${number}`
  return boundary
}

/** With CRLF at the end of each line, as a message is signed wherever it lies (RFC 3156, 5). */
export function withCanonicalLines(raw: Uint8Array): Uint8Array {
  let missing = 0
  for (const line of linesOf(raw)) if (line.next - line.end === 1) missing += 1
  if (missing === 0) return raw
  const canonical = new Uint8Array(raw.length + missing)
  let at = 0
  for (const line of linesOf(raw)) {
    canonical.set(raw.subarray(line.start, line.end), at)
    at += line.end - line.start
    if (line.next === line.end) continue
    canonical.set([carriageReturn, lineFeed], at)
    at += 2
  }
  return canonical
}

/** What a part says, its transfer encoding undone; undefined for an encoding that we do not know. */
export function decodedBody(entity: Entity): Uint8Array | undefined {
  switch ((fieldOf(entity, 'Content-Transfer-Encoding') ?? '7bit').toLowerCase()) {
    case '7bit':
    case '8bit':
    case 'binary':
      return entity.body
    case 'quoted-printable': {
      const text = latin1(entity.body).replace(/=[ \t]*\r?\n/g, '')
      return fromLatin1(
        text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
      )
    }
    case 'base64':
      try {
        return fromLatin1(atob(latin1(entity.body).replace(/\s+/g, '')))
      } catch {
        return undefined
      }
    default:
      return undefined
  }
}

/** Bytes as characters of the same number; `TextDecoder` would make other characters of some. */
export function latin1(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 0x2000)
    text += String.fromCharCode(...bytes.subarray(at, at + 0x2000))
  return text
}

function fromLatin1(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
}

export function joinBytes(...pieces: readonly (Uint8Array | string)[]): Uint8Array {
  const encoded = pieces.map((piece) => (typeof piece === 'string' ? new TextEncoder().encode(piece) : piece))
  const joined = new Uint8Array(encoded.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of encoded) {
    joined.set(piece, at)
    at += piece.length
  }
  return joined
}

const mostHeaderBytes = 256 * 1024

/** Where each line begins and ends, and where the next one begins; ended by CRLF or by LF alone. */
export function* linesOf(
  raw: Uint8Array,
): Generator<{ readonly start: number; readonly end: number; readonly next: number }, void> {
  let start = 0
  while (start < raw.length) {
    const feed = raw.indexOf(lineFeed, start)
    const next = feed === -1 ? raw.length : feed + 1
    const end = feed === -1 ? raw.length : raw[feed - 1] === carriageReturn && feed > start ? feed - 1 : feed
    yield { start, end, next }
    start = next
  }
}

// The bytes of an e-mail (RFC 5322, MIME), without a library: the same in a browser and in Node.

export interface MimePart {
  /** Content-Type with its parameters but for the name. */
  readonly type: string
  /** Shown as a file of this name. */
  readonly name?: string
  readonly bytes: Uint8Array
}

/** A body part with its headers. Text that is mostly ASCII stays readable as it is sent; all else is base64. */
export function encodePart({ type, name, bytes }: MimePart): string {
  const isText = type.startsWith('text/plain') && name === undefined
  const encoding = isText && isMostlyAscii(bytes) ? 'quoted-printable' : 'base64'
  const encoded =
    encoding === 'base64' ? base64Lines(bytes) : quotedPrintable(new TextDecoder().decode(bytes))
  const disposition =
    name === undefined ? '' : `Content-Disposition: attachment${parameter('filename', name)}\r\n`
  return `Content-Type: ${type}\r\n${disposition}Content-Transfer-Encoding: ${encoding}\r\n\r\n${encoded}`
}

/** A header of words that may only be broken between them, in lines of at most 76 letters where that can be. */
export function foldWords(name: string, words: readonly string[]): string {
  const lines = [`${name}:`]
  for (const word of words) {
    const last = lines.at(-1) ?? ''
    if (last.length + word.length < 76) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(` ${word}`)
  }
  return `${lines.join('\r\n')}\r\n`
}

/** A header's free text: as it is where that is safe, in encoded words (RFC 2047) of at most 75 letters else. */
export function encodeText(text: string): readonly string[] {
  const line = oneLine(text)
  if (isPlain(line)) return line.split(/ (?=\S)/)
  return chunks(line, 36).map((piece) => `=?UTF-8?B?${base64(new TextEncoder().encode(piece))}?=`)
}

/** `Name <address>`; an address that cannot stand in a header is a fault. */
export function encodeMailbox({ name = '', address }: { readonly name?: string; readonly address: string }) {
  if (address.length > 320 || !plainAddress.test(address))
    throw new TypeError('not an address that can stand in a header')
  const shown = oneLine(name)
  const quoted = isPlain(shown) ? [`"${shown.replace(/["\\]/g, String.raw`\$&`)}"`] : encodeText(shown)
  return shown === '' ? [withAsciiDomain(address)] : [...quoted, `<${withAsciiDomain(address)}>`]
}

export function checkMessageId(id: string): string {
  if (id.length > 250 || !plainMessageId.test(id)) throw new TypeError('not a Message-ID')
  return id
}

function base64(bytes: Uint8Array): string {
  // In pieces: a call takes only so many arguments.
  let binary = ''
  for (let at = 0; at < bytes.length; at += 8_192)
    binary += String.fromCharCode(...bytes.subarray(at, at + 8_192))
  return btoa(binary)
}

const plainAddress = /^[^\s\p{Cc}\p{Cf}<>()[\]\\,;:"@]+@[^\s\p{Cc}\p{Cf}<>()\\,;"@]+$/u
const plainMessageId = /^<[^\s\p{Cc}<>@]+@[^\s\p{Cc}<>@]+>$/u

/** The domain as old mail servers read it, unless the local part asks for new ones anyway. */
function withAsciiDomain(address: string): string {
  const [local = '', domain = ''] = address.split('@')
  if (!/^[!-~]+$/.test(local) || /^[!-~]+$/.test(domain)) return address
  return `${local}@${new URL(`http://${domain}`).hostname}`
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
}

function isPlain(text: string): boolean {
  return /^[ -~]*$/.test(text) && !text.includes('=?')
}

function isMostlyAscii(bytes: Uint8Array): boolean {
  return bytes.filter((byte) => byte > 0x7f).length * 8 < bytes.length
}

function base64Lines(bytes: Uint8Array): string {
  return `${base64(bytes).replace(/.{76}(?=.)/g, '$&\r\n')}\r\n`
}

/** RFC 2045, 6.7: lines of at most 76 letters, blanks at their ends and all that is not ASCII encoded. */
function quotedPrintable(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  return lines.map((line) => softLines(Array.from(line, encodeLetter), line)).join('\r\n')
}

function encodeLetter(letter: string): string {
  if (/^[ -<>-~]$/.test(letter)) return letter
  return Array.from(new TextEncoder().encode(letter), hexOctet).join('')
}

function hexOctet(byte: number): string {
  return `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
}

function softLines(encoded: readonly string[], line: string): string {
  const lines = ['']
  for (const [place, letter] of encoded.entries()) {
    const isLast = place === encoded.length - 1
    const safe = isLast && line.endsWith(' ') ? '=20' : letter
    const last = lines.at(-1) ?? ''
    if (last.length + safe.length > 75) lines.push(safe)
    else lines[lines.length - 1] = last + safe
  }
  return lines.join('=\r\n')
}

/** RFC 2231 for a name that is not ASCII, with a plain one for programs that do not know it. */
function parameter(name: string, value: string): string {
  const line = oneLine(value)
  const plain = line.replace(/[^ -~]/g, '_').replace(/["\\]/g, '_')
  const encoded = Array.from(new TextEncoder().encode(line), (byte) => {
    const letter = String.fromCharCode(byte)
    return /[A-Za-z0-9.-]/.test(letter) ? letter : hexOctet(byte).replace('=', '%')
  })
  const sections = chunks(encoded, 24).map(
    (piece, place) => `;\r\n ${name}*${place}*=${place === 0 ? "UTF-8''" : ''}${piece}`,
  )
  return plain === line && line.length < 60 ? `;\r\n ${name}="${line}"` : sections.join('')
}

/** Pieces of at most so many bytes, broken between letters (or between what the list holds). */
function chunks(letters: Iterable<string>, most: number): readonly string[] {
  const pieces = ['']
  let bytes = 0
  for (const letter of letters) {
    const size = new TextEncoder().encode(letter).length
    if (bytes + size > most && bytes > 0) {
      pieces.push('')
      bytes = 0
    }
    pieces[pieces.length - 1] += letter
    bytes += size
  }
  return pieces
}

import { ok, refuse, type Result } from '@parley/kernel'

const marks = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
] as const

/** Controls that no text holds: where they stand, the bytes are in another encoding than they seem. */
const noText = /(?![\t-\r\u0080-\u009f])\p{Cc}/u

/**
 * The text of the bytes, nothing replaced: UTF-8, or UTF-16 where a byte order mark says so (the mark is not part of the text).
 * Bytes that are no text are refused with the place of the first one.
 */
export function decode(bytes: Uint8Array): Result<string> {
  const mark = marks.find((each) => each.bytes.every((byte, at) => bytes[at] === byte))
  const encoding = mark?.encoding ?? 'utf-8'
  const markLength = mark?.bytes.length ?? 0
  const body = bytes.subarray(markLength)
  const source = tryDecode(body, encoding, false)
  if (source === undefined) return refused(markLength + firstFault(body, encoding), encoding)
  const control = noText.exec(source)
  if (control !== null) {
    return refused(markLength + lengthIn(source.slice(0, control.index), encoding), encoding)
  }
  return ok(source)
}

function refused(offset: number, encoding: string): Result<never> {
  return refuse({
    code: 'library/encoding',
    kind: 'invalid',
    values: { offset, encoding: encoding.startsWith('utf-16') ? 'UTF-16' : 'UTF-8' },
  })
}

function lengthIn(text: string, encoding: string): number {
  return encoding === 'utf-8' ? Buffer.byteLength(text) : 2 * text.length
}

function tryDecode(bytes: Uint8Array, encoding: string, stream: boolean): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes, { stream })
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

/** The decoder does not say where it stopped: the shortest beginning that it refuses is sought. */
function firstFault(bytes: Uint8Array, encoding: string): number {
  const whole = tryDecode(bytes, encoding, true)
  if (whole !== undefined) return lengthIn(whole, encoding)
  let good = 0
  let bad = bytes.length
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (tryDecode(bytes.subarray(0, middle), encoding, true) === undefined) bad = middle
    else good = middle
  }
  return lengthIn(tryDecode(bytes.subarray(0, good), encoding, true) ?? '', encoding)
}

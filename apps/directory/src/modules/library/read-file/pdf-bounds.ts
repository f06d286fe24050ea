import { constants, inflateSync } from 'node:zlib'

// The parser unpacks whatever a file asks for. What would fill the memory is found before the file is given to it.

const megabyte = 1_000_000
/** Of one stream; pictures are not unpacked, but a page may call itself one. */
const largestStream = 100 * megabyte
/** Of all that are no pictures: text of several thousand pages with its fonts. */
export const largestTogether = 200 * megabyte

const opening = Buffer.from('stream')
const closing = Buffer.from('endstream')
/** How much before a stream its description may take. */
const description = 2000

/** Whether the packed streams of a file stay within the bounds. A stream packed twice is unpacked twice. */
export function staysWithin(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let together = 0
  let at = file.indexOf(opening)
  while (at >= 0) {
    const end = file.indexOf(closing, at)
    const size = sizeOf(file.subarray(startAfter(file, at + opening.length), end < 0 ? file.length : end))
    if (size === undefined) return false
    const isPicture = /\/Subtype\s*\/Image\b/.test(
      file.toString('latin1', Math.max(0, file.lastIndexOf('obj', at), at - description), at),
    )
    together += isPicture ? 0 : size
    if (together > largestTogether) return false
    at = end < 0 ? -1 : file.indexOf(opening, end + closing.length)
  }
  return true
}

function startAfter(file: Buffer, at: number): number {
  const line = file[at] === 0x0d ? at + 1 : at
  return file[line] === 0x0a ? line + 1 : line
}

/** Undefined where it is too large; 0 where it is not packed, or not so. */
function sizeOf(packed: Buffer): number | undefined {
  let inner = packed
  let size = 0
  while (inner[0] !== undefined && (inner[0] & 0x0f) === 8) {
    const unpacked = inflate(inner)
    if (unpacked === undefined) return undefined
    if (unpacked.length === 0) break
    size += unpacked.length
    inner = unpacked
  }
  return size
}

function inflate(packed: Buffer): Buffer | undefined {
  try {
    return inflateSync(packed, { maxOutputLength: largestStream, finishFlush: constants.Z_SYNC_FLUSH })
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error
    return error.code === 'ERR_BUFFER_TOO_LARGE' ? undefined : Buffer.alloc(0)
  }
}

import { ok, refuse, type Result } from '@parley/kernel'

const megabyte = 1_000_000
export const largestDocument = 50 * megabyte

/** To be asked with the announced size before a file is read, and again with what was read. */
export function mayRead(size: number): Result<number> {
  return size > largestDocument
    ? refuse({
        code: 'library/too-large',
        kind: 'invalid',
        values: { megabytes: largestDocument / megabyte },
      })
    : ok(size)
}

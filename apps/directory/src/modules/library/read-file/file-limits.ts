import { ok, refuse, type Result } from '@parley/kernel'

const megabyte = 1_000_000
export const largestDocument = 50 * megabyte

/** More than eight hundred pages; longer ones would keep the program busy. */
export const longestText = 2_000_000

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

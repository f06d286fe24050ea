import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** What is printed at the start and lets one browser in. */
export interface Secret {
  /** In groups, to be read and typed. */
  readonly text: string
  /** Whether this is it, for the first and only time. */
  spend(typed: string): boolean
  isSpent(): boolean
}

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A hundred bits: nobody guesses it, however fast. */
export function newSecret(): Secret {
  const plain = Array.from(randomBytes(20), (byte) => letters[byte % 32]).join('')
  let isSpent = false
  return {
    text: plain.replace(/.{5}(?=.)/g, '$&-'),
    isSpent: () => isSpent,
    spend: (typed) => {
      const fits = timingSafeEqual(digest(typed.toUpperCase().replace(/[^0-9A-Z]/g, '')), digest(plain))
      if (isSpent || !fits) return false
      isSpent = true
      return true
    },
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

import { latinDigits } from '@parley/kernel'

// Crockford's base 32: no I, L, O or U, so that nothing is misheard or misread for a digit.
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

const spelling: Readonly<Record<string, string>> = {
  A: 'Alfa',
  B: 'Bravo',
  C: 'Charlie',
  D: 'Delta',
  E: 'Echo',
  F: 'Foxtrot',
  G: 'Golf',
  H: 'Hotel',
  J: 'Juliett',
  K: 'Kilo',
  M: 'Mike',
  N: 'November',
  P: 'Papa',
  Q: 'Quebec',
  R: 'Romeo',
  S: 'Sierra',
  T: 'Tango',
  V: 'Victor',
  W: 'Whiskey',
  X: 'X-ray',
  Y: 'Yankee',
  Z: 'Zulu',
}

const shape = '[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}'

/** A fresh reference for a thread: short enough to be read out over the telephone, `K7QM-4TXD`. */
export function newReference(): string {
  const picked = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => letters[byte % 32])
  return `${picked.slice(0, 4).join('')}-${picked.slice(4).join('')}`
}

export function isReference(text: string): boolean {
  return new RegExp(`^${shape}$`).test(text)
}

/** The reference that a person typed or took down by ear: any case, digits and separators; O is 0, I and L are 1. */
export function parseReference(text: string): string | undefined {
  const plain = latinDigits(text)
    .toUpperCase()
    .replace(/[\s\p{Pd}\p{Cf}.·]+/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  const reference = `${plain.slice(0, 4)}-${plain.slice(4)}`
  return isReference(reference) ? reference : undefined
}

/** The references that stand in a subject or in a plain text, each once. */
export function findReferences(text: string): readonly string[] {
  return [...new Set(text.match(new RegExp(`(?<![\\w-])${shape}(?![\\w-])`, 'g')) ?? [])]
}

/** The reference in the words of the international spelling alphabet: `Kilo 7 Quebec Mike - 4 Tango X-ray Delta`. */
export function spokenReference(reference: string): string {
  return Array.from(reference, (letter) => spelling[letter] ?? letter).join(' ')
}

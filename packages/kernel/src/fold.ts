import { latinDigits } from './digits.ts'

/** Letters that people write for one another: alef, hamza and yeh variants, Persian forms, dotless i, ligatures. */
const written: Readonly<Record<string, string>> = {
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ة: 'ه',
  ہ: 'ه',
  ھ: 'ه',
  ک: 'ك',
  ء: '',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
}
const variants = new RegExp(`[${Object.keys(written).join('')}]`, 'g')

/**
 * Text as it is compared: no case, accents, full-width forms, Arabic vowel signs, tatweel, hamza or alef variants,
 * no invisible controls, one kind of digit, and no apostrophes. Never shown.
 */
export function fold(text: string): string {
  return latinDigits(text)
    .normalize('NFKD')
    .replace(/[\p{Mn}\p{Cf}\u0640'’‘`´ʼ]/gu, '')
    .toLowerCase()
    .replace(variants, (letter) => written[letter] ?? letter)
    .replace(/\s+/g, ' ')
    .trim()
}

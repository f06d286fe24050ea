// Letters after numbers: of parts of a resolution (`43/78 H`), of annexes and of sub-paragraphs.

const arabicNames =
  'ألف باء جيم دال هاء واو زاي حاء طاء ياء كاف لام ميم نون سين عين فاء صاد قاف راء شين تاء ثاء خاء ذال ضاد'.split(
    ' ',
  )
const arabicLetters = 'أبجدهوزحطيكلمنسعفصقرشتثخذض'
const russianLetters = 'абвгдежзиклмнопрстуфхцчшщэюя'
/** Cyrillic capitals that stand for the Latin ones they look like. */
const lookAlikes: Readonly<Record<string, string>> = {
  А: 'A',
  В: 'B',
  С: 'C',
  Е: 'E',
  Н: 'H',
  К: 'K',
  М: 'M',
  О: 'O',
  Р: 'P',
  Т: 'T',
  Х: 'X',
}

/** A letter by its name in Arabic, or a capital that nothing follows. */
export const capital = `(?:[A-Z${Object.keys(lookAlikes).join('')}]|${arabicNames.join('|')})(?![\\p{L}\\p{N}/.'’])`

/** `حاء` and a Cyrillic `Н` are `H`. */
export function readCapital(printed: string): string {
  const named = arabicNames.indexOf(printed)
  return named === -1 ? (lookAlikes[printed] ?? printed) : latin(named).toUpperCase()
}

/** `(أ)`, `(a)` and `(а)` are `a`; `(iv)` and `(1)` stay. */
export function readSmall(printed: string): string {
  const plain = printed.replace(/ـ/g, '').toLowerCase()
  for (const alphabet of [arabicLetters, russianLetters]) {
    const place = plain.length === 1 ? alphabet.indexOf(plain) : -1
    if (place !== -1 && place < 26) return latin(place)
  }
  return plain
}

function latin(place: number): string {
  return String.fromCodePoint(97 + place)
}

/** Letters as a text in Arabic prints them: the name of a capital, the letter itself in brackets. */
export function inArabic(letter: string): string {
  const place = letter.toLowerCase().charCodeAt(0) - 97
  if (!/^[a-z]$/i.test(letter)) return letter
  return (/[A-Z]/.test(letter) ? arabicNames[place] : arabicLetters[place]?.replace('ه', 'هـ')) ?? letter
}

const romans = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii', 'xiii', 'xiv', 'xv']

/** A label as texts in this language print it: `(a)` and `(iv)`, in Arabic `(أ)` and `'4'`. */
export function labelIn(language: string, kind: string, label: string): string {
  if (kind !== 'sub-paragraph' && kind !== 'sub-item') return label
  if (language !== 'ar') return `(${label})`
  const number = romans.indexOf(label) + 1
  return kind === 'sub-item' && number > 0 ? `'${number}'` : `(${inArabic(label)})`
}

// How lists are counted: what a word processor prints before a paragraph and does not store with its text.

const arabicOrder = Array.from('أبتثجحخدذرزسشصضطظعغفقكلمنهوي')
const abjadOrder = Array.from('أبجدهوزحطيكلمنسعفصقرشتثخذضظغ')
const russianOrder = Array.from('абвгдежзиклмнопрстуфхцчшщэюя')
const latinOrder = Array.from('abcdefghijklmnopqrstuvwxyz')
const chineseDigits = Array.from('〇一二三四五六七八九')

const romanParts = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
] as const

/** Beyond the last letter word processors repeat it: z, aa, bb. */
function inOrder(order: readonly string[]): (count: number) => string {
  return (count) => (order[(count - 1) % order.length] ?? '').repeat(Math.ceil(count / order.length))
}

function inRoman(count: number): string {
  let rest = count
  let told = ''
  for (const [value, letters] of romanParts) {
    told += letters.repeat(Math.floor(rest / value))
    rest %= value
  }
  return told
}

function inChinese(count: number): string {
  if (count > 99) return Array.from(String(count), (digit) => chineseDigits[Number(digit)] ?? '').join('')
  const tens = Math.floor(count / 10)
  const ones = count % 10
  const before = tens === 0 ? '' : `${tens === 1 ? '' : (chineseDigits[tens] ?? '')}十`
  return `${before}${ones === 0 ? '' : (chineseDigits[ones] ?? '')}`
}

/** By the names of WordprocessingML (`ST_NumberFormat`). */
const ways: ReadonlyMap<string, (count: number) => string> = new Map([
  ['lowerLetter', inOrder(latinOrder)],
  ['upperLetter', (count) => inOrder(latinOrder)(count).toUpperCase()],
  ['lowerRoman', inRoman],
  ['upperRoman', (count) => inRoman(count).toUpperCase()],
  ['russianLower', inOrder(russianOrder)],
  ['russianUpper', (count) => inOrder(russianOrder)(count).toUpperCase()],
  ['arabicAlpha', inOrder(arabicOrder)],
  ['arabicAbjad', inOrder(abjadOrder)],
  ['chineseCounting', inChinese],
  ['chineseCountingThousand', inChinese],
  ['japaneseCounting', inChinese],
  ['decimalZero', (count) => String(count).padStart(2, '0')],
  ['none', () => ''],
])

/** Larger counts are no list of a document, and letters would grow without end. */
const largest = 5000

export function countIn(way: string, count: number): string {
  const told = count > 0 && count <= largest ? ways.get(way)?.(count) : undefined
  return told ?? String(count)
}

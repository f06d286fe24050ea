import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codeFromNumber, findCodes, groupCode, latinDigits, monthsAfter, parseCode } from './index.ts'

const anyCode = fc.bigInt({ min: 0n, max: 10n ** 11n - 1n }).map(codeFromNumber)

describe('digits', () => {
  test('digits of every script read as Latin ones', () => {
    expect(latinDigits('٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹ ०१२३४५६७८९ ０１２３４５６７８９ 𝟎𝟏𝟗𝟘𝟙')).toBe(
      '0123456789 0123456789 0123456789 0123456789 01901',
    )
  })
})

describe('the code of a check', () => {
  test('a code is read back from any digits and separators', () => {
    fc.assert(
      fc.property(anyCode, fc.constantFrom(' ', '-', '\u00a0', '–', '', '.', ' - '), (code, separator) => {
        const grouped = groupCode(code).replaceAll('\u00a0', separator)
        const arabic = grouped.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)))
        expect(parseCode(grouped)).toBe(code)
        expect(parseCode(`\u2066${arabic}\u2069`)).toBe(code)
        expect(findCodes(`Bonjour,\nnotre code est ${grouped}, merci`)).toEqual([code])
        expect(findCodes(`رمزنا ${arabic} شكرا`)).toEqual([code])
      }),
    )
  })

  test('one wrong digit, or two neighbours swapped, is never a code', () => {
    fc.assert(
      fc.property(anyCode, fc.nat(11), fc.integer({ min: 1, max: 9 }), fc.nat(10), (code, at, by, swap) => {
        const wrong = code.slice(0, at) + String((Number(code[at]) + by) % 10) + code.slice(at + 1)
        expect(parseCode(wrong)).toBeUndefined()
        const swapped = code.slice(0, swap) + code.charAt(swap + 1) + code.charAt(swap) + code.slice(swap + 2)
        if (swapped !== code) expect(parseCode(swapped)).toBeUndefined()
      }),
    )
  })

  test('a code is found above a line that begins with a date, and torn over two lines', () => {
    const code = codeFromNumber(41720385916n)
    const [one, two, three] = groupCode(code).split('\u00a0')
    expect(findCodes(`Code: ${one} ${two} ${three}\n03.11.2026`)).toEqual([code])
    expect(findCodes(`Code: ${one} ${two}\n${three} thanks`)).toEqual([code])
  })

  test('a telephone number with a plus sign is not read as a code', () => {
    const code = codeFromNumber(99955501742n)
    expect(findCodes(`Tel. +${code}`)).toEqual([])
    expect(findCodes(`1234 ${code} 5678 9`)).toEqual([])
  })
})

test('six months after 31 August is the last day of February, in UTC', () => {
  expect(monthsAfter(new Date('2026-08-31T14:00:00Z'), 6).toISOString()).toBe('2027-02-28T14:00:00.000Z')
})

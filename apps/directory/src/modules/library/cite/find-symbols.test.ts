import type { Locale } from '@parley/kernel'
import { processorTime } from '@parley/testkit'
import { describe, expect, test } from 'vitest'
import { findSymbols } from './find-symbols.ts'
import type { NumberOptions } from './printed-numbers.ts'

function symbols(language: Locale, text: string, options: Partial<NumberOptions> = {}): string {
  return findSymbols(text, { language, ...options })
    .map(({ symbol, place }) => (place === null ? symbol : `${symbol}#${place}`))
    .join(' ')
}

describe('CAP-12: symbols with their prefix', () => {
  test.each([
    ['A/AC.292/2022/INF/4.', 'A/AC.292/2022/INF/4'],
    ['[A/RES/77/37](#)', 'A/RES/77/37'],
    ['https://undocs.org/ar/A/RES/75/240', 'A/RES/75/240'],
    ['https://docs.un.org/A/78/265', 'A/78/265'],
    ['A/67/65-E/2012/48/Corr.1 and A/67/65/Corr.1.', 'A/67/65-E/2012/48/Corr.1 A/67/65/Corr.1'],
    ['A/AC.292/2022/INF.2', 'A/AC.292/2022/INF.2'],
    ['A/C.1/77/L.23/Rev.1', 'A/C.1/77/L.23/Rev.1'],
    ['E/CN.16/2018/CRP.3', 'E/CN.16/2018/CRP.3'],
    ['A/RES/43/78 H and A/RES/46/36L', 'A/RES/43/78 H A/RES/46/36 L'],
    ['A/HRC/RES/48/7', 'A/HRC/RES/48/7'],
    ['N/A, and/or, A/B, TCP/IP', ''],
  ])('%s', (printed, found) => {
    expect(symbols('en', printed)).toBe(found)
  })

  test('letters of another script may touch them, as extraction leaves it', () => {
    expect(symbols('ar', 'A/AC.292/2022/INF/1و   A/AC.292/2022/2اليامض')).toBe(
      'A/AC.292/2022/INF/1 A/AC.292/2022/2',
    )
  })
})

describe('CAP-12: resolutions and decisions by their number, in six languages', () => {
  const found = 'A/RES/43/78 H A/RES/75/240 A/RES/76/19 A/DEC/77/512 E/RES/2023/3'
  test.each([
    [
      'ar',
      'قراراتها 78/43 حاء المؤرخ 7 كانون الأول/ديسمبر 1988 و 240/75 و 19/76، ومقررها 512/77، وقرار المجلس الاقتصادي والاجتماعي 3/2023',
    ],
    [
      'zh',
      '回顾其 1988 年 12 月 7 日第 43/78 H 号、第 75/240 号和第 76/19 号决议、第 77/512 号决定和经济及社会理事会第 2023/3 号决议',
    ],
    [
      'en',
      'its resolutions 43/78 H of 7 December 1988, 75/240 and 76/19, its decision 77/512, and Economic and Social Council resolution 2023/3',
    ],
    [
      'fr',
      'ses résolutions 43/78 H du 7 décembre 1988, 75/240 et 76/19, sa décision 77/512, et la résolution 2023/3 du Conseil',
    ],
    [
      'ru',
      'свои резолюции 43/78 Н от 7 декабря 1988 года, 75/240 и 76/19, свое решение 77/512 и резолюцию 2023/3 Совета',
    ],
    [
      'es',
      'sus resoluciones 43/78 H, de 7 de diciembre de 1988, 75/240 y 76/19, su decisión 77/512 y la resolución 2023/3 del Consejo',
    ],
  ] as const)('%s', (language, printed) => {
    expect(symbols(language, printed)).toBe(found)
  })

  test('with mark-up, with digits of Arabic, and as the title of a resolution', () => {
    expect(symbols('ar', 'في قرارها [125/70](#) المؤرخ 16 كانون الأول/ديسمبر 2015')).toBe('A/RES/70/125')
    expect(symbols('ar', 'القرار ٢٤٠/٧٥')).toBe('A/RES/75/240')
    expect(symbols('ar', '\n36/77 - التطورات في ميدان المعلومات', { session: 77 })).toBe('A/RES/77/36')
    expect(symbols('en', '\n77/36. Developments in the field', { session: 77 })).toBe('A/RES/77/36')
  })
})

describe('CAP-12: which number is the session', () => {
  test('the date beside it decides: a session opens in the middle of September', () => {
    expect(symbols('ar', 'القرار 54/61 المؤرخ 6 كانون الأول/ديسمبر 2006')).toBe('A/RES/61/54')
    expect(symbols('ar', 'القرار 61/59 المؤرخ 3 كانون الأول/ديسمبر 2004')).toBe('A/RES/59/61')
    expect(symbols('ar', 'القرار 70/69 المؤرخ 8 أيلول/سبتمبر 2015')).toBe('A/RES/69/70')
    expect(symbols('ar', 'القرار 69/70 المؤرخ 25 أيلول/سبتمبر 2015')).toBe('A/RES/70/69')
    expect(symbols('en', 'resolution 61/59 of 3 December 2004')).toBe('A/RES/59/61')
  })

  test('without a date, what is plausible; then how the text prints the others', () => {
    expect(symbols('ar', 'القرار 27/73')).toBe('A/RES/73/27')
    expect(symbols('ar', 'القرار 103/36', { session: 77 })).toBe('A/RES/36/103')
    expect(symbols('ar', 'القرار 54/61')).toBe('A/RES/61/54')
    expect(symbols('ar', 'القرارات 75/240 و 73/266 و 61/54')).toBe('A/RES/75/240 A/RES/73/266 A/RES/61/54')
    expect(symbols('en', 'resolution 54/61')).toBe('A/RES/54/61')
  })

  test('a decision is told by its number, where its word is misprinted', () => {
    expect(symbols('ar', 'ومقرها 568/77 المؤرخ 1 أيلول/سبتمبر 2023')).toBe('A/DEC/77/568')
    expect(symbols('ar', 'مقررا الجمعية العامة 564/75 و 512/77 والقراران 237/70 و 19/76')).toBe(
      'A/DEC/75/564 A/DEC/77/512 A/RES/70/237 A/RES/76/19',
    )
  })

  test('of a damaged text only what can be read in one way, whatever the words around it', () => {
    const damaged = 'من ق ار القمير  اليام    1  :240/ 75 وفنا للن ار  31/ 1996 54/61'
    expect(symbols('ar', damaged)).toBe('')
    expect(symbols('ar', damaged, { isDamaged: true })).toBe('A/RES/75/240 E/RES/1996/31')
  })
})

test.each([
  '22-12352 7/16',
  'page 45/60',
  'on 12/10/2021 and in 2014/2015',
  'available 24/7, the 50/50 split',
  'Human Rights Council resolution 48/7',
  'resolution 7/16 and the 50/50 split',
  'a resolution; 62/75 of those present',
])('CAP-12: no resolution is read in: %s', (printed) => {
  expect(symbols('en', printed)).toBe('')
})

describe('CAP-12: the paragraphs named with a symbol', () => {
  test.each([
    ['ar', 'A/75/816، المرفق الأول، الفقرتان 64 و 65.'],
    ['zh', 'A/75/816 号文件附件一第64和65段'],
    ['en', 'A/75/816, annex I, paras. 64 and 65'],
    ['fr', 'A/75/816, annexe I, par. 64 et 65'],
    ['ru', 'A/75/816, приложение I, пункты 64 и 65'],
    ['es', 'A/75/816, anexo I, párrs. 64 y 65'],
  ] as const)('%s: two paragraphs of an annex', (language, printed) => {
    expect(symbols(language, printed)).toBe('A/75/816#annex-I/64 A/75/816#annex-I/65')
  })

  test.each([
    ['ar', 'A/76/135، الفقرة 71 (و)؛', 'A/76/135#71/f'],
    ['ar', '(A/78/458، الفقرة 11)', 'A/78/458#11'],
    ['ar', 'القرار 256/71، المرفق.', 'A/RES/71/256#annex'],
    ['ar', 'قرار الجمعية العامة 240/75، الفقرة 1 من المنطوق.', 'A/RES/75/240#op/1'],
    ['en', 'paragraph 1 of General Assembly resolution 75/240', 'A/RES/75/240#op/1'],
    ['en', 'A/78/265, annex A, para. 8', 'A/78/265#annex-A/8'],
    ['en', 'A/75/816, paras. 48–50', 'A/75/816#48 A/75/816#49 A/75/816#50'],
    ['en', 'A/78/265, para. 23 (a) to (c)', 'A/78/265#23/a A/78/265#23/b A/78/265#23/c'],
    ['ru', 'пункт 1 резолюции 75/240', 'A/RES/75/240#op/1'],
  ] as const)('%s: %s', (language, printed, found) => {
    expect(symbols(language, printed)).toBe(found)
  })

  test('a paragraph of a part that is named in words is not one of the whole document', () => {
    const printed = 'A/77/275، فرع القانون الدولي، الخطوات التالية الموصى بها، الفقرة 2.'
    expect(symbols('ar', printed)).toBe('A/77/275')
  })
})

test('CAP-12: where nothing is printed in between, long texts are read in time', () => {
  const hostile = ['75/240, ', 'и и и ', 'A/', '75/', 'https://', 'para. 1 of '].map((each) =>
    each.repeat(20_000),
  )
  const start = processorTime()
  for (const text of hostile) findSymbols(text, { language: 'en' })
  expect(processorTime() - start).toBeLessThan(5000)
})

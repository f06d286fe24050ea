import { describe, expect, test } from 'vitest'
import { areSourcesThere, sourceTexts } from '../../../../test/source-documents.ts'
import { recogniseResolution } from '../recognise/recognise-resolution.ts'
import type { Manifest } from '../structured-document.ts'
import { findCitations } from './find-citations.ts'
import { wholeText } from './whole-text.fixture.ts'

interface Expected {
  readonly manifest: Manifest
  readonly has: (source: string) => boolean
  readonly isDamaged?: boolean
  readonly symbols: readonly string[]
}

const under = (prefix: string, numbers: string): readonly string[] =>
  numbers.split(' ').map((number) => `${prefix}/${number}`)

const recalled =
  '36/103 53/70 54/49 55/28 56/19 57/53 58/32 59/61 60/45 61/54 62/17 63/37 64/25 65/41 66/24 67/27 68/243 69/28 70/237 71/28 74/29 75/240 76/19'

/** Inventory 19.2. */
const documents: readonly Expected[] = [
  {
    manifest: { symbol: 'A/RES/77/36', language: 'ar', kind: 'resolution' },
    has: (source) => source.includes('\n36/77 - '),
    symbols: [
      ...under('A', '77/275 77/380 AC.292/2022/INF/4'),
      ...under('A/RES', `${recalled} 77/36`),
      'A/RES/43/78 H',
    ],
  },
  {
    manifest: { symbol: 'A/77/275', language: 'ar', kind: 'report' },
    has: (source) => source.includes('22-12352'),
    isDamaged: true,
    symbols: [
      ...under('A', '65/201 68/98 70/174 75/816 76/135 77/150 77/275'),
      ...under(
        'A/AC.292',
        '2021/1 2021/2 2021/INF/1 2021/INF/1/Add.1 2022/1 2022/2 2022/CRP.1 2022/INF.2 2022/INF/1 2022/INF/3 2022/INF/4 2022/L.1',
      ),
      ...under('A/RES', '70/237 73/27 73/266 75/240 76/19'),
      'E/RES/1996/31',
    ],
  },
  {
    manifest: { symbol: 'A/78/265', language: 'ar', kind: 'report' },
    has: (source) => source.includes('A/AC.292/2023/CRP.1'),
    symbols: [
      ...under('A', '65/201 68/98 70/174 75/816 76/135 77/275 78/76 78/150'),
      ...under(
        'A/AC.292',
        '2021/1 2023/2/Rev.1 2023/3 2023/CRP.1 2023/INF/1 2023/INF/3 2023/INF/4 2023/INF/5 2023/L.1',
      ),
      ...under('A/RES', '77/37 58/199 70/237 73/27 73/266 75/240 76/19'),
      ...under('A/DEC', '75/564 77/512'),
    ],
  },
  {
    manifest: { symbol: 'A/C.1/77/L.23/Rev.1', language: 'zh', kind: 'draft-resolution' },
    has: (source) => source.includes('订正决议草案'),
    symbols: [
      ...under('A', '77/275 AC.292/2022/INF/4'),
      ...under('A/RES', `${recalled} 73/27`),
      'A/RES/43/78 H',
    ],
  },
  {
    manifest: { symbol: 'A/RES/78/132', language: 'ar', kind: 'resolution' },
    has: (source) => source.includes('\n132/78 - '),
    symbols: [
      ...under(
        'A',
        '60/687 67/65-E/2012/48/Corr.1 67/65/Corr.1 74/821 75/982 78/458 78/62-E/2023/49 C.2/59/3',
      ),
      'E/CN.16/2018/CRP.3',
      ...under(
        'A/RES',
        '56/183 57/238 59/220 60/252 62/182 63/202 64/187 65/141 66/184 67/195 68/198 69/204 69/313 70/1 70/125 70/184 71/212 71/256 72/200 73/218 74/197 75/202 76/189 76/307 77/150 78/132',
      ),
      'A/DEC/77/568',
      ...under(
        'E/RES',
        '2006/46 2008/3 2009/7 2010/2 2011/16 2012/5 2013/9 2014/27 2015/26 2016/22 2017/21 2018/28 2019/24 2020/12 2021/28 2022/15 2023/3',
      ),
    ],
  },
]

describe.runIf(areSourcesThere)('the symbols that five documents print', () => {
  const sources = areSourcesThere ? sourceTexts() : []
  const read = documents.map((expected) => {
    const source = sources.find(expected.has) ?? ''
    const citations = findCitations(wholeText(expected.manifest, source, expected.isDamaged))
    return { expected, source, citations, found: new Set(citations.map(({ symbol }) => symbol)) }
  })

  test.each(read)('CAP-12: $expected.manifest.symbol cites what it prints', ({ expected, found }) => {
    const wanted = new Set(expected.symbols)
    console.log(`${expected.manifest.symbol}: ${found.size} of ${wanted.size} symbols`)
    const missing = [...wanted].filter((symbol) => !found.has(symbol))
    const more = [...found].filter((symbol) => !wanted.has(symbol))
    expect({ missing, more }).toEqual({ missing: [], more: [] })
  })

  test('CAP-12: the five together print 115 symbols, and share what the concordance shows', () => {
    const [adopted, first, second, draft, other] = read.map(({ found }) => found)
    if (!adopted || !first || !second || !draft || !other) throw new Error('five documents')
    expect(read.map(({ found }) => found.size)).toEqual([28, 25, 26, 27, 53])
    const rest = new Set([...adopted, ...first, ...second, ...draft])
    expect(new Set([...rest, ...other]).size).toBe(115)
    expect(shared(rest, other)).toEqual([])
    expect(shared(first, second)).toHaveLength(12)
    expect(shared(adopted, draft)).toHaveLength(26)
  })

  test('CAP-12: paragraph by paragraph, resolutions cite the same as their whole text', () => {
    for (const { expected, source, found } of read) {
      if (!expected.manifest.kind.endsWith('resolution')) continue
      const { nodes } = recogniseResolution(source)
      const citations = findCitations({ ...wholeText(expected.manifest, source), nodes })
      expect(new Set(citations.map(({ symbol }) => symbol))).toEqual(found)
    }
  })

  test('CAP-12: each citation stands in the source where it says', () => {
    for (const { source, citations } of read)
      for (const { span, printed } of citations) expect(source.slice(span.start, span.end)).toBe(printed)
  })
})

function shared(one: ReadonlySet<string>, other: ReadonlySet<string>): readonly string[] {
  return [...one].filter((symbol) => other.has(symbol))
}

import { describe, expect, test } from 'vitest'
import { areSourcesThere, sourceTexts } from '../../../../test/source-documents.ts'
import { loadCommunity } from '../../community/index.ts'
import { relatedTo } from './related.ts'
import { stateNames, statesIn } from './state-names.ts'
import { readEntry, readWorkingPapers } from './working-paper.ts'

const names = stateNames(loadCommunity('united-nations', { demonstration: false }).states)

describe.runIf(areSourcesThere)('the list of working papers in an annex of a report', () => {
  const papers = areSourcesThere ? readWorkingPapers(annex(), names) : []
  const single = papers.filter(({ joint }) => !joint)

  test('OEW-15: 81 papers in the order printed, each with its title', () => {
    expect(numbers(papers)).toEqual(Array.from({ length: 81 }, (_, position) => position + 1))
    expect(papers.filter(({ title, unknown }) => title.length < 10 || unknown.length > 0)).toEqual([])
  })

  test('OEW-15: 14 are joint, one of them names no State', () => {
    const joint = papers.filter((paper) => paper.joint)
    expect(numbers(joint)).toEqual([3, 8, 12, 41, 49, 53, 54, 56, 57, 60, 62, 64, 65, 77])
    expect(numbers(joint.filter(({ submitters }) => submitters.length === 0))).toEqual([65])
    expect(joint.map(({ submitters }) => submitters.length)).toEqual([
      5, 4, 14, 11, 2, 9, 9, 4, 7, 8, 24, 2, 0, 54,
    ])
  })

  test('OEW-15: 67 have one submitter, of 36 States', () => {
    const counts = Map.groupBy(single, ({ submitters }) => submitters.join())
    expect(single).toHaveLength(67)
    expect(counts.size).toBe(36)
    expect(
      [...counts]
        .map(([state, { length }]) => [state, length] as const)
        .filter(([, count]) => count > 2)
        .toSorted(([one, many], [other, more]) => more - many || one.localeCompare(other)),
    ).toEqual([
      ['RU', 8],
      ['IN', 5],
      ['CN', 4],
      ['CA', 3],
      ['DE', 3],
      ['FR', 3],
      ['IR', 3],
      ['SG', 3],
    ])
  })

  test('OEW-15: 90 States stand behind them, co-sponsors among them', () => {
    const states = papers.flatMap(({ submitters, coSponsors }) => [...submitters, ...coSponsors])
    expect(new Set(states).size).toBe(90)
    expect(papers[6]).toMatchObject({ submitters: ['RU'], coSponsors: ['BY', 'KP', 'SY', 'VE', 'NI'] })
  })

  test('OEW-15: papers that print as versions of one another lead to each other', () => {
    const related = papers.flatMap((paper) => {
      const others = relatedTo(paper, papers)
      return others.length > 0 ? [[paper.address, ...others].toSorted().join(' ')] : []
    })
    expect([...new Set(related)].toSorted()).toEqual(
      [
        [1, 16, 2, 55],
        [11, 4],
        [12, 41, 60],
        [22, 29],
        [3, 8],
        [48, 51],
        [49, 64],
      ].map((group) => group.map((order) => `annex-D/${order}`).join(' ')),
    )
  })
})

describe('who submits a working paper', () => {
  test.each([
    ['Views on the directory\nMultiple States (Canada, the Netherlands and Türkiye)', ['CA', 'NL', 'TR']],
    ['Vues sur le répertoire\nPlusieurs États (Canada, Suisse et Pays-Bas)', ['CA', 'CH', 'NL']],
    ['Соображения о реестре\nНесколько государств (Канада, Швейцария и Нидерланды)', ['CA', 'CH', 'NL']],
    ['Opiniones sobre el directorio\nVarios Estados (Canadá, Suiza y Países Bajos)', ['CA', 'CH', 'NL']],
    ['关于名录的意见\n多个国家（加拿大、瑞士和荷兰）', ['CA', 'CH', 'NL']],
  ])('OEW-15: %s', (printed, submitters) => {
    expect(readEntry(printed, names)).toMatchObject({ submitters, joint: true, unknown: [] })
  })

  test('OEW-15: a name over two lines, and one at the end of a text in one line, are found', () => {
    const submitters = ['GB']
    const name = 'United Kingdom of Great Britain\nand Northern Ireland'
    expect(readEntry(`Views\n${name}`, names)).toMatchObject({ title: 'Views', submitters })
    expect(readEntry(`Views ${name.replace('\n', ' ')}`, names)).toMatchObject({ title: 'Views', submitters })
  })

  test('OEW-15: what is no name of a State is told, never guessed', () => {
    expect(readEntry('Views\nAtlantis', names)).toMatchObject({ submitters: [], unknown: ['Atlantis'] })
    expect(statesIn('Canada, Atlantis, France', names)).toEqual({
      states: ['CA', 'FR'],
      unknown: ['atlantis'],
    })
  })

  /** Each as one document prints it, with the entries of its list that do. */
  test.each([
    ['المجر', 'HU', 77],
    ['هنغاريا', 'HU', 25],
    ['الدنمارك', 'DK', 77],
    ['الدانمرك', 'DK', 54],
    ['سلفادور', 'SV', 77],
    ['سورية', 'SY', 7],
    ['جمهورية إيران الإسلامية', 'IR', 57],
    ['إيران (جمهورية - الإسلامية)', 'IR', 10],
    ['فنزويلا', 'VE', 56],
    ['جمهورية فنزويلا البوليفارية', 'VE', 57],
    ['الجمهورية التشيكية', 'CZ', 33],
    ['جمهورية الدومينيكان', 'DO', 62],
    ['جمهورية مقدونيا الشمالية', 'MK', 77],
    ['تنزانيا', 'TZ', 62],
  ])('OEW-15: %s is %s (entry %i)', (printed, state) => {
    expect(statesIn(printed, names)).toEqual({ states: [state], unknown: [] })
  })
})

function numbers(several: readonly { readonly order: number }[]): readonly number[] {
  return several.map(({ order }) => order)
}

/** Entries part at empty lines; one ends with its submitter, so an empty line before that is a page's. */
function annex(): Parameters<typeof readWorkingPapers>[0] {
  const heading = /\n\*\*قائمة بورقات العمل[^*]*\*\*\n/
  const source = sourceTexts().find((text) => heading.test(text)) ?? ''
  const found = heading.exec(source)
  const from = found ? found.index + found[0].length : source.length
  const blocks = [...source.slice(from).matchAll(/\S(?:.|\n(?!\s*\n))*/g)]
  const starts = blocks.filter(([text]) => !text.startsWith('دول متعددة')).map(({ index }) => from + index)
  return {
    source,
    nodes: starts.map((start, position) => ({
      position,
      parent: null,
      kind: 'working-paper',
      label: null,
      address: `annex-D/${position + 1}`,
      spans: [{ start, end: starts[position + 1] ?? source.length }],
      text: '',
      notes: [],
    })),
  }
}

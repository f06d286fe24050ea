import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { areSourcesThere, sourceFiles } from '../../../../test/source-documents.ts'
import { openWorld, type World } from '../../../../test/world.ts'
import { asDuty } from '../../../platform/action.ts'
import { countStructure } from '../recognise/count-structure.fixture.ts'
import type { LibraryTables } from '../tables.ts'
import { importDocuments } from './import-documents.ts'

/** What a reader counts, and how many symbols each document names with its own number (inventory 19.1 and 19.8). */
const expected = {
  'A/RES/77/36': { symbols: 28, counts: { preamble: 8, operative: 7, footnote: 2 } },
  'A/77/275': {
    symbols: 25,
    counts: {
      'main paragraphs': 17,
      'annex paragraphs': 18,
      lettered: 24,
      'agenda-item': 8,
      bullet: 9,
      'next steps': 20,
      footnote: 9,
      note: 2,
    },
  },
  'A/78/265': {
    symbols: 26,
    counts: {
      'main paragraphs': 16,
      'annex paragraphs': 60,
      'Annex A paragraphs': 16,
      lettered: 78,
      'next steps': 29,
      'steps of procedures': 7,
      measure: 4,
      'sources of measures': 12,
      principle: 10,
      'working-paper': 81,
      footnote: 44,
    },
  },
  'A/C.1/77/L.23/Rev.1': { symbols: 27, counts: { preamble: 8, operative: 7, footnote: 2, sponsors: 16 } },
  'A/RES/78/132': { symbols: 53, counts: { preamble: 56, operative: 59, footnote: 14 } },
} as const

describe.runIf(areSourcesThere)('the source documents in the store', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
    const { performer } = world.directory
    const files = sourceFiles().map(({ bytes }, index) => ({ name: `${index}.txt`, bytes }))
    const bringing = { performer, request: asDuty('library', world.clock.now()) }
    for await (const { result } of importDocuments(bringing, files))
      if (!result.ok) throw new Error(result.refusal.code)
  })
  afterAll(() => world.close())

  test.each(Object.entries(expected))(
    'CAP-12, OEW-12: what a reader counts in %s is in the library after its import',
    async (symbol, { symbols, counts }) => {
      const found = await world.directory.database.transaction({ role: 'public' }, async (tx) => {
        const tables = tx.withTables<LibraryTables>()
        const { id } = await tables
          .selectFrom('library.document')
          .select('id')
          .where('symbol', '=', symbol)
          .executeTakeFirstOrThrow()
        const nodes = await tables
          .selectFrom('library.node')
          .selectAll()
          .where('document', '=', id)
          .orderBy('position')
          .execute()
        const cited = await tables
          .selectFrom('library.citation')
          .select('symbol')
          .distinct()
          .where('document', '=', id)
          .execute()
        return { nodes: nodes.map((node) => ({ ...node, spans: [] })), symbols: cited.length }
      })
      expect(countStructure(found.nodes, counts)).toEqual(counts)
      expect(found.symbols).toBe(symbols)
    },
  )
})

import { readFileSync } from 'node:fs'
import { startPostgres } from '@parley/testkit'
import { Client } from 'pg'
import { openPostgres } from '../apps/directory/src/platform/database/postgres.ts'
import { keepAll } from '../apps/directory/test/known-documents.ts'
import { openWorld } from '../apps/directory/test/world.ts'
import { median, ratio, type Row } from './figures.ts'

const repeats = Number(process.env['BENCH_REPEATS'] ?? 3)
const copies = Number(process.env['BENCH_COPIES'] ?? 100)
const asked = new URL('../apps/directory/src/modules/library/search/questions.json', import.meta.url)

/** The page of a search, for each question of the test in turn: over the documents, and over so many copies of them. */
export async function benchLibrarySearch(): Promise<readonly Row[]> {
  const questions: readonly { readonly question: string; readonly language: string }[] = JSON.parse(
    readFileSync(asked, 'utf8'),
  )
  const postgres = await startPostgres()
  try {
    const { appUrl, ownerUrl } = await postgres.createDatabase('search')
    const world = await openWorld({ engine: await openPostgres({ url: appUrl, ownerUrl, connections: 2 }) })
    const visitor = await world.visitor()
    const ask = async (): Promise<readonly number[]> => {
      const took: number[] = []
      for (let turn = 0; turn <= repeats; turn += 1)
        for (const { question, language } of questions) {
          const began = performance.now()
          const { status } = await visitor.get(
            `/${language}/documents/search?${new URLSearchParams({ q: question })}`,
          )
          if (status !== 200) throw new Error(`${question}: ${status}`)
          // The first of each warm up.
          if (turn > 0) took.push(performance.now() - began)
        }
      return took
    }
    try {
      await keepAll(world.directory.performer, world.clock.now())
      const owner = new Client({ connectionString: ownerUrl.replace('parley_owner', 'postgres') })
      await owner.connect()
      await owner.query('vacuum analyze library.passage, library.posting, library.node, library.document')
      const few = await ask()
      await multiply(owner)
      const many = await ask()
      const { rows } = await owner.query<{ count: string }>('select count(*) from library.passage')
      await owner.end()
      return [
        row(`${Number(rows[0]?.count) / copies} paragraphs`, few),
        row(`${rows[0]?.count} paragraphs`, many),
        { side: 'ratio of the medians', median: ratio(median(many) / median(few)) },
      ]
    } finally {
      await world.close()
    }
  } finally {
    await postgres.stop()
  }
}

const other = (of: string) => `md5(${of}::text || number)::uuid`

/** Every document again under other symbols, made by the database: all that a search reads of it. */
async function multiply(owner: Client): Promise<void> {
  const more = `generate_series(1, ${copies - 1}) as number`
  const again = (table: string, changes: string) =>
    owner.query(`insert into ${table} overriding system value
      select (jsonb_populate_record(null::${table}, to_jsonb(kept) || ${changes})).*
      from ${table} as kept, ${more}`)
  const { rows } = await owner.query<{ highest: number }>('select max(id) as highest from library.passage')
  const highest = rows[0]?.highest ?? 0
  await owner.query('set session_replication_role = replica')
  await again(
    'library.document',
    `jsonb_build_object('id', ${other('id')}, 'symbol', symbol || '/Add.' || number)`,
  )
  await again('library.node', `jsonb_build_object('document', ${other('document')})`)
  await again(
    'library.passage',
    `jsonb_build_object('document', ${other('document')}, 'id', id + number * ${highest})`,
  )
  await owner.query(`insert into library.posting
    select passage + number * ${highest}, token, impact from library.posting, ${more}`)
  await owner.query('set session_replication_role = origin')
  await owner.query('vacuum analyze library.passage, library.posting, library.node, library.document')
}

function row(side: string, took: readonly number[]): Row {
  return {
    side,
    median: `${median(took).toFixed(1)} ms`,
    slowest: `${Math.max(...took).toFixed(0)} ms`,
  }
}

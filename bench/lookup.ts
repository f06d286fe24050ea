import { Agent, request } from 'node:http'
import { loadCommunity } from '../apps/directory/src/modules/community/index.ts'
import { startPostgres } from '@parley/testkit'
import { Client } from 'pg'
import { type Child, startChild, type Used } from './child.ts'
import type { CardSettings, Visit } from './contact-card/settings.ts'
import { median, ratio, type Row } from './figures.ts'
import { generateEntry } from './generated-entries.ts'

const few = 1_000
const many = Number(process.env['BENCH_ENTRIES'] ?? 1_000_000)
const questions = 400

/** What is asked, by the kind of question. */
type Asked = Readonly<Record<string, readonly string[]>>

interface Side {
  readonly server: Child
  readonly port: number
  readonly visit: Visit
  /** Milliseconds that each question took, by its kind. */
  readonly took: Map<string, number[]>
}

/** One question after the other, over HTTP, at few and at many entries in turn: what each takes. */
export async function benchLookup(): Promise<readonly Row[]> {
  const postgres = await startPostgres()
  const sides: Side[] = []
  try {
    for (const entries of [few, many]) {
      const database = await postgres.createDatabase(`lookup_${entries}`)
      const settings: CardSettings = {
        entries,
        pool: 2,
        database: { url: database.appUrl, ownerUrl: database.ownerUrl },
      }
      sides.push(await open(settings))
    }
    const texts = textQueries()
    const states = loadCommunity('united-nations', { demonstration: false }).states.map(({ code }) => code)
    const [one, other] = sides
    if (!one || !other) throw new Error('two sides')
    const asked = (visit: Visit): Asked => ({
      'contact card': visit.paths,
      State: states.map((state) => `/en/find/${state}`),
      'list of States': states.map((state) => `/en/find?from=${state}`),
      'search, exact': texts.exact.map((q) => `/en/find?${new URLSearchParams({ q })}`),
      'search, fragment': texts.fragments.map((q) => `/en/find?${new URLSearchParams({ q })}`),
    })
    await Promise.all(sides.map(({ server }) => server.ask('begin')))
    for (const kind of Object.keys(asked(one.visit))) {
      for (let number = 0; number < questions; number += 1) {
        for (const side of sides) {
          const paths = asked(side.visit)[kind] ?? []
          const milliseconds = await timeOf(side, paths[number % paths.length] ?? '/')
          // The first of each kind warm up.
          if (number >= 20) side.took.set(kind, [...(side.took.get(kind) ?? []), milliseconds])
        }
      }
    }
    const used = await Promise.all(sides.map(({ server }) => server.ask<Used>('end')))
    return [
      ...Object.keys(asked(one.visit)).map((kind) =>
        row(kind, one.took.get(kind) ?? [], other.took.get(kind) ?? []),
      ),
      {
        question: 'most memory of the Directory',
        [`${few}`]: `${Math.round(used[0]?.memory ?? 0)} MB`,
        [`${many}`]: `${Math.round(used[1]?.memory ?? 0)} MB`,
      },
    ]
  } finally {
    await Promise.all(sides.map(({ server }) => server.end()))
    await postgres.stop()
  }
}

/** Fills a database in one process, and starts a fresh one that answers from it. */
async function open(settings: CardSettings): Promise<Side> {
  const program = new URL('contact-card/directory.ts', import.meta.url)
  const filling = startChild(program, settings)
  await filling.ask('port')
  const owner = new Client({ connectionString: settings.database.ownerUrl })
  await owner.connect()
  // Filled first and indexed afterwards: the same index, in a fraction of the time.
  const { rows } = await owner.query<{ name: string; definition: string }>(
    "select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index where indexrelid = 'directory.entry_tokens'::regclass",
  )
  for (const { name } of rows) await owner.query(`drop index ${name}`)
  const visit = await filling.ask<Visit>('prepare')
  await filling.end()
  await owner.query("set maintenance_work_mem = '512MB'")
  for (const { definition } of rows) await owner.query(definition)
  for (const table of ['directory.entry', 'directory.address', 'community.participation'])
    await owner.query(`vacuum analyze ${table}`)
  await owner.end()
  const server = startChild(program, settings)
  return { server, port: await server.ask<number>('port'), visit, took: new Map() }
}

/**
 * Names as they stand in entries and pieces from within them, of the first thousand entries, which both sides hold;
 * one in five is Arabic or Chinese.
 */
export function textQueries(): { readonly exact: readonly string[]; readonly fragments: readonly string[] } {
  const community = loadCommunity('united-nations', { demonstration: false })
  const entries = Array.from({ length: few }, (_, number) => generateEntry(community, number, new Date(0)))
  const far = entries.filter(isFar)
  const near = entries.filter((entry) => !isFar(entry))
  const names = Array.from({ length: questions / 2 }, (_, number) => {
    const from = number % 5 === 0 ? far : near
    return from[(number * 37) % from.length]?.entityName.original ?? ''
  })
  return {
    exact: names.map((name) => name.split(/[,،]/).slice(0, 2).join(' ')),
    fragments: names.map((name, number) => pieceOf(name, number)),
  }
}

function isFar({ language }: { readonly language: string }): boolean {
  return language === 'ar' || language === 'zh'
}

/** Three to six letters from within one word of a name. */
function pieceOf(name: string, number: number): string {
  const words = name.split(/[\s,،]+/).filter((word) => word.length > 4)
  const letters = Array.from(words[number % Math.max(1, words.length)] ?? name)
  const length = Math.min(letters.length - 1, 3 + (number % 4))
  return letters.slice(1, 1 + length).join('')
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 })

async function timeOf({ port, visit }: Side, path: string): Promise<number> {
  const { host, cookie } = visit
  const began = performance.now()
  await new Promise<void>((resolve, reject) => {
    const asking = request({ agent, host: '127.0.0.1', port, path, headers: { host, cookie } }, (answer) => {
      answer
        .resume()
        .on('end', () =>
          answer.statusCode === 200 ? resolve() : reject(new Error(`${path}: ${answer.statusCode}`)),
        )
    })
    asking.on('error', reject).end()
  })
  return performance.now() - began
}

function row(question: string, one: readonly number[], other: readonly number[]): Row {
  return {
    question,
    [`${few}`]: milliseconds(one),
    [`${many}`]: milliseconds(other),
    ratio: ratio(median(other) / median(one)),
    slowest: `${Math.max(...other).toFixed(0)} ms`,
  }
}

function milliseconds(values: readonly number[]): string {
  return `${median(values).toFixed(1)} ms`
}

import { startPostgres } from '@parley/testkit'
import type { ApiSettings, Asked, Questions } from './api/settings.ts'
import { type Directus, startDirectus } from './api/directus.ts'
import { startChild, type Used } from './child.ts'
import { idle, median, perSecond, ratio, type Row } from './figures.ts'
import { askAll } from './load.ts'

const repeats = Number(process.env['BENCH_REPEATS'] ?? 3)
const seconds = Number(process.env['BENCH_SECONDS'] ?? 5)
const entries = Number(process.env['BENCH_ENTRIES'] ?? 1_000)
const peers = process.env['BENCH_PEERS']

interface Run {
  readonly rate: number
  readonly busy: number
}

/** Reading entries through the API: the Directory, and Directus with the same entries on the same PostgreSQL. */
export async function benchApi(): Promise<readonly Row[]> {
  if (peers === undefined) return [{ question: 'BENCH_PEERS names no folder with Directus: not measured' }]
  const postgres = await startPostgres()
  const { appUrl: url, ownerUrl } = await postgres.createDatabase('ours')
  const settings: ApiSettings = { entries, pool: 10, database: { url, ownerUrl } }
  const ours = startChild(new URL('api/directory.ts', import.meta.url), settings)
  let directus: Directus | undefined
  try {
    const questions = await ours.ask<Questions>('prepare')
    const theirs = (directus = await startDirectus(peers, await postgres.createDatabase('theirs'), entries))
    const port = await ours.ask<number>('port')
    let memory = 0
    const visitOurs = async (asked: readonly Asked[], forSeconds: number): Promise<Run> => {
      await ours.ask('begin')
      const rate = await rateOf(port, asked, forSeconds)
      const used = await ours.ask<Used>('end')
      memory = Math.max(memory, used.memory)
      return { rate, busy: used.cpu / used.wall }
    }
    const visitTheirs = async (asked: readonly Asked[], forSeconds: number): Promise<Run> => {
      const { cpu } = await theirs.used()
      const rate = await rateOf(theirs.port, asked, forSeconds)
      return { rate, busy: ((await theirs.used()).cpu - cpu) / 1000 / forSeconds }
    }
    const rows: Row[] = []
    for (const kind of ['lookup', 'list of a State', 'text search'] as const) {
      await visitOurs(questions[kind], 2)
      await visitTheirs(theirs.questions[kind], 2)
      const runs: { ours: Run; theirs: Run }[] = []
      for (let number = 0; number < repeats; number += 1)
        runs.push({
          ours: await visitOurs(questions[kind], seconds),
          theirs: await visitTheirs(theirs.questions[kind], seconds),
        })
      rows.push(row(kind, runs))
    }
    const held = (await theirs.used()).memory
    return [
      ...rows,
      {
        question: 'most memory, MB',
        Directory: perSecond(memory),
        Directus: perSecond(held),
        ratio: ratio(memory / held),
      },
    ]
  } finally {
    await Promise.all([ours.end(), directus?.stop()])
    await postgres.stop()
  }
}

async function rateOf(port: number, asked: readonly Asked[], forSeconds: number): Promise<number> {
  const { answered, refused } = await askAll(port, asked, forSeconds)
  if (refused > 0) throw new Error(`Not every answer was one: ${refused} a second were refused.`)
  return answered
}

function row(question: string, runs: readonly { readonly ours: Run; readonly theirs: Run }[]): Row {
  return {
    question,
    Directory: `${perSecond(median(runs.map(({ ours }) => ours.rate)))}/s`,
    'own CPU': idle.share(median(runs.map(({ ours }) => ours.busy))),
    Directus: `${perSecond(median(runs.map(({ theirs }) => theirs.rate)))}/s`,
    'its CPU': idle.share(median(runs.map(({ theirs }) => theirs.busy))),
    ratio: ratio(median(runs.map(({ ours, theirs }) => ours.rate / theirs.rate))),
  }
}

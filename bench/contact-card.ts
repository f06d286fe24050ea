import { request } from 'node:http'
import { startPostgres } from '@parley/testkit'
import { type Child, startChild, type Used } from './child.ts'
import type { CardSettings, Visit } from './contact-card/settings.ts'
import { idle, median, openCpuMeter, perSecond, ratio, type Row } from './figures.ts'
import { chooseLoad } from './load.ts'

const entries = 1_000
const pool = 10
const seconds = Number(process.env['BENCH_SECONDS'] ?? 5)
const repeats = Number(process.env['BENCH_REPEATS'] ?? 3)

interface Run {
  readonly rate: number
  readonly server: Used
  readonly database: number
}

/** The contact card as a signed-in POC of another State sees it, against a bare server on the same database. */
export async function benchContactCard(): Promise<readonly Row[]> {
  const postgres = await startPostgres()
  const { appUrl, ownerUrl } = await postgres.createDatabase('card')
  const settings: CardSettings = { entries, pool, database: { url: appUrl, ownerUrl } }
  const ours = startChild(new URL('contact-card/directory.ts', import.meta.url), settings)
  const bare = startChild(new URL('contact-card/bare.ts', import.meta.url), settings)
  const databaseCpu = openCpuMeter(ownerUrl)
  const { name, load } = chooseLoad()

  try {
    const visit = await ours.ask<Visit>('prepare')
    await bare.ask('store', await pageOf(await ours.ask<number>('port'), visit))
    const visited = async (server: Child, forSeconds: number): Promise<Run> => {
      const port = await server.ask<number>('port')
      const before = await databaseCpu()
      await server.ask('begin')
      const rate = await load(port, visit, forSeconds)
      const used = await server.ask<Used>('end')
      return { rate, server: used, database: (await databaseCpu()) - before }
    }
    for (const server of [bare, ours]) await visited(server, 2)
    const runs: { bare: Run; ours: Run }[] = []
    for (let round = 0; round < repeats; round += 1) {
      runs.push({ bare: await visited(bare, seconds), ours: await visited(ours, seconds) })
    }
    return [...table(runs), { side: `load: ${name}; database: ${pool} connections, not durable` }]
  } finally {
    await Promise.all([ours.end(), bare.end()])
    await postgres.stop()
  }
}

async function pageOf(port: number, { host, cookie, paths }: Visit): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path: paths[0] ?? '/', headers: { host, cookie } }
    const asking = request(options, (answer) => {
      let page = ''
      answer.setEncoding('utf8').on('data', (text: string) => (page += text))
      answer.on('end', () => (answer.statusCode === 200 ? resolve(page) : reject(new Error(page))))
    })
    asking.on('error', reject).end()
  })
}

function table(runs: readonly { bare: Run; ours: Run }[]): readonly Row[] {
  const side = (name: string, of: (run: { bare: Run; ours: Run }) => Run): Row => ({
    side: name,
    'requests/s': perSecond(median(runs.map((run) => of(run).rate))),
    'own CPU': idle.share(median(runs.map((run) => of(run).server.cpu / of(run).server.wall))),
    'database CPU': idle.share(median(runs.map((run) => of(run).database / of(run).server.wall))),
    'memory MB': Math.round(Math.max(...runs.map((run) => of(run).server.memory))).toString(),
  })
  return [
    side('bare node:http, stored bytes', ({ bare }) => bare),
    side('contact card', ({ ours }) => ours),
    { side: 'ratio', 'requests/s': ratio(median(runs.map(({ bare, ours }) => ours.rate / bare.rate))) },
  ]
}

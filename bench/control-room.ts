import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { startPostgres } from '@parley/testkit'
import { type Child, startChild, type Used } from './child.ts'
import type { RoomSettings, RoomVisit } from './control-room/settings.ts'
import { median, type Row } from './figures.ts'

const few = 1_000
const many = Number(process.env['BENCH_CHECKS'] ?? 100_000)
/** Outcomes in a second, where the round is large enough to last. */
const pace = Number(process.env['BENCH_PACE'] ?? 500)
const looks = 40
const lookEvery = 750

/** The control room of a small and of a large round, looked at while the outcomes of its messages are written. */
export async function benchControlRoom(): Promise<readonly Row[]> {
  const postgres = await startPostgres()
  try {
    const rows: Row[] = []
    for (const checks of [few, many]) {
      const { appUrl, ownerUrl } = await postgres.createDatabase(`room_${checks}`)
      // The looks, and the time before them, within the time that the sending takes.
      const lasts = (looks * lookEvery) / 1000 + 15
      const database = { url: appUrl, ownerUrl }
      rows.push(await lookAt({ checks, pace: Math.min(pace, checks / lasts), database }))
    }
    return rows
  } finally {
    await postgres.stop()
  }
}

async function lookAt(settings: RoomSettings): Promise<Row> {
  const program = new URL('control-room/directory.ts', import.meta.url)
  const filling = startChild(program, settings)
  const visit = await filling.ask<RoomVisit>('prepare')
  await filling.end()
  const [sender, server] = [startChild(program, settings), startChild(program, settings)]
  try {
    const port = await server.ask<number>('port')
    await sender.ask('send')
    await sleep(3_000)
    await server.ask('begin')
    const first = await timeOf(port, visit)
    const before = await written(sender)
    const took: number[] = []
    for (let look = 0; look < looks; look += 1) {
      await sleep(lookEvery)
      took.push(await timeOf(port, visit))
    }
    const { count, at } = await written(sender)
    const { memory } = await server.ask<Used>('end')
    const sorted = took.toSorted((one, other) => one - other)
    return {
      checks: settings.checks.toString(),
      'outcomes/s': Math.round(((count - before.count) / (at - before.at)) * 1000).toString(),
      first: milliseconds(first),
      median: milliseconds(median(took)),
      'nine in ten': milliseconds(sorted[Math.floor(sorted.length * 0.9)] ?? Number.NaN),
      slowest: milliseconds(Math.max(...took)),
      'memory MB': Math.round(memory).toString(),
    }
  } finally {
    await Promise.all([sender.end(), server.end()])
  }
}

async function written(sender: Child): Promise<{ readonly count: number; readonly at: number }> {
  return { count: await sender.ask<number>('taken'), at: performance.now() }
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 })

async function timeOf(port: number, { host, cookie, page }: RoomVisit): Promise<number> {
  const began = performance.now()
  await new Promise<void>((resolve, reject) => {
    const asking = request(
      { agent, host: '127.0.0.1', port, path: page, headers: { host, cookie } },
      (answer) => {
        answer
          .resume()
          .on('end', () =>
            answer.statusCode === 200 ? resolve() : reject(new Error(`${page}: ${answer.statusCode}`)),
          )
      },
    )
    asking.on('error', reject).end()
  })
  return performance.now() - began
}

function milliseconds(value: number): string {
  return `${value.toFixed(0)} ms`
}

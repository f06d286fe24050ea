import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@parley/testkit'
import { type Child, startChild, type Used } from './child.ts'
import { idle, median, openCpuMeter, perSecond, ratio, type Row } from './figures.ts'
import type { RoundSettings } from './round/settings.ts'

const checks = Number(process.env['BENCH_CHECKS'] ?? 10_000)
const connections = Number(process.env['BENCH_CONNECTIONS'] ?? 40)
const repeats = Number(process.env['BENCH_REPEATS'] ?? 3)

interface Run {
  readonly sender: Used
  readonly sink: Used & { readonly taken: number }
  readonly database: number
}

/** A round of checks against a bare pooled SMTP loop with the same messages, connections and mail server. */
export async function benchRound(): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'))
  const postgres = await startPostgres()
  const children: Child[] = []
  const start = (program: string, settings = {}) => {
    const child = startChild(new URL(`round/${program}`, import.meta.url), settings)
    children.push(child)
    return child
  }
  try {
    const { appUrl, ownerUrl } = await postgres.createDatabase('round')
    const sink = start('sink.ts')
    const smtp = await sink.ask<string>('url')
    const settings: RoundSettings = {
      smtp,
      connections,
      entries: checks,
      database: { url: appUrl, ownerUrl },
    }
    const file = join(folder, 'messages')
    await prepare(start('directory.ts', settings), file)
    const ours = start('directory.ts', settings)
    const bare = start('bare-loop.ts', settings)
    await bare.ask('read', file)
    const databaseCpu = openCpuMeter(ownerUrl)
    const send = async (sender: Child): Promise<Run> => {
      await sink.ask('begin')
      const before = await databaseCpu()
      const used = await sender.ask<Used>('send')
      const database = (await databaseCpu()) - before
      return { sender: used, sink: await sink.ask('end'), database }
    }
    // Each side once before it counts.
    const runs: { bare: Run; ours: Run }[] = []
    for (let round = 0; round <= repeats; round += 1) {
      const bareRun = await send(bare)
      const id = await ours.ask<string>('start')
      const oursRun = await send(ours)
      await ours.ask('stop', id)
      if (round > 0) runs.push({ bare: bareRun, ours: oursRun })
    }
    return table(runs)
  } finally {
    await Promise.all(children.map((child) => child.end()))
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Fills the database and leaves the messages of a first round in a file: by a process that is not measured. */
async function prepare(first: Child, file: string): Promise<void> {
  await first.ask('prepare')
  const round = await first.ask<string>('start')
  await first.ask('catch', file)
  await first.ask('stop', round)
  await first.end()
}

function table(runs: readonly { bare: Run; ours: Run }[]): readonly Row[] {
  const rate = ({ sender, sink }: Run) => (sink.taken / sender.wall) * 1000
  const side = (name: string, of: (run: { bare: Run; ours: Run }) => Run): Row => ({
    side: name,
    'messages/s': perSecond(median(runs.map((run) => rate(of(run))))),
    'own CPU': idle.share(median(runs.map((run) => of(run).sender.cpu / of(run).sender.wall))),
    'sink idle': idle.of(median(runs.map((run) => of(run).sink.cpu / of(run).sink.wall))),
    'database CPU': idle.share(median(runs.map((run) => of(run).database / of(run).sender.wall))),
    'memory MB': Math.round(Math.max(...runs.map((run) => of(run).sender.memory))).toString(),
  })
  return [
    side(`bare loop, ${connections} connections`, ({ bare }) => bare),
    side(`round of ${checks} checks`, ({ ours }) => ours),
    { side: 'ratio', 'messages/s': ratio(median(runs.map(({ bare, ours }) => rate(ours) / rate(bare)))) },
  ]
}

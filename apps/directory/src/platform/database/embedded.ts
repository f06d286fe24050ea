import { setFlagsFromString } from 'node:v8'
import { PGlite, type PGliteOptions } from '@electric-sql/pglite'
import { Kysely, PGliteDialect } from 'kysely'
import type { Engine, Tables } from './database.ts'

/** PostgreSQL in this process (PGlite), in a folder. */
export async function openEmbedded(folder: string): Promise<Engine> {
  return engineOf(await startPglite({ dataDir: folder }))
}

/**
 * V8's optimizing compiler takes 500 MB for PGlite's WebAssembly and makes a query no faster; its first compiler
 * alone does with a third of the memory and starts sooner (docs/benchmarks.md).
 */
export function startPglite(options: PGliteOptions): Promise<PGlite> {
  for (const flag of ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering']) setFlagsFromString(flag)
  return PGlite.create(options)
}

/** The engine over a PGlite that somebody opened; closing the engine closes it. */
export function engineOf(pglite: PGlite): Engine {
  const queries = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) })
  const inTurn = oneAtATime()
  const running = new Set<string>()
  return {
    kind: 'embedded',
    queries,
    inTurn,
    asOwner: (work) =>
      inTurn(() => work(async (statements) => void (await pglite.exec(statements)), queries)),
    alone: async (name, work) => {
      // The folder lock keeps other processes out, so a set is enough.
      if (running.has(name)) return
      running.add(name)
      try {
        await work()
      } finally {
        running.delete(name)
      }
    },
    close: () => inTurn(() => queries.destroy()),
  }
}

/** Kysely hands the one connection to everybody at once; transactions must wait for each other. */
function oneAtATime(): Engine['inTurn'] {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = last.then(work, work)
    last = mine.catch(() => undefined)
    return mine
  }
}

import { readFile } from 'node:fs/promises'
import type { Engine } from '../src/platform/database/database.ts'
import { engineOf, startPglite } from '../src/platform/database/embedded.ts'

/** A database of one's own, in memory: a copy of the run's template, or made from nothing where there is none. */
export async function openCopy(): Promise<Engine> {
  const file = process.env['PARLEY_TEST_TEMPLATE']
  if (file === undefined) return engineOf(await startPglite({}))
  return engineOf(await startPglite({ loadDataDir: new Blob([await readFile(file)]) }))
}

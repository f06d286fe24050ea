import { readFile } from 'node:fs/promises'
import { PGlite } from '@electric-sql/pglite'
import { type Engine } from '../src/platform/database/database.ts'
import { engineOf } from '../src/platform/database/embedded.ts'
import { openWorld } from './world.ts'

/** A migrated, empty database as a file's contents: loading it takes a tenth of making it. */
export async function makeTemplate(): Promise<Buffer> {
  const pglite = await PGlite.create()
  const world = await openWorld({ engine: engineOf(pglite) })
  const template = await pglite.dumpDataDir('none')
  await world.close()
  return Buffer.from(await template.arrayBuffer())
}

/** A database of one's own, in memory: a copy of the run's template, or made from nothing where there is none. */
export async function openCopy(): Promise<Engine> {
  const file = process.env['PARLEY_TEST_TEMPLATE']
  if (file === undefined) return engineOf(await PGlite.create())
  return engineOf(await PGlite.create({ loadDataDir: new Blob([await readFile(file)]) }))
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { engineOf, startPglite } from '../apps/directory/src/platform/database/embedded.ts'
import { openWorld } from '../apps/directory/test/world.ts'

/** Migrates one embedded database for the whole run; every test opens a copy of it, in a tenth of the time. */
export async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-pglite-'))
  const file = join(folder, 'template.tar')
  const pglite = await startPglite({})
  const world = await openWorld({ engine: engineOf(pglite) })
  const template = await pglite.dumpDataDir('none')
  await world.close()
  await writeFile(file, Buffer.from(await template.arrayBuffer()))
  process.env['PARLEY_TEST_TEMPLATE'] = file
  return () => rm(folder, { recursive: true, force: true })
}

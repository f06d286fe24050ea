import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { engineOf, startPglite } from '../apps/directory/src/platform/database/embedded.ts'
import { usualParams } from '../apps/directory/test/embedded-copy.ts'
import { openWorld } from '../apps/directory/test/world.ts'

const littleLog = [...usualParams, '-c', 'min_wal_size=2MB', '-c', 'wal_recycle=off']

/** What new databases would be made from, and the log of the migrations: of 40 MB to be copied 10 are left. */
const dropSpares = [
  'update pg_database set datistemplate = false where datname <> current_database()',
  'drop database template0',
  'drop database template1',
  'checkpoint',
]

/** Migrates one embedded database for the whole run; every test opens a copy of it, in a tenth of the time. */
export async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-pglite-'))
  const file = join(folder, 'template.tar')
  const pglite = await startPglite({ initDbStartParams: ['--wal-segsize=1'], startParams: littleLog })
  const world = await openWorld({ engine: engineOf(pglite) })
  for (const statement of dropSpares) await pglite.exec(statement)
  const template = await pglite.dumpDataDir('none')
  await world.close()
  await writeFile(file, Buffer.from(await template.arrayBuffer()))
  process.env['PARLEY_TEST_TEMPLATE'] = file
  return () => rm(folder, { recursive: true, force: true })
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeTemplate } from '../apps/directory/test/embedded-template.ts'

/** Migrates one embedded database for the whole run; every test opens a copy of it. */
export async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-pglite-'))
  const file = join(folder, 'template.tar')
  await writeFile(file, await makeTemplate())
  process.env['PARLEY_TEST_TEMPLATE'] = file
  return () => rm(folder, { recursive: true, force: true })
}

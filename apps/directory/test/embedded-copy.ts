import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import type { Engine } from '../src/platform/database/database.ts'
import { engineOf, startPglite } from '../src/platform/database/embedded.ts'

/** How PGlite starts where nothing else is asked. */
export const usualParams: readonly string[] = PGlite.defaultStartParams

/** A tenth of the usual memory for pages: it is filled with zeros at every start, and a test needs little. */
const small = [...usualParams, '-c', 'shared_buffers=8MB']

/** PGlite as it was compiled for the first database of a test file; the others need not wait for that. */
let compiled: Promise<WebAssembly.Module> | undefined

/** A database of one's own, in memory: a copy of the run's template, or made from nothing where there is none. */
export async function openCopy(): Promise<Engine> {
  const file = process.env['PARLEY_TEST_TEMPLATE']
  // Beside PostgreSQL the template is one of its databases.
  if (file === undefined || process.env['PARLEY_TEST_POSTGRES'] !== undefined)
    return engineOf(await startPglite({}))
  compiled ??= compile()
  const [pgliteWasmModule, template] = await Promise.all([compiled, readFile(file)])
  const loadDataDir = new Blob([template])
  return engineOf(await startPglite({ loadDataDir, pgliteWasmModule, startParams: small }))
}

async function compile(): Promise<WebAssembly.Module> {
  const folder = dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite'))
  return WebAssembly.compile(await readFile(join(folder, 'pglite.wasm')))
}

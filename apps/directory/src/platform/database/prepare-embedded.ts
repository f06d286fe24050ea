import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * Makes the embedded database where there is none, in a process of its own: what that needs of memory (some 500 MB)
 * goes with it. The folder takes its name only when it is whole. The caller holds the lock.
 */
export async function prepareEmbedded(database: string): Promise<void> {
  if (existsSync(database)) return
  const unfinished = `${database}-unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  const script = fileURLToPath(new URL('make-embedded.ts', import.meta.url))
  const child = spawn(process.execPath, [script, unfinished], { stdio: ['ignore', 'ignore', 'inherit'] })
  const [code]: (number | null)[] = await once(child, 'exit')
  if (code !== 0) throw new Error(`The embedded database could not be made in ${database}`)
  renameSync(unfinished, database)
}

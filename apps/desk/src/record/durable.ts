import { randomBytes } from 'node:crypto'
import { open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Writes a file whole or not at all: beside its place first, then, once it is on the disk, into it. */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  await writeBeside(path, bytes)
  await syncFolder(dirname(path))
}

/** The same where somebody syncs the folder afterwards, for several files at once. */
export async function writeBeside(path: string, bytes: Uint8Array): Promise<void> {
  // Each its own: the same file may be written twice at a time.
  const beside = `${path}.${randomBytes(4).toString('hex')}${unfinished}`
  try {
    const file = await open(beside, 'w', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, path)
  } catch (fault) {
    await rm(beside, { force: true })
    throw fault
  }
}

const unfinished = '.new'

/** Removes what a crash left beside the files that it was meant for, in all of a folder. */
export async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder, { recursive: true }))
    if (name.endsWith(unfinished)) await rm(join(folder, name), { force: true })
}

/** A name that was made or changed is on the disk only when its folder is. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const full: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/** Whether there was no room for what was to be written: on the disk, in the quota, or in one file. */
export function isDiskFull(fault: unknown): boolean {
  return fault instanceof Error && 'code' in fault && full.has(fault.code)
}

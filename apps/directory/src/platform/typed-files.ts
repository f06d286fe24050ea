import { randomBytes } from 'node:crypto'
import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync } from 'node:fs'
import { type FileHandle, link, open, rename, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** More than any file that a command reads; a running program reads it, which must go on with its work. */
const largestFile = 16 * 1024 * 1024

/** The text of a file as it lies on the disk. */
export function readWholeFile(path: string): string {
  return readWholeBytes(path, largestFile).toString('utf8')
}

/** What a file holds: no device, no pipe, and not without end. */
export function readWholeBytes(path: string, largest: number): Buffer {
  // A pipe would keep the program waiting for whoever writes into it.
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    const stat = fstatSync(file)
    if (!stat.isFile()) throw wrongFile(`${path} is no file`)
    if (stat.size > largest) throw wrongFile(`${path} is too large`)
    return readFileSync(file)
  } finally {
    closeSync(file)
  }
}

/**
 * Writes a file whole or not at all, for its owner alone: what comes goes to a file beside it, which takes the name at
 * the end. Without `over` a file that is there already stays, whoever made it meanwhile.
 */
export async function writeWholeFile(
  path: string,
  text: AsyncIterable<string>,
  over: 'keep' | 'over' = 'keep',
): Promise<void> {
  // Before anything is read for it; what comes between is caught when the file takes its name.
  if (over === 'keep' && lstatSync(path, { throwIfNoEntry: false }))
    throw wrongFile(`${path} is there already`)
  const beside = join(
    dirname(path),
    `.${basename(path).slice(0, 100)}.${randomBytes(6).toString('hex')}.part`,
  )
  const file = await open(beside, 'wx', 0o600)
  try {
    await writeInto(file, text)
    if (over === 'over') await rename(beside, path)
    // Unlike a new name, a second one is refused where there is a file.
    else await link(beside, path).then(() => unlink(beside))
  } catch (fault) {
    await unlink(beside).catch(() => undefined)
    throw fault
  }
}

async function writeInto(file: FileHandle, text: AsyncIterable<string>): Promise<void> {
  try {
    for await (const part of text) await file.write(part)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** As the system refuses a path. */
function wrongFile(message: string): Error {
  return Object.assign(new Error(message), { code: 'EEXIST' })
}

import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Two programs on one folder destroy the embedded database, and PGlite does not look. */
export class FolderInUse extends Error {
  constructor(folder: string, holder: number) {
    super(`Another Parley (process ${holder}) is running on ${folder}. Stop it first, or use another folder.`)
  }
}

/** Takes the folder for this process; gives back how to let it go. A dead process's lock is taken over. */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'process-id')
  const mine = `${file}.${process.pid}`
  // A link appears with its contents: whoever finds an empty lock knows that nobody is about to fill it.
  writeFileSync(mine, `${process.pid} ${startOf(process.pid)}`)
  try {
    if (!appears(mine, file)) {
      const holder = removeStale(file)
      if (holder !== undefined || !appears(mine, file))
        throw new FolderInUse(folder, holder ?? holderOf(file))
    }
  } finally {
    rmSync(mine)
  }
  return () => rmSync(file, { force: true })
}

/** Whether the lock is now ours; not when there is one already. */
function appears(mine: string, file: string): boolean {
  try {
    linkSync(mine, file)
    return true
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'EEXIST') return false
    throw fault
  }
}

/** Takes a dead process's lock away; gives back the process that holds it, if one does. */
function removeStale(file: string): number | undefined {
  const found = readFileSync(file, 'utf8')
  if (isLive(found)) return numberIn(found)
  const aside = `${file}.stale-${process.pid}`
  renameSync(file, aside)
  const taken = readFileSync(aside, 'utf8')
  // Somebody else may have taken it over in between: then it goes back.
  if (isLive(taken)) renameSync(aside, file)
  else rmSync(aside)
  return isLive(taken) ? numberIn(taken) : undefined
}

function isLive(lock: string): boolean {
  const [, start = ''] = lock.split(' ')
  const holder = numberIn(lock)
  return holder > 0 && holder !== process.pid && isRunning(holder) && startOf(holder) === start
}

function holderOf(file: string): number {
  return numberIn(readFileSync(file, 'utf8'))
}

function numberIn(lock: string): number {
  return Number(lock.split(' ')[0])
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (fault) {
    return fault instanceof Error && 'code' in fault && fault.code === 'EPERM'
  }
}

/** When a process began (Linux), so that a number used again by another program is no lock. Empty elsewhere. */
function startOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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
  const mine = `${process.pid} ${startOf(process.pid)}`
  try {
    writeFileSync(file, mine, { flag: 'wx' })
  } catch {
    const [pid = '', start = ''] = readFileSync(file, 'utf8').split(' ')
    const holder = Number(pid)
    if (holder !== process.pid && isRunning(holder) && startOf(holder) === start)
      throw new FolderInUse(folder, holder)
    writeFileSync(file, mine)
  }
  return () => rmSync(file, { force: true })
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

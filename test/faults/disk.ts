import { execFileSync } from 'node:child_process'
import { appendFileSync, chmodSync, mkdirSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'

/** A small disk of its own, in memory. */
export interface Disk {
  readonly folder: string
  /** Leaves no room. */
  fill(): void
  free(): void
  close(): void
}

/** Nothing where this account may not mount. */
export function openDisk(folder: string, megabytes: number): Disk | undefined {
  mkdirSync(folder)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    return undefined
  }
  chmodSync(folder, 0o755)
  const filler = join(folder, 'filler')
  return {
    folder,
    fill: () => {
      const { bavail, bsize } = statfsSync(folder)
      if (bavail > 0) allocate(filler, bavail * bsize)
      // What others took or gave back meanwhile, page by page.
      try {
        for (;;) appendFileSync(filler, Buffer.alloc(4_096))
      } catch {
        return
      }
    },
    free: () => rmSync(filler, { force: true }),
    close: () => {
      rmSync(filler, { force: true })
      execFileSync('umount', ['--lazy', folder])
    },
  }
}

function allocate(file: string, bytes: number): void {
  try {
    execFileSync('fallocate', ['--length', String(bytes), file], { stdio: 'ignore' })
  } catch {
    // Somebody else was quicker: the rest is filled piece by piece.
  }
}

import { statfs } from 'node:fs/promises'
import { hostname } from 'node:os'
import { minute, second } from '@parley/kernel'
import type { Database, Tx } from '../database/database.ts'
import type { Duty } from '../duties/duties.ts'
import { endsSoon, type SigningKey } from '../mail/signing-key.ts'
import { reportConditions } from './conditions.ts'
import type { TelemetryTables } from './tables.ts'

/** What the watch looks at, where it is there. */
export interface Outlook {
  /** A folder on the disk that must not fill up. */
  readonly folder?: string
  /** Whether the mail relay answers. */
  readonly reachRelay?: () => Promise<boolean>
  /** The key that checks are signed with. */
  readonly signingKey?: Pick<SigningKey, 'until'>
}

/** Less than this is nearly full, on a disk of any size. */
const littleSpace = 1024 ** 3
/** Two machines of one Directory may differ by this much. */
const tolerance = minute

/** Looks at what the program stands on, on each machine with a worker, and says so where the manager reads it. */
export function watcher(database: Pick<Database, 'transaction'>, outlook: Outlook): Duty {
  return {
    name: 'watch',
    every: 30 * second,
    shared: true,
    run: async (now) => {
      const isAway = outlook.reachRelay && !(await outlook.reachRelay())
      const isFull = outlook.folder !== undefined && (await freeBytes(outlook.folder)) < littleSpace
      await database.transaction({ role: 'worker' }, async (tx) => {
        const found = [
          ...(isFull ? (['disk-nearly-full'] as const) : []),
          ...(outlook.signingKey && endsSoon(outlook.signingKey, now) ? (['signing-key-ends'] as const) : []),
          ...(isAway ? (['relay-unreachable'] as const) : []),
          ...((await hasClockGoneBack(tx, now)) ? (['clock-set-back'] as const) : []),
        ]
        await reportConditions(tx, hostname(), now, found)
      })
    },
  }
}

export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

/** This duty's run before this one, also before a restart, was later than now. */
async function hasClockGoneBack(tx: Tx, now: Date): Promise<boolean> {
  const last = await tx
    .withTables<TelemetryTables>()
    .selectFrom('platform.duty_run')
    .select('at')
    .where('name', '=', 'watch')
    .executeTakeFirst()
  return last !== undefined && last.at.getTime() - now.getTime() > tolerance
}

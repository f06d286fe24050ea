import type { PostgresServer } from '@parley/testkit'
import type { watched } from '../../apps/directory/src/platform/telemetry/conditions.ts'
import type { Disk } from './disk.ts'
import type { Draw } from './draws.ts'
import type { Link } from './link.ts'
import type { MailLink } from './mail-link.ts'
import type { Supervised } from './supervise.ts'

/** What a fault may strike, and whom it tells. */
export interface Ground {
  readonly draw: Draw
  readonly workers: readonly Supervised[]
  readonly webs: readonly Supervised[]
  readonly editor: Supervised
  readonly desk: Supervised
  readonly mail: Supervised
  readonly postgres: PostgresServer
  readonly databaseLink: Link
  readonly mailLink: MailLink
  /** None where this account may not mount. */
  readonly disks: { readonly program: Disk; readonly desk: Disk; readonly database: Disk } | undefined
  /** The clock of every process goes so many milliseconds forward, or back. */
  leap(milliseconds: number): void
  /** Something is broken that so many messages may have been in flight on. */
  broke(connections: number): void
  /** Every connection of every worker. */
  readonly allConnections: number
  /** Waits until the manager is told; counts it where that does not come. */
  told(name: (typeof watched)[number]): Promise<void>
  /** `/healthz` says yes, and `/readyz` no; counts it where they do not. */
  saysNotReady(): Promise<void>
}

/** What faults of one place would undo of each other does not happen at the same time. */
export type Place = 'process' | 'database' | 'mail' | 'clock' | 'disk'

/** One kind of fault. When `strike` is done, all is as before. */
export interface FaultKind {
  readonly name: string
  readonly place: Place
  /** How often, among the others. */
  readonly weight: number
  strike(ground: Ground): Promise<void>
}

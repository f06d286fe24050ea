import type { Intake } from './mailbox/intake.ts'
import type { Member } from './office/members.ts'
import type { Store } from './open-store.ts'

/** One office's Desk, or the demonstration of one. */
export interface Desk {
  readonly store: Store
  readonly isDemonstration: boolean
  /** The States that it can write to. */
  readonly members: readonly Member[]
  /** Fetches the office's mail; a demonstration has none. */
  readonly intake?: Intake
}

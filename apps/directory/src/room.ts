import type { Locale } from '@parley/kernel'
import type { Asset, Route, Sentences } from '@parley/web'
import type { Hono } from 'hono'
import type { Command } from './platform/command.ts'
import type { Tx } from './platform/database/database.ts'
import type { MigrationFolder } from './platform/database/migrate.ts'
import type { WaitingAct } from './platform/dual-control/dual-act.ts'
import type { Duty } from './platform/duties/duties.ts'
import type { Erasers } from './platform/history/repeat-erasures.ts'
import type { DirectoryLive } from './platform/pages/live.ts'
import type { DirectoryForm, DirectoryPage } from './platform/pages/scope.ts'
import type { Authority } from './platform/session/authority.ts'

/** What a module brings to the house. */
export interface Room {
  readonly name: string
  readonly migrations?: URL
  readonly authority: Authority
  readonly text: Sentences
  readonly pages: readonly DirectoryPage[]
  readonly forms: readonly DirectoryForm[]
  /** Shown on top of every page to those whose role has the verb. */
  readonly menu?: readonly MenuItem[]
  /** At the foot of every page. */
  readonly footer?: readonly MenuItem[]
  readonly duties?: readonly Duty[]
  /** What two managers do together in this room. */
  readonly dualActs?: readonly WaitingAct[]
  /** What two people of a State do together in this room, where the State asks for it. */
  readonly ownActs?: readonly WaitingAct[]
  /** Erases again what a restored backup brought back, by kind of subject. */
  readonly erasers?: Erasers
  /** Lines for `parley status`, without anybody’s data. */
  readonly status?: (tx: Tx) => Promise<readonly string[]>
  /** What operators may type: `parley <name> …`. */
  readonly commands?: readonly Command[]
  readonly assets?: readonly Asset[]
  /** Parts of pages that renew themselves while somebody looks at them. */
  readonly lives?: readonly DirectoryLive[]
  /** Requests that are not pages: calls of a page's own script. */
  readonly street?: Hono
  /** Requests of other programs: no session, no form, no page; answered in their own way. */
  readonly machines?: Hono
  /** What `machines` answers under a verb of the authority table. */
  readonly operations?: readonly { readonly path: string; readonly verb: string }[]
}

interface MenuItem {
  readonly route: Route
  readonly verb: string
  readonly label: (locale: Locale) => string
}

export function migrationsOf(rooms: readonly Room[]): readonly MigrationFolder[] {
  return rooms.flatMap((room) => (room.migrations ? [{ name: room.name, folder: room.migrations }] : []))
}

import { lockFolder } from '@parley/host'
import { openEmbedded } from '../../src/platform/database/embedded.ts'
import type { Engine } from '../../src/platform/database/database.ts'
import { openPostgres } from '../../src/platform/database/postgres.ts'
import type { Strike } from './strike.ts'

/** Where the database is: it outlives every process of the test. */
export type Place =
  | { readonly kind: 'embedded'; readonly folder: string }
  | { readonly kind: 'postgres'; readonly url: string; readonly ownerUrl: string }

/** What a killed Directory is told to do. */
export interface Orders {
  readonly place: Place
  readonly smtp: string
  readonly connections: number
  /** Where its clock stands, ISO 8601. */
  readonly now: string
  /** Duties to do once, or one visitor to answer. */
  readonly step: readonly string[] | 'answer'
  readonly strike?: Strike
}

export async function openPlace(place: Place): Promise<{ engine: Engine; leave: () => void }> {
  if (place.kind === 'postgres') {
    return { engine: await openPostgres({ ...place, connections: 5 }), leave: () => undefined }
  }
  const leave = lockFolder(place.folder)
  return { engine: await openEmbedded(`${place.folder}/database`), leave }
}

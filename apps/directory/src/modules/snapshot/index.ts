import type { Room } from '../../room.ts'
import { authority } from './authority.ts'
import { type SnapshotHouse, snapshotDuty } from './issue-snapshot.ts'
import { keyLetterPage } from './key-letter.page.ts'
import { text } from './locales/index.ts'
import { nextSnapshotKeyCommand } from './next-key.command.ts'

export { findFingerprint, fingerprintSection } from './fingerprint.ts'
export { findIssue, findPart, type SnapshotIssue } from './store.ts'

export function snapshotRoom(house: SnapshotHouse, origin: URL): Room {
  const { keys, community } = house
  return {
    name: 'snapshot',
    migrations: new URL('migrations/', import.meta.url),
    authority,
    text,
    pages: [keyLetterPage(community, origin)],
    forms: [],
    duties: [snapshotDuty(house)],
    commands: [nextSnapshotKeyCommand(keys, community.profile.id)],
  }
}

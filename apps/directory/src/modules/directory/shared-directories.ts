import type { StateCode } from '@parley/kernel'
import type { Community, Organization } from '../community/index.ts'

/** POC-37: the directories of organizations to which both States belong and which keep one. */
export function sharedDirectories(
  community: Community,
  one: StateCode | undefined,
  other: StateCode,
): readonly Organization[] {
  if (one === undefined || one === other) return []
  return community
    .organizationsOf(other)
    .filter((organization) => organization.keepsDirectory && organization.members.has(one))
}

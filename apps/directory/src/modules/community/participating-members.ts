import type { StateCode } from '@parley/kernel'
import { actAs } from '../../platform/database/acting.ts'
import type { DirectoryScope } from '../../platform/pages/scope.ts'
import { actingOf } from '../../platform/session/actor.ts'
import { listParticipating } from './participation.ts'

/**
 * Which of an organization's members participate. The database tells the public how many States do, not who: this tells
 * of those members alone.
 */
export async function listParticipatingMembers(
  { tx, actor }: Pick<DirectoryScope, 'tx' | 'actor'>,
  members: ReadonlySet<string>,
): Promise<readonly StateCode[]> {
  await actAs(tx, { role: 'worker' })
  const taking = await listParticipating(tx)
  await actAs(tx, actingOf(actor))
  return [...taking.keys()].filter((state) => members.has(state))
}

import { type Clock, type Locale, newId, ok, refuse, type Result } from '@parley/kernel'
import { done, type Performer } from '../../platform/action.ts'
import type { Keys } from '../../platform/config/keys.ts'
import { invitationLink } from './invitation.ts'
import { invite } from './invite-person.ts'
import { countManagers } from './list-managers.ts'

/**
 * Invites a directory manager from the command line of the host, and gives back the link, which is sent by mail too.
 * Refused once there are two managers: from then on managers themselves decide, two at a time.
 */
export async function createFirstManager(
  performer: Performer,
  house: { readonly keys: Keys; readonly origin: URL; readonly clock: Clock },
  person: { readonly email: string; readonly name: string; readonly language: Locale },
): Promise<Result<string>> {
  const request = {
    now: house.clock.now(),
    actor: { role: 'duty', duty: 'command-line' },
    requestId: newId(),
  } as const
  const invited = await performer.perform(request, async (scope) => {
    if ((await countManagers(scope.tx)) >= 2)
      return refuse({ code: 'accounts/enough-managers', kind: 'forbidden' })
    const invited = await invite(scope, house.keys, {
      ...person,
      as: { role: 'manager' },
      needsTelephoneCode: false,
    })
    if (!invited.ok) return invited
    const { value, acts, events } = invited.value
    // One alone on the host: every State reads this line.
    return done(value, [{ verb: 'manager.invited-from-host', subject: 'community' }, ...acts], events)
  })
  if (!invited.ok) return invited
  return ok(invitationLink(house.keys, house.origin, person.language, invited.value.invitation))
}

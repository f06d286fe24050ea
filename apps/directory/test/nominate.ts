import { after, type Clock, hour, newId, parseStateCode, type StateCode } from '@parley/kernel'
import type { AddressContent, Entry, EntryContent } from '../src/modules/directory/index.ts'
import { addEntry } from '../src/modules/directory/index.ts'
import type { Actor } from '../src/platform/session/actor.ts'
import type { World } from './world.ts'

export function stateCode(text: string): StateCode {
  const code = parseStateCode(text)
  if (!code) throw new Error(`${text} is not a State code`)
  return code
}

export function email(value: string): AddressContent {
  return { channel: 'email', value, urgent: false, cardOnly: false }
}

export function phone(value: string): AddressContent {
  return { channel: 'phone', value, urgent: true, cardOnly: false }
}

/** A Mission's user, for actions that no page is needed for. */
export function missionOf(world: { readonly clock: Clock }, state: StateCode): Actor {
  const now = world.clock.now()
  const session = { digest: '', endsAt: after(now, hour), provenAt: now }
  return { role: 'mission', account: newId<'account'>(), name: 'Mission', state, session }
}

/** Nominates a POC of a State, as its Mission would, with nothing but what is said. */
export async function nominate(
  world: Pick<World, 'directory' | 'community'> & { readonly clock: Clock },
  state: StateCode,
  kind: 'diplomatic' | 'technical',
  content: Partial<Omit<EntryContent, 'entityName'>> & {
    readonly name?: string
    readonly addresses: readonly AddressContent[]
  },
): Promise<Entry> {
  const { name = `${kind} office of ${state}`, ...rest } = content
  const result = await world.directory.performer.perform(
    { actor: missionOf(world, state), now: world.clock.now(), requestId: newId() },
    addEntry(world.community.profile, {
      state,
      kind,
      content: {
        language: 'en',
        holder: 'entity',
        entityName: { original: name },
        description: {},
        personTitle: {},
        nationalRole: {},
        workingLanguages: ['en'],
        availability: { days: [], always: false },
        cardOnly: [],
        ...rest,
      },
    }),
  )
  if (!result.ok) throw new Error(result.refusal.code)
  return result.value
}

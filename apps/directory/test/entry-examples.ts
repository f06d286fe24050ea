import { newId, type StateCode } from '@parley/kernel'
import { email, phone, stateCode } from './nominate.ts'
import type { World } from './world.ts'
import type { Actor, Holding } from '../src/platform/session/actor.ts'
import { addEntry, type Entry, type EntryContent, readKey, setKey } from '../src/modules/directory/index.ts'
import type { EntryId } from '../src/modules/directory/domain/entry.ts'

/** Somebody signed in, as actions see them. */
export function signedIn(holding: Holding, at = new Date(0)): Actor {
  const session = { digest: '', endsAt: at, provenAt: at }
  return { ...holding, account: newId<'account'>(), name: 'Test Person', session }
}

/** An address, an urgent number and a name; more where a test says it. */
export function exampleContent(name: string, more: Partial<EntryContent> = {}): EntryContent {
  return {
    language: 'en',
    holder: 'entity',
    entityName: { original: name },
    description: {},
    personTitle: {},
    nationalRole: {},
    addresses: [email(`poc@${name.toLowerCase().replace(/[^a-z]+/g, '-')}.example`), phone('+99955501742')],
    workingLanguages: [],
    availability: { days: [], always: false },
    cardOnly: [],
    ...more,
  }
}

/** An entry that its Mission added. */
export async function addExample(
  world: World,
  state: StateCode,
  kind: string,
  content: EntryContent,
): Promise<Entry> {
  const request = { actor: signedIn({ role: 'mission', state }), now: world.clock.now(), requestId: newId() }
  const { performer } = world.directory
  const added = await performer.perform(request, addEntry(world.community.profile, { state, kind, content }))
  if (!added.ok) throw new Error(`The example was refused: ${added.refusal.code}`)
  return added.value
}

/** An OpenPGP key that the Mission of the entry's State puts there. */
export async function giveKey(world: World, entry: Entry, armored: string): Promise<void> {
  const read = await readKey('openpgp', armored, [], world.clock.now())
  if (!read.ok) throw new Error(`The key was refused: ${read.refusal.code}`)
  const request = {
    actor: signedIn({ role: 'mission', state: entry.state }),
    now: world.clock.now(),
    requestId: newId(),
  }
  const set = setKey(world.community.profile, { entry: entry.id }, { ...read.value, cardOnly: false })
  const done = await world.directory.performer.perform(request, set)
  if (!done.ok) throw new Error(`The key was refused: ${done.refusal.code}`)
}

/** An entry as it is read, for what needs no database. */
export function exampleEntry(more: Partial<EntryContent> & { readonly id?: EntryId }): Entry {
  const at = new Date('2026-11-01T08:00:00Z')
  const content = exampleContent('Sahiliya CERT', more)
  return {
    ...content,
    id: more.id ?? newId(),
    state: stateCode('XA'),
    kind: 'technical',
    addresses: content.addresses.map((address) => ({ ...address, id: newId(), changedAt: at })),
    version: 1,
    createdAt: at,
    changedAt: at,
  }
}

import { randomBytes } from 'node:crypto'
import { after, type Clock, hour } from '@parley/kernel'
import type { Desk } from '../desk.ts'
import type { Kind, Member } from '../office/members.ts'
import { writeSettings } from '../office/settings.ts'
import { type Entered, openStore } from '../open-store.ts'
import type { User } from '../users/users.ts'
import { demonstrationLines } from './lines.ts'
import { demonstrationSnapshots } from './snapshot.ts'

/** A Desk of a fictional State with some cases. Nobody is asked for its passphrase: there is nothing to protect. */
export async function beginDemonstration(
  folder: string,
  { members, kinds }: { readonly members: readonly Member[]; readonly kinds: readonly Kind[] },
  clock: Clock,
): Promise<{
  readonly desk: Desk
  readonly enter: () => Promise<{ readonly desk: Desk; readonly user: User }>
}> {
  const store = openStore(folder, { clock, cost: { memory: 64, passes: 1 } })
  const desk = { store, isDemonstration: true, members }
  const login = { name: 'Amal Haddad', passphrase: randomBytes(24).toString('base64url') }
  const entered = await store.begin(login)
  if (!entered.ok) throw new Error(entered.refusal.code)
  await fill(entered.value, clock)
  for (const files of await demonstrationSnapshots({ members, kinds }, clock.now())) {
    const taken = await entered.value.directory.take(files)
    if (taken.ok && taken.value === 'compare') await entered.value.directory.confirm()
  }
  return {
    desk,
    enter: async () => {
      const again = await store.unlock(login)
      if (!again.ok) throw new Error(again.refusal.code)
      return { desk, user: again.value.user }
    },
  }
}

async function fill(opened: Entered, clock: Clock): Promise<void> {
  await writeSettings(opened, {
    version: 1,
    state: 'XA',
    kind: 'technical',
    entity: 'CERT Sahiliya',
    languages: ['ar'],
  })
  for (const { hours, ...line } of demonstrationLines(clock.now())) {
    const at = after(clock.now(), hours * hour)
    const written = await opened.record.append({ ...line, at, by: opened.user.name })
    if (!written.ok) throw new Error(written.refusal.code)
  }
}

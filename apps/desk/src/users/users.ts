import { type Clock, fold, ok, refuse, type Result } from '@parley/kernel'
import { openPasswordRule } from '@parley/host'
import { takeTurns } from '../in-turn.ts'
import type { Line } from '../record/events.ts'
import type { ExchangeRecord } from '../record/open-record.ts'
import {
  type Cost,
  type KeyFile,
  type Login,
  newUserId,
  readKeyFile,
  unwrapKey,
  wrapKey,
  writeKeyFile,
} from './key-file.ts'

export interface User {
  readonly id: string
  readonly name: string
}

/** The people of this Desk: each has a name and a passphrase that opens the same data key. */
export interface Users {
  list(): Promise<readonly User[]>
  add(by: User, login: Login): Promise<Result<User>>
  /** A removed user opens nothing here any more; a copy of the key file from before still opens a copy of the record. */
  remove(by: User, user: string): Promise<Result<User>>
  /** One's own name: it is part of what one's key is derived from, so that the passphrase is needed. */
  rename(login: Login, name: string): Promise<Result<User>>
  changePassphrase(login: Login, passphrase: string): Promise<Result<User>>
}

interface House {
  readonly keyFile: string
  readonly dataKey: Uint8Array
  readonly record: ExchangeRecord
  readonly clock: Clock
  readonly cost: Cost
}

// The line first, then the key: after a crash between the two, somebody is named who cannot enter, or is refused
// although the key is there. Neither lets anybody in.
export function openUsers({ keyFile, dataKey, record, clock, cost }: House): Users {
  // The key file is read, changed and written: two at a time would lose one.
  const inTurn = takeTurns()
  const list = async () => listed(await readKeyFile(keyFile), record.lines())
  const wrap = async (keys: KeyFile, user: string, login: Login) =>
    withSlot(keys, await wrapKey(keys.salt, user, login, dataKey, cost))

  const readName = async (typed: string, own?: string): Promise<Result<string>> => {
    const name = typed.trim()
    if (fold(name) === '' || name.length > 100) return wrong('desk/name-invalid', 'name')
    const isTaken = (await list()).some((user) => user.id !== own && fold(user.name) === fold(name))
    return isTaken ? wrong('desk/name-taken', 'name') : ok(name)
  }

  return {
    list,
    add: (by, login) =>
      inTurn(async () => {
        const name = await readName(login.name)
        if (!name.ok) return name
        const passphrase = checkPassphrase(login)
        if (!passphrase.ok) return passphrase
        const user = { id: newUserId(), name: name.value }
        const content = { user: user.id, name: user.name }
        const line = await record.append({ at: clock.now(), by: by.name, what: 'user.added', content })
        if (!line.ok) return line
        await writeKeyFile(keyFile, await wrap(await readKeyFile(keyFile), user.id, login))
        return ok(user)
      }),
    remove: (by, id) =>
      inTurn(async () => {
        const users = await list()
        const user = users.find((each) => each.id === id)
        if (!user) return refuse({ code: 'desk/user-unknown', kind: 'absent' })
        // Nobody could open the record any more.
        if (users.length === 1) return refuse({ code: 'desk/last-user', kind: 'conflict' })
        const content = { user: id }
        const line = await record.append({ at: clock.now(), by: by.name, what: 'user.removed', content })
        if (!line.ok) return line
        const keys = await readKeyFile(keyFile)
        await writeKeyFile(keyFile, { ...keys, slots: keys.slots.filter((slot) => slot.user !== id) })
        return ok(user)
      }),
    rename: (login, typed) =>
      inTurn(async () => {
        const keys = await readKeyFile(keyFile)
        const user = await whose(keys, login)
        if (user === undefined) return wrongPassphrase
        const name = await readName(typed, user)
        if (!name.ok) return name
        const content = { user, name: name.value }
        const line = await record.append({ at: clock.now(), by: login.name, what: 'user.renamed', content })
        if (!line.ok) return line
        await writeKeyFile(keyFile, await wrap(keys, user, { ...login, name: name.value }))
        return ok({ id: user, name: name.value })
      }),
    changePassphrase: (login, passphrase) =>
      inTurn(async () => {
        const keys = await readKeyFile(keyFile)
        const user = await whose(keys, login)
        if (user === undefined) return wrongPassphrase
        const checked = checkPassphrase({ ...login, passphrase })
        if (!checked.ok) return checked
        const what = 'user.passphrase-changed'
        const line = await record.append({ at: clock.now(), by: login.name, what, content: { user } })
        if (!line.ok) return line
        await writeKeyFile(keyFile, await wrap(keys, user, { ...login, passphrase }))
        return ok({ id: user, name: login.name })
      }),
  }
}

/** The same for a name that nobody has and a passphrase that does not fit. */
export const wrongPassphrase = refuse({ code: 'desk/wrong-passphrase', kind: 'unauthenticated' })

/** Refused are passphrases that are too short, well known, or have the user's own name in them. */
export function checkPassphrase({ name, passphrase }: Login): Result<string> {
  const weakness = openPasswordRule(['parley', name, ...name.split(/\s+/)])(passphrase)
  return weakness === undefined ? ok(passphrase) : wrong(`desk/passphrase-${weakness}`, 'passphrase')
}

/** Names as the record tells them, of users whom it has not seen removed. */
export function namesIn(lines: readonly Line[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const line of lines) {
    if (!line.known) continue
    if (line.what === 'user.added' || line.what === 'user.renamed')
      names.set(line.content.user, line.content.name)
    if (line.what === 'user.removed') names.delete(line.content.user)
  }
  return names
}

/** A key that came back with an old key file opens nothing: the record knows who was removed. */
export function isRemoved(user: string, lines: readonly Line[]): boolean {
  return lines.some((line) => line.known && line.what === 'user.removed' && line.content.user === user)
}

function listed({ slots }: KeyFile, lines: readonly Line[]): readonly User[] {
  const names = namesIn(lines)
  return slots
    .filter(({ user }) => !isRemoved(user, lines))
    .map(({ user }) => ({ id: user, name: names.get(user) ?? user }))
}

function withSlot(keys: KeyFile, slot: KeyFile['slots'][number]): KeyFile {
  return { ...keys, slots: [...keys.slots.filter(({ user }) => user !== slot.user), slot] }
}

async function whose(keys: KeyFile, login: Login): Promise<string | undefined> {
  const opened = await unwrapKey(keys, login)
  opened?.dataKey.fill(0)
  return opened?.user
}

function wrong(code: string, field: string): Result<never> {
  return refuse({ code, kind: 'invalid', field })
}

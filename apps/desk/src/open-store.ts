import { hkdfSync, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { lockFolder } from '@parley/host'
import { type Clock, ok, refuse, type Result } from '@parley/kernel'
import { type CaseBook, openCaseBook } from './cases/case-book.ts'
import { takeTurns } from './in-turn.ts'
import { type MailIndex, openMailIndex } from './mailbox/mail-index.ts'
import { removeUnfinished, syncFolder } from './record/durable.ts'
import { createRecord, type ExchangeRecord, openRecord } from './record/open-record.ts'
import { sealedFile, type SealedFile } from './record/sealed-files.ts'
import { type OfflineDirectory, openOfflineDirectory } from './snapshot/offline-directory.ts'
import {
  type Cost,
  type Login,
  newKeyFile,
  readKeyFile,
  unwrapKey,
  usualCost,
  writeKeyFile,
} from './users/key-file.ts'
import {
  checkPassphrase,
  isRemoved,
  namesIn,
  openUsers,
  type User,
  type Users,
  wrongPassphrase,
} from './users/users.ts'

/** All that a Desk keeps, in one folder that is this process's alone. Locked until somebody's passphrase fits. */
export interface Store {
  /** What deriving a key from a passphrase costs here. */
  readonly cost: Cost
  /** Whether nobody has begun here yet. */
  isNew(): boolean
  /** Makes the store with its first user. There is no way in without a passphrase: say so before. */
  begin(login: Login): Promise<Result<Entered>>
  /** Opens it, or says who it is where it is open already. */
  unlock(login: Login): Promise<Result<Entered>>
  /** What is open; nothing while locked. */
  opened(): Opened | undefined
  /** Waits for what is being written, overwrites the keys, forgets what was read. */
  lock(): Promise<void>
  /** Locks, and lets the folder go. */
  close(): Promise<void>
}

export interface Opened extends Kept {
  /** What is only practised, apart from the rest. */
  readonly exercises: Kept
  readonly users: Users
  readonly directory: OfflineDirectory
  sealed(purpose: string): SealedFile
}

/** A record, and what is folded from it: cases, and by what a mail finds its own. */
export interface Kept {
  readonly record: ExchangeRecord
  readonly cases: CaseBook
  readonly mails: MailIndex
}

export interface Entered extends Opened {
  readonly user: User
}

interface Open {
  readonly dataKey: Buffer
  readonly directory: ReturnType<typeof openOfflineDirectory>
  readonly parts: Opened
}

export interface StoreNeeds {
  readonly clock: Clock
  readonly cost?: Cost
  /** Waits after a passphrase that did not fit; tests do not. */
  readonly pause?: (milliseconds: number) => Promise<unknown>
  /** How the Directory is asked for a snapshot. */
  readonly fetch?: typeof fetch
}

const names = {
  store: 'store',
  keys: 'keys',
  record: 'record',
  exercises: 'exercises',
  sealed: 'sealed',
} as const

/** Takes the folder; throws `FolderInUse` where another program has it. */
export function openStore(
  folder: string,
  {
    clock,
    cost = usualCost,
    pause = (milliseconds) => sleep(milliseconds),
    fetch = globalThis.fetch,
  }: StoreNeeds,
): Store {
  const release = lockFolder(folder)
  const root = join(folder, names.store)
  const keyFile = join(root, names.keys)
  let open: Open | undefined
  let failures = 0
  // Whoever tries passphrases waits out each delay.
  const inTurn = takeTurns()

  const openWith = async (dataKey: Buffer): Promise<Open> => {
    await removeUnfinished(root)
    const record = await openRecord(join(root, names.record), keyFor(dataKey, names.record))
    const practised = await openRecord(join(root, names.exercises), keyFor(dataKey, names.exercises))
    const users = openUsers({ keyFile, dataKey, record, clock, cost })
    const sealed = (purpose: string) =>
      sealedFile(join(root, names.sealed), () => (open?.dataKey === dataKey ? dataKey : undefined), purpose)
    const directory = openOfflineDirectory({ sealed, clock, fetch })
    const parts = { ...keptBy(record), exercises: keptBy(practised), users, directory, sealed }
    return { dataKey, directory, parts }
  }

  const enter = async (login: Login): Promise<Result<Entered>> => {
    const found = await unwrapKey(await readKeyFile(keyFile), login)
    const opening = found && (open ?? (await openWith(found.dataKey)))
    const isLet = found && opening && !isRemoved(found.user, opening.parts.record.lines())
    // The key is needed once: whoever enters after the first, or not at all, leaves none behind.
    if (found && found.dataKey !== opening?.dataKey) found.dataKey.fill(0)
    if (!isLet) {
      if (opening && opening !== open) await closeAll(opening)
      failures += 1
      await pause(delayAfter(failures))
      return wrongPassphrase
    }
    failures = 0
    const isFirst = open !== opening
    open = opening
    if (isFirst) await opening.directory.begin()
    const name = await nameOf(found.user, login.name.trim(), opening.parts.record)
    return name.ok ? ok({ ...opening.parts, user: { id: found.user, name: name.value } }) : name
  }

  /** As the record knows it; the first line of a new record is who began it. */
  const nameOf = async (user: string, typed: string, record: ExchangeRecord): Promise<Result<string>> => {
    if (record.end().n === 0 && record.breaks().length === 0) {
      const content = { user, name: typed }
      const line = await record.append({ at: clock.now(), by: typed, what: 'user.added', content })
      if (!line.ok) return line
    }
    return ok(namesIn(record.lines()).get(user) ?? typed)
  }

  const lock = async (): Promise<void> => {
    const closing = open
    open = undefined
    if (closing) await closeAll(closing)
  }

  return {
    cost,
    isNew: () => !existsSync(keyFile),
    begin: (login) =>
      inTurn(async () => {
        if (existsSync(keyFile)) return refuse({ code: 'desk/begun-already', kind: 'conflict' })
        if (login.name.trim() === '')
          return refuse({ code: 'desk/name-invalid', kind: 'invalid', field: 'name' })
        const passphrase = checkPassphrase(login)
        if (!passphrase.ok) return passphrase
        await create(folder, login, cost)
        return enter(login)
      }),
    unlock: (login) =>
      inTurn(async () =>
        existsSync(keyFile) ? enter(login) : refuse({ code: 'desk/not-begun', kind: 'conflict' }),
      ),
    opened: () => open?.parts,
    lock: () => inTurn(lock),
    close: () =>
      inTurn(async () => {
        await lock()
        release()
      }),
  }
}

/** Where one record of a Desk is and the key that opens it, for whoever only reads; nothing where none fits. */
export async function unwrapStore(
  folder: string,
  login: Login,
  part: 'record' | 'exercises',
): Promise<{ readonly folder: string; readonly key: Buffer } | undefined> {
  const root = join(folder, names.store)
  if (!existsSync(join(root, names.keys))) return undefined
  const found = await unwrapKey(await readKeyFile(join(root, names.keys)), login)
  if (!found) return undefined
  const key = keyFor(found.dataKey, part)
  found.dataKey.fill(0)
  return { folder: join(root, part), key }
}

/** The key of one part: none of them opens another. */
function keyFor(dataKey: Uint8Array, part: 'record' | 'exercises'): Buffer {
  return Buffer.from(hkdfSync('sha256', dataKey, '', `parley desk ${part}`, 32))
}

/** Made beside its place and moved into it whole: after a crash it is there or it is not. */
async function create(folder: string, login: Login, cost: Cost): Promise<void> {
  const beside = join(folder, `${names.store}.new`)
  await rm(beside, { recursive: true, force: true })
  await mkdir(beside, { recursive: true, mode: 0o700 })
  const dataKey = randomBytes(32)
  for (const part of [names.record, names.exercises]) {
    const key = keyFor(dataKey, part)
    await createRecord(join(beside, part), key)
    key.fill(0)
  }
  await writeKeyFile(join(beside, names.keys), await newKeyFile(login, dataKey, cost))
  dataKey.fill(0)
  await rename(beside, join(folder, names.store))
  await syncFolder(folder)
}

function keptBy(record: ExchangeRecord): Kept {
  return { record, cases: openCaseBook(record.lines), mails: openMailIndex(record.lines) }
}

async function closeAll({ parts, dataKey, directory }: Open): Promise<void> {
  directory.close()
  for (const { record, cases, mails } of [parts, parts.exercises]) {
    await record.close()
    cases.forget()
    mails.forget()
  }
  dataKey.fill(0)
}

/** A second, then twice as long each time, up to half a minute. */
function delayAfter(failures: number): number {
  return Math.min(30_000, 1_000 * 2 ** (failures - 1))
}

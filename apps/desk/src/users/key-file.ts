import { createHash, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fold } from '@parley/kernel'
import { argon2id } from 'hash-wasm'
import { z } from 'zod'
import { writeDurably } from '../record/durable.ts'
import { seal, unseal } from '../record/seal.ts'

// The data key, wrapped once for each user. No name stands here: it is part of what a user's key is derived from, so
// that an unknown name and a wrong passphrase cost the same, look the same and are refused alike.

/** What deriving a key costs: memory in KiB and passes over it. Stored beside each wrapped key. */
export interface Cost {
  readonly memory: number
  readonly passes: number
}

/** Argon2id with 64 MiB and 3 passes, well above OWASP's least: a stolen disk can be tried without end. */
export const usualCost: Cost = { memory: 65_536, passes: 3 }

const hex = z.string().regex(/^[0-9a-f]+$/)
const keyFile = z.strictObject({
  parley: z.literal('desk-keys'),
  version: z.literal(1),
  salt: hex.length(64),
  slots: z
    .array(
      z.strictObject({
        user: hex.length(16),
        memory: z.number().int().min(8).max(1_048_576),
        passes: z.number().int().min(1).max(100),
        sealed: z.base64(),
      }),
    )
    .min(1),
})

export type KeyFile = z.output<typeof keyFile>
export type Slot = KeyFile['slots'][number]

export interface Login {
  readonly name: string
  readonly passphrase: string
}

export async function readKeyFile(path: string): Promise<KeyFile> {
  return keyFile.parse(JSON.parse(await readFile(path, 'utf8')))
}

export async function writeKeyFile(path: string, keys: KeyFile): Promise<void> {
  await writeDurably(path, Buffer.from(`${JSON.stringify(keys, undefined, 2)}\n`))
}

export function newUserId(): string {
  return randomBytes(8).toString('hex')
}

/** A key file for a first user. */
export async function newKeyFile(login: Login, dataKey: Uint8Array, cost: Cost): Promise<KeyFile> {
  const salt = randomBytes(32).toString('hex')
  return {
    parley: 'desk-keys',
    version: 1,
    salt,
    slots: [await wrapKey(salt, newUserId(), login, dataKey, cost)],
  }
}

/** The data key wrapped for one user. */
export async function wrapKey(
  salt: string,
  user: string,
  login: Login,
  dataKey: Uint8Array,
  cost: Cost,
): Promise<Slot> {
  const key = await deriveKey(salt, login, cost)
  const sealed = seal(key, dataKey, placeOf(user)).toString('base64')
  key.fill(0)
  return { user, ...cost, sealed }
}

/** The data key and whose it is, if name and passphrase are one user's. */
export async function unwrapKey(
  { salt, slots }: KeyFile,
  login: Login,
): Promise<{ readonly user: string; readonly dataKey: Buffer } | undefined> {
  for (const group of Map.groupBy(slots, ({ memory, passes }) => `${memory} ${passes}`).values()) {
    const [first] = group
    if (!first) continue
    const key = await deriveKey(salt, login, first)
    const opened = group.flatMap(({ user, sealed }) => {
      const dataKey = unseal(key, Buffer.from(sealed, 'base64'), placeOf(user))
      return dataKey ? [{ user, dataKey }] : []
    })
    key.fill(0)
    if (opened[0]) return opened[0]
  }
  return undefined
}

/** A key from a passphrase, and from the name of whoever has it, where it is somebody's own. */
export async function deriveKey(
  salt: string,
  { name, passphrase }: Login,
  { memory, passes }: Cost,
): Promise<Buffer> {
  const bytes = await argon2id({
    // The same passphrase typed on another keyboard is the same bytes.
    password: passphrase.normalize('NFKC') || ' ',
    salt: createHash('sha256')
      .update(`${salt}\n${fold(name)}`)
      .digest(),
    memorySize: memory,
    iterations: passes,
    parallelism: 1,
    hashLength: 32,
    outputType: 'binary',
  })
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function placeOf(user: string): string {
  return `parley desk key of ${user}`
}

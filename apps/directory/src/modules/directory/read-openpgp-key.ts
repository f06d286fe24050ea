import { ok, type Result } from '@parley/kernel'
import { keyRules } from '@parley/protocol/openpgp'
import {
  config,
  type Key,
  PacketList,
  PublicKey,
  readKeys,
  SignaturePacket,
  type Subkey,
  type User,
} from 'openpgp'
import { parseEmailAddress } from './domain/e-mail-address.ts'
import type { KeyContent } from './domain/key.ts'

type Read = Omit<KeyContent, 'scheme' | 'cardOnly'>
type Refused =
  'directory/key-unreadable' | 'directory/key-several' | 'directory/key-private' | 'directory/key-revoked'

const rules = { ...config, ...keyRules }

/**
 * An OpenPGP key (RFC 9580, or 4880) as it is kept: the primary key, subkeys that are valid now, and the user ids
 * that name one of the entry's addresses, without what others signed. Where none names one, the primary user id
 * stays with a warning: GnuPG takes no key without a user id, and its self-signature carries the expiry.
 */
export async function readOpenpgpKey(
  armored: string,
  addresses: readonly string[],
  now: Date,
): Promise<Result<Read, Refused>> {
  const keys = await readKeys({ armoredKeys: armored, config: rules }).catch(() => [])
  const [key, ...more] = keys
  if (!key) return refused('directory/key-unreadable')
  if (keys.some((each) => each.isPrivate())) return refused('directory/key-private')
  if (more.length > 0) return refused('directory/key-several')
  if (await key.isRevoked(undefined, undefined, now, rules)) return refused('directory/key-revoked')
  const named = await validUsers(
    key.users.filter((user) => names(user, addresses)),
    now,
  )
  const users = named.length > 0 ? named : await primaryUser(key, now)
  if (users.length === 0) return refused('directory/key-unreadable')
  const subkeys = await validSubkeys(key.subkeys, now)
  const kept = cutDown(key, users, subkeys)
  const mayBeWrittenTo = await kept.getEncryptionKey(undefined, null, undefined, rules).then(
    () => true,
    () => false,
  )
  const expiresAt = await earliestExpiry(kept, subkeys)
  return ok({
    armored: kept.armor(),
    fingerprint: kept.getFingerprint().toUpperCase(),
    names: users.flatMap((user) => user.userID?.userID ?? []),
    ...(expiresAt ? { expiresAt } : {}),
    warnings: [
      ...([kept, ...subkeys].some(isWeak) ? (['weak'] as const) : []),
      ...(named.length === 0 ? (['not-named'] as const) : []),
      ...(kept.keyPacket.version > 4 ? (['new-format'] as const) : []),
      ...(mayBeWrittenTo ? [] : (['signs-only'] as const)),
    ],
  })
}

function refused(refusal: Refused): Result<never, Refused> {
  return { ok: false, refusal }
}

function names({ userID }: User, addresses: readonly string[]): boolean {
  const email = userID && parseEmailAddress(userID.email)
  return email !== undefined && addresses.some((address) => address.toLowerCase() === email?.toLowerCase())
}

/** Those that the key itself signed. */
async function validUsers(users: readonly User[], now: Date): Promise<readonly User[]> {
  return valid(users, (user) => user.verify(now, rules))
}

async function primaryUser(key: Key, now: Date): Promise<readonly User[]> {
  const primary = await key.getPrimaryUser(now, undefined, rules).catch(() => undefined)
  return primary ? [primary.user] : []
}

async function validSubkeys(subkeys: readonly Subkey[], now: Date): Promise<readonly Subkey[]> {
  return valid(subkeys, (subkey) => subkey.verify(now, rules))
}

async function valid<T>(all: readonly T[], verify: (one: T) => Promise<unknown>): Promise<readonly T[]> {
  const kept: T[] = []
  for (const one of all) {
    const isValid = await verify(one).then(
      () => true,
      () => false,
    )
    if (isValid) kept.push(one)
  }
  return kept
}

/** The same key of fewer packets; nothing in it is changed, so that every signature holds. */
function cutDown(key: Key, users: readonly User[], subkeys: readonly Subkey[]): PublicKey {
  const packets = new PacketList()
  packets.push(key.keyPacket)
  for (const packet of key.toPacketList().slice(1)) {
    if (!(packet instanceof SignaturePacket)) break
    packets.push(packet)
  }
  for (const user of users) {
    if (user.userID) packets.push(user.userID, ...user.selfCertifications)
  }
  for (const subkey of subkeys) packets.push(subkey.keyPacket, ...subkey.bindingSignatures)
  return new PublicKey(packets)
}

/** When the key can no longer be written to or trusted: itself, or the last of its subkeys. */
async function earliestExpiry(key: Key, subkeys: readonly Subkey[]): Promise<Date | undefined> {
  const own = await key.getExpirationTime(undefined, rules)
  const others = await Promise.all(subkeys.map((subkey) => subkey.getExpirationTime(undefined, rules)))
  const last = others.every((time) => time instanceof Date)
    ? others.toSorted((one, other) => Number(other) - Number(one))[0]
    : undefined
  return [own, last]
    .filter((time) => time instanceof Date)
    .toSorted((one, other) => one.getTime() - other.getTime())[0]
}

function isWeak(key: Key | Subkey): boolean {
  const { algorithm, bits } = key.getAlgorithmInfo()
  if (algorithm === 'dsa' || algorithm === 'elgamal') return true
  return algorithm.startsWith('rsa') && bits !== undefined && bits < 2048
}

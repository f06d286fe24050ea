import { ok, type Result } from '@parley/kernel'
import { config, createMessage, decryptKey, type PrivateKey, readPrivateKeys, sign, verify } from 'openpgp'

/** A key with its private half, unlocked. The half itself is out of reach: what is logged or stored never holds it. */
export interface OwnKey {
  /** Hexadecimal capitals. */
  readonly fingerprint: string
  /** User ids. */
  readonly names: readonly string[]
  /** What others need to verify what we sign and to encrypt to us: OpenPGP armor. */
  readonly publicKey: string
}

export type OwnKeyRefusal = 'unreadable' | 'public' | 'several' | 'locked' | 'passphrase-wrong' | 'new-format'

export type SigningRefusal = 'expired' | 'revoked' | 'cannot-sign'

const halves = new WeakMap<OwnKey, PrivateKey>()

/**
 * Opens a private key (OpenPGP armor; its primary key may be a stub, as GnuPG exports subkeys). Keys of version 6
 * are refused: GnuPG and others read nothing that they sign.
 */
export async function openOwnKey(
  armored: string,
  passphrase?: string,
): Promise<Result<OwnKey, OwnKeyRefusal>> {
  const keys = await readPrivateKeys({ armoredKeys: armored }).catch(() => [])
  const [key, ...more] = keys
  if (!key) return refused(/PUBLIC KEY/.test(armored) ? 'public' : 'unreadable')
  // The library reads the first block of armor alone.
  if (more.length > 0 || armored.split('-----BEGIN PGP').length > 2) return refused('several')
  if (key.keyPacket.version !== 4) return refused('new-format')
  const unlocked = await unlock(key, passphrase)
  if (!unlocked.ok) return unlocked
  const own: OwnKey = {
    fingerprint: key.getFingerprint().toUpperCase(),
    names: key.getUserIDs(),
    publicKey: key.toPublic().armor(),
  }
  halves.set(own, unlocked.value)
  return ok(own)
}

/** For this package alone: who holds an `OwnKey` may sign with it, and never see it. */
export function privateHalf(own: OwnKey): PrivateKey {
  const key = halves.get(own)
  if (!key) throw new TypeError('not a key that was opened')
  return key
}

/** Whether a key can sign at `at`, and until when; tried out, so that a damaged key is known before it is needed. */
export async function checkSigning(
  own: OwnKey,
  at: Date,
): Promise<Result<{ readonly until?: Date }, SigningRefusal>> {
  const key = privateHalf(own)
  const isRevoked = await key.isRevoked(undefined, undefined, at).catch(() => true)
  if (isRevoked) return refused('revoked')
  const ends = [await key.getExpirationTime()]
  const signer = await key.getSigningKey(undefined, at).catch(() => undefined)
  if (signer && 'mainKey' in signer) ends.push(await signer.getExpirationTime())
  const [until] = ends
    .filter((end) => end instanceof Date)
    .toSorted((one, other) => one.getTime() - other.getTime())
  if (until && until <= at) return refused('expired')
  if (!signer) return refused((await everySignerExpired(key, at)) ? 'expired' : 'cannot-sign')
  if (!(await signsAndVerifies(key, at))) return refused('cannot-sign')
  return ok(until ? { until } : {})
}

async function unlock(
  key: PrivateKey,
  passphrase: string | undefined,
): Promise<Result<PrivateKey, OwnKeyRefusal>> {
  if (key.isDecrypted()) return ok(key)
  if (passphrase === undefined) return refused('locked')
  return decryptKey({ privateKey: key, passphrase }).then(ok, () => refused('passphrase-wrong'))
}

/** The key could sign once. */
async function everySignerExpired(key: PrivateKey, at: Date): Promise<boolean> {
  const ends = await Promise.all(key.subkeys.map((subkey) => subkey.getExpirationTime().catch(() => null)))
  const past = ends.filter((end) => end instanceof Date).filter((end) => end <= at)
  for (const end of past) {
    const justBefore = new Date(end.getTime() - 1_000)
    if (await key.getSigningKey(undefined, justBefore).catch(() => undefined)) return true
  }
  return false
}

async function signsAndVerifies(key: PrivateKey, at: Date): Promise<boolean> {
  const message = await createMessage({ binary: new Uint8Array([1]) })
  try {
    const signed = await sign({ message, signingKeys: key, date: at, format: 'object', config })
    const { signatures } = await verify({ message: signed, verificationKeys: key.toPublic(), date: at })
    await signatures[0]?.verified
    return signatures.length === 1
  } catch {
    return false
  }
}

function refused<R>(refusal: R): { readonly ok: false; readonly refusal: R } {
  return { ok: false, refusal }
}

import { after, day } from '@parley/kernel'
import {
  checkSigning,
  openOwnKey,
  type OwnKeyRefusal,
  signEntity,
  type SigningRefusal,
} from '@parley/protocol/openpgp'
import { UnsafeSettings } from '../config/settings.ts'

/** The manager's OpenPGP key, as it is used: its private half is out of reach. */
export interface SigningKey {
  /** Hexadecimal capitals. */
  readonly fingerprint: string
  /** OpenPGP armor. */
  readonly publicKey: string
  /** From then on nothing is signed with it. */
  readonly until?: Date
  /** A MIME entity as `multipart/signed` (RFC 3156). */
  sign(entity: Uint8Array, at: Date): Promise<Uint8Array>
}

const warnedFor = 30 * day

/** Opens the key that the settings name, and tries it. Throws `UnsafeSettings` that say why it cannot be used. */
export async function openSigningKey(
  armored: string,
  passphrase: string | undefined,
  now: Date,
): Promise<SigningKey> {
  const opened = await openOwnKey(armored, passphrase)
  if (!opened.ok) throw new UnsafeSettings([reasons[opened.refusal]])
  const own = opened.value
  const checked = await checkSigning(own, now)
  if (!checked.ok) throw new UnsafeSettings([reasons[checked.refusal]])
  return {
    fingerprint: own.fingerprint,
    publicKey: own.publicKey,
    ...checked.value,
    sign: (entity, at) => signEntity(entity, own, at),
  }
}

/** Whether the key may sign at that time; a round goes on unsigned rather than not at all. */
export function maySign(key: SigningKey | undefined, at: Date): key is SigningKey {
  return key !== undefined && (key.until === undefined || at < key.until)
}

/** Whether it is time for another key. */
export function endsSoon({ until }: Pick<SigningKey, 'until'>, now: Date): boolean {
  return until !== undefined && until <= after(now, warnedFor)
}

const reasons: Readonly<Record<OwnKeyRefusal | SigningRefusal, string>> = {
  unreadable: 'PARLEY_SIGNING_KEY: not a private OpenPGP key in armor',
  public: 'PARLEY_SIGNING_KEY: this is a public key; the private one is needed',
  several: 'PARLEY_SIGNING_KEY: holds several keys',
  locked: 'PARLEY_SIGNING_PASSPHRASE: needed, the key is locked',
  'passphrase-wrong': 'PARLEY_SIGNING_PASSPHRASE: does not open the key',
  'new-format':
    'PARLEY_SIGNING_KEY: a key of version 6, which most programs cannot read; use one of version 4',
  expired: 'PARLEY_SIGNING_KEY: the key has expired',
  revoked: 'PARLEY_SIGNING_KEY: the key was revoked',
  'cannot-sign': 'PARLEY_SIGNING_KEY: the key cannot sign',
}

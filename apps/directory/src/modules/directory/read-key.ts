import { ok, type Refusal, type Result, refuse } from '@parley/kernel'
import { type KeyContent, type KeyScheme, largestKey } from './domain/key.ts'
import { readCertificate } from './read-certificate.ts'
import { readOpenpgpKey } from './read-openpgp-key.ts'

/**
 * The public key that was pasted, cut down to what the entry needs. A private one is refused before anything reads
 * it, and no refusal carries a part of what was pasted.
 */
export async function readKey(
  scheme: KeyScheme,
  pasted: string,
  addresses: readonly string[],
  now: Date,
): Promise<Result<Omit<KeyContent, 'cardOnly'>>> {
  const refused = (code: Refusal['code']) => refuse({ code, kind: 'invalid', field: scheme })
  if (holdsPrivateKey(pasted)) return refused('directory/key-private')
  if (Buffer.byteLength(pasted) > largestKey) return refused('directory/key-too-large')
  const read =
    scheme === 'openpgp' ? await readOpenpgpKey(pasted, addresses, now) : readCertificate(pasted, addresses)
  return read.ok ? ok({ scheme, ...read.value }) : refused(read.refusal)
}

/** Whatever else stands around it. */
export function holdsPrivateKey(text: string): boolean {
  return /PRIVATE\s+KEY/i.test(text)
}

import { X509Certificate } from 'node:crypto'
import { ok, type Result } from '@parley/kernel'
import type { KeyContent } from './domain/key.ts'

type Read = Omit<KeyContent, 'scheme' | 'cardOnly'>
type Refused = 'directory/key-unreadable' | 'directory/key-several'

/** An S/MIME certificate (X.509, PEM). It is kept and shown; whether its issuer is to be trusted is the reader's to say. */
export function readCertificate(pem: string, addresses: readonly string[]): Result<Read, Refused> {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  const [block] = blocks
  if (block === undefined) return { ok: false, refusal: 'directory/key-unreadable' }
  if (blocks.length > 1) return { ok: false, refusal: 'directory/key-several' }
  const certificate = parse(block)
  if (!certificate) return { ok: false, refusal: 'directory/key-unreadable' }
  return ok({
    armored: certificate.toString(),
    fingerprint: certificate.fingerprint256.replaceAll(':', ''),
    names: [inOneLine(certificate.subject)],
    issuer: inOneLine(certificate.issuer),
    expiresAt: new Date(certificate.validTo),
    warnings: [
      ...(isWeak(certificate) ? (['weak'] as const) : []),
      ...(namesOne(certificate, addresses) ? [] : (['not-named'] as const)),
    ],
  })
}

function parse(block: string): X509Certificate | undefined {
  try {
    const certificate = new X509Certificate(block)
    // A key of a kind that nobody here knows throws when it is asked for.
    return certificate.publicKey.asymmetricKeyType === undefined ? undefined : certificate
  } catch {
    return undefined
  }
}

/** The address stands in the alternative name, or in the subject of old certificates. */
function namesOne({ subject, subjectAltName = '' }: X509Certificate, addresses: readonly string[]): boolean {
  const named = `${subjectAltName}\n${subject}`.toLowerCase().split(/[\s,=:]+/)
  return addresses.some((address) => named.includes(address.toLowerCase()))
}

function isWeak({ publicKey }: X509Certificate): boolean {
  const { asymmetricKeyType, asymmetricKeyDetails } = publicKey
  if (asymmetricKeyType === 'dsa') return true
  return asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) < 2048
}

function inOneLine(distinguishedName: string): string {
  return distinguishedName.replaceAll('\n', ', ')
}

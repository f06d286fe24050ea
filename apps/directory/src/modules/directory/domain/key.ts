import { after, day, type Id, type Json } from '@parley/kernel'
import { z } from 'zod'

export const keySchemes = ['openpgp', 'smime'] as const
export type KeyScheme = (typeof keySchemes)[number]

/** What a reader should know of a key; it is the State's own choice all the same. */
export const keyWarnings = ['weak', 'not-named', 'new-format', 'signs-only'] as const
type KeyWarning = (typeof keyWarnings)[number]

/** The public half of a key, with nothing in it but what the entry needs. */
export interface KeyContent {
  readonly scheme: KeyScheme
  /** OpenPGP armor, or PEM. */
  readonly armored: string
  /** Hexadecimal capitals: of the OpenPGP key, or SHA-256 of the certificate. */
  readonly fingerprint: string
  /** The user ids that were kept, or the subject of the certificate. */
  readonly names: readonly string[]
  /** Of a certificate. */
  readonly issuer?: string | undefined
  readonly expiresAt?: Date | undefined
  readonly warnings: readonly KeyWarning[]
  readonly cardOnly: boolean
  /** Since when the entry has it; none of a key that it does not have yet. */
  readonly addedAt?: Date | undefined
}

export interface EntryKey extends KeyContent {
  readonly id: Id<'key'>
  readonly addedAt: Date
}

/** The largest key that is read, in octets. */
export const largestKey = 64 * 1024

/** In which notices an expiry is told: ahead, and when it has come. */
export type Expiry = 'soon' | 'past'

const aheadFor = 30 * day

export function expiryOf({ expiresAt }: Pick<KeyContent, 'expiresAt'>, now: Date): Expiry | undefined {
  if (expiresAt === undefined || expiresAt > after(now, aheadFor)) return undefined
  return expiresAt <= now ? 'past' : 'soon'
}

/** How a key is called as a file of its own, and its media type: OpenPGP armor (RFC 3156), PEM (RFC 8555). */
export const keyFiles: Readonly<Record<KeyScheme, { readonly extension: string; readonly type: string }>> = {
  openpgp: { extension: 'asc', type: 'application/pgp-keys' },
  smime: { extension: 'pem', type: 'application/pem-certificate-chain' },
}

/** The media type by which a key travels in a vCard. */
export const keyTypes: Readonly<Record<KeyScheme, string>> = {
  openpgp: 'application/pgp-keys',
  smime: 'application/pkix-cert',
}

/** Keys as a withdrawn entry keeps them, whole: they come back with it. */
export function describeKeys(keys: readonly KeyContent[]): readonly Json[] {
  return keys.map((key) => ({
    scheme: key.scheme,
    armored: key.armored,
    fingerprint: key.fingerprint,
    names: key.names,
    issuer: key.issuer ?? null,
    expiresAt: key.expiresAt?.toISOString() ?? null,
    warnings: key.warnings,
    cardOnly: key.cardOnly,
    addedAt: key.addedAt?.toISOString() ?? null,
  }))
}

const instant = z
  .string()
  .nullable()
  .transform((at) => (at === null ? undefined : new Date(at)))

const description = z.object({
  keys: z
    .array(
      z.object({
        scheme: z.enum(keySchemes),
        armored: z.string(),
        fingerprint: z.string(),
        names: z.array(z.string()),
        issuer: z
          .string()
          .nullable()
          .transform((issuer) => issuer ?? undefined),
        expiresAt: instant,
        warnings: z.array(z.enum(keyWarnings)),
        cardOnly: z.boolean(),
        // Absent in what was kept before it was noted.
        addedAt: instant.optional(),
      }),
    )
    // Absent in what was withdrawn before there were keys.
    .default([]),
})

/** The keys beside the description of a withdrawn entry; anything else is a fault. */
export function readKeyDescriptions(content: Json): readonly KeyContent[] {
  return description.parse(content).keys
}

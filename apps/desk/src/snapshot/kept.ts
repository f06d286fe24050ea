import type { Result } from '@parley/kernel'
import {
  type SigningKey,
  type VerifiedSnapshot,
  verifySnapshot,
  type SnapshotFiles,
} from '@parley/protocol/snapshot'
import { z } from 'zod'
import type { SealedFile } from '../record/sealed-files.ts'

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const instant = z.iso.datetime()
const value = z.strictObject({
  what: z.enum(['email', 'phone', 'key']),
  value: z.string(),
  extension: z.string().optional(),
})

/** What differed when one snapshot followed another. Of what is gone no name and no whole number stands here. */
const changeSet = z.strictObject({
  number: z.number(),
  takenAt: instant,
  seenAt: instant.optional(),
  statesCame: z.array(z.string()),
  statesGone: z.array(z.string()),
  /** Ids of entries. */
  came: z.array(z.string()),
  gone: z.array(z.strictObject({ state: z.string(), kind: z.string() })),
  changed: z.array(z.strictObject({ entry: z.string(), came: z.array(value), gone: z.array(value) })),
  /** Fingerprint of the signing key before, where it changed. */
  keyBefore: hash.optional(),
})

const kept = z.strictObject({
  version: z.literal(1),
  /** What the snapshot says of itself, to be known before it is read; the key and number that are trusted. */
  head: z
    .strictObject({
      community: z.string(),
      number: z.number(),
      issuedAt: instant,
      validUntil: instant,
      fingerprint: hash,
      takenAt: instant,
    })
    .optional(),
  changes: z.array(changeSet),
  /** Where the Directory is, and the token that the Mission issued. */
  source: z.strictObject({ address: z.string(), token: z.string() }).optional(),
  pull: z
    .strictObject({
      triedAt: instant,
      /** When the Directory was last asked with success. */
      pulledAt: instant.optional(),
      refusal: z.string().optional(),
    })
    .optional(),
})

export type Kept = z.output<typeof kept>
export type Head = NonNullable<Kept['head']>
export type ChangeSet = z.output<typeof changeSet>
export type ChangedValue = z.output<typeof value>

export const nothingKept: Kept = { version: 1, changes: [] }

/** What cannot be read is as if it were not there: the Desk opens, and the key is compared with a letter again. */
export async function readKept(file: SealedFile): Promise<Kept> {
  const bytes = await file.read()
  const read = kept.safeParse(bytes && JSON.parse(bytes.toString('utf8')))
  return read.success ? read.data : nothingKept
}

export function writeKept(file: SealedFile, wanted: Kept): Promise<Result<undefined>> {
  return file.write(JSON.stringify(wanted))
}

const signatureLength = 64

/** Signature and file in one, so that one never stands beside the other of another snapshot. */
export function writeFiles(
  file: SealedFile,
  { signature, file: bytes }: SnapshotFiles,
): Promise<Result<undefined>> {
  return file.write(Buffer.concat([signature, bytes]))
}

/** The snapshot that was taken last, verified anew; nothing where there is none or it is not what was written. */
export async function readFiles(file: SealedFile): Promise<VerifiedSnapshot | undefined> {
  const bytes = await file.read()
  if (!bytes) return undefined
  const verified = await verifySnapshot({
    signature: new Uint8Array(bytes.subarray(0, signatureLength)),
    file: new Uint8Array(bytes.subarray(signatureLength)),
  })
  return verified.ok ? verified.value : undefined
}

export function headOf({ snapshot, line }: VerifiedSnapshot, takenAt: Date): Head {
  const { community, number, issuedAt, validUntil } = snapshot
  return { community, number, issuedAt, validUntil, fingerprint: keyOf(line), takenAt: takenAt.toISOString() }
}

/** Of the key that signed it. */
export function keyOf([key]: readonly SigningKey[]): string {
  return key?.fingerprint ?? ''
}

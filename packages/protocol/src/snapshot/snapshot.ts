import { day, type Locale } from '@parley/kernel'

/**
 * The directory as a file that an office keeps: canonical JSON (RFC 8785), with the 64 bytes of its Ed25519 signature
 * in a second file. Nothing in it is "card only", and nothing says when an entry last answered (RULE-3).
 */
export interface Snapshot {
  readonly parley: 'snapshot'
  readonly version: 1
  /** The id of the community's profile. */
  readonly community: string
  /** Higher than every earlier one of this community; numbers may be left out. */
  readonly number: number
  /** UTC, as `2026-11-27T04:00:00Z`. */
  readonly issuedAt: string
  /** Beyond it the snapshot is still usable, and its age is to be shown. */
  readonly validUntil: string
  /** Where the Directory's history stood; absent before its first checkpoint. */
  readonly checkpoint?: SnapshotCheckpoint
  readonly keys: SnapshotKeys
  readonly kinds: readonly SnapshotKind[]
  /** Every State of the community, by code. */
  readonly states: readonly SnapshotState[]
  /** The live entries of States that take part, by State and id. */
  readonly entries: readonly SnapshotEntry[]
}

/** The same as `parley verify-history` reads: four lines of text made of the first three are what is signed. */
interface SnapshotCheckpoint {
  readonly seq: number
  readonly hash: string
  readonly at: string
  readonly keyId: string
  readonly signature: string
}

interface SnapshotKeys {
  /** The raw Ed25519 public key (32 bytes, hex) that signed this file. */
  readonly current: string
  /** How that key followed the first one, oldest first. */
  readonly successions: readonly Succession[]
}

/** One key after another, signed by the one before: `successionText`. */
export interface Succession {
  readonly key: string
  readonly after: string
  readonly at: string
  /** Ed25519 by `after`, 64 bytes in base64. */
  readonly signature: string
}

type Names = Readonly<Partial<Record<Locale, string>>>

interface SnapshotKind {
  readonly id: string
  readonly names: Names
}

export interface SnapshotState {
  readonly code: string
  readonly names: Names
  readonly participating: boolean
  /** A State of the demonstration, which does not exist (RULE-11). */
  readonly fictional: boolean
  /** While it is under review who speaks for the State, its entries stay as they are. */
  readonly underReviewSince?: string
}

interface Wording {
  readonly text: string
  /** Unofficial English translation by that State. */
  readonly english?: string
}

export interface SnapshotAddress {
  readonly channel: 'email' | 'phone'
  /** An address, or a number in E.164. */
  readonly value: string
  readonly label?: string
  readonly extension?: string
  readonly urgent: boolean
  /** Somebody says that the change to it is not right, and its State has not decided yet. */
  readonly disputed: boolean
}

export interface SnapshotEntryKey {
  readonly scheme: 'openpgp' | 'smime'
  /** Hexadecimal capitals: of the OpenPGP key, or SHA-256 of the certificate. */
  readonly fingerprint: string
  readonly armored: string
  readonly names: readonly string[]
  readonly expiresAt?: string
  readonly disputed: boolean
}

/** An entry as lists may show it; its fields are called as in the API. */
export interface SnapshotEntry {
  readonly id: string
  readonly state: string
  readonly kind: string
  /** BCP 47: what `text` is written in. */
  readonly language: string
  readonly holder: 'entity' | 'representative'
  readonly entityName?: Wording
  readonly description?: Wording
  readonly personName?: string
  readonly personTitle?: Wording
  readonly nationalRole?: Wording
  readonly addresses: readonly SnapshotAddress[]
  readonly keys: readonly SnapshotEntryKey[]
  readonly workingLanguages: readonly string[]
  readonly availability: {
    readonly timeZone?: string
    readonly opens?: string
    readonly closes?: string
    readonly days: readonly number[]
    readonly always: boolean
  }
  readonly certProfile?: string
  /** Regional organizations in whose directories the State nominated the same POC (POC-38). */
  readonly alsoNominated: readonly string[]
}

export const snapshotValidFor = 14 * day

export const snapshotLimits = {
  /** Bytes of the file: some 250,000 entries. */
  file: 256 * 1024 * 1024,
  successions: 100,
} as const

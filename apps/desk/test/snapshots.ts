import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { newId } from '@parley/kernel'
import {
  nextSnapshotNumber,
  type Snapshot,
  type SnapshotEntry,
  type SnapshotFiles,
  snapshotParts,
  type Succession,
  successionText,
} from '@parley/protocol/snapshot'

interface Wanted {
  readonly state: string
  readonly kind?: string
  readonly name?: string
  readonly person?: string
  readonly emails?: readonly string[]
  readonly phones?: readonly string[]
  readonly languages?: readonly string[]
  readonly key?: string
  readonly fingerprint?: string
  readonly disputed?: boolean
}

export function exampleEntry({
  state,
  kind = 'technical',
  name,
  person,
  emails = [],
  phones = [],
  languages = ['en'],
  key,
  fingerprint = 'AB12CD34',
  disputed = false,
}: Wanted): SnapshotEntry {
  return {
    id: newId(),
    state,
    kind,
    language: 'en',
    holder: name === undefined && person !== undefined ? 'representative' : 'entity',
    ...(name !== undefined && { entityName: { text: name } }),
    ...(person !== undefined && { personName: person }),
    addresses: [
      ...emails.map((value) => ({ channel: 'email', value, urgent: false, disputed }) as const),
      ...phones.map((value, at) => ({ channel: 'phone', value, urgent: at === 0, disputed }) as const),
    ],
    keys: key === undefined ? [] : [{ scheme: 'openpgp', fingerprint, armored: key, names: [], disputed }],
    workingLanguages: languages,
    availability: { days: [], always: true },
    alsoNominated: [],
  }
}

export interface IssuingKey {
  readonly publicKey: string
  readonly privateKey: KeyObject
}

export function issuingKey(): IssuingKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
  return { publicKey: raw.toString('hex'), privateKey }
}

export interface Issue {
  readonly at?: Date
  readonly community?: string
  readonly key?: IssuingKey
  readonly signedBy?: IssuingKey
  readonly successions?: readonly Succession[]
}

export const firstIssue = new Date('2026-11-27T04:15:00Z')
const usualKey = issuingKey()

/** The two files of a snapshot with these entries; every State of theirs takes part. */
export async function issueFiles(
  entries: readonly SnapshotEntry[],
  {
    at = firstIssue,
    community = 'united-nations',
    key = usualKey,
    signedBy = key,
    successions = [],
  }: Issue = {},
): Promise<SnapshotFiles> {
  const head = {
    community,
    number: nextSnapshotNumber(at, undefined),
    issuedAt: at,
    keys: { current: key.publicKey, successions },
    kinds: [],
    states: [...new Set(entries.map(({ state }) => state))].map((code) => ({
      code,
      names: { en: `State ${code}` },
      participating: true,
      fictional: true,
    })),
  }
  let text = ''
  for await (const part of snapshotParts(head, [entries])) text += part
  const file = new TextEncoder().encode(text)
  return { file, signature: new Uint8Array(sign(null, file, signedBy.privateKey)) }
}

export function succession(before: IssuingKey, key: IssuingKey, by = before): Succession {
  const said = { key: key.publicKey, after: before.publicKey, at: '2026-11-01T00:00:00Z' }
  const text = successionText('united-nations', said)
  return { ...said, signature: sign(null, Buffer.from(text), by.privateKey).toString('base64') }
}

/** What is read from such files, where nobody asks for the files. */
export function exampleSnapshot(entries: readonly SnapshotEntry[]): Snapshot {
  return {
    parley: 'snapshot',
    version: 1,
    community: 'united-nations',
    number: 1,
    issuedAt: firstIssue.toISOString(),
    validUntil: firstIssue.toISOString(),
    keys: { current: usualKey.publicKey, successions: [] },
    kinds: [],
    states: [],
    entries,
  }
}

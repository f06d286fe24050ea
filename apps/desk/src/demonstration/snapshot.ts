import { generateKeyPairSync, sign } from 'node:crypto'
import { after, day, newId } from '@parley/kernel'
import {
  nextSnapshotNumber,
  type SnapshotEntry,
  type SnapshotFiles,
  type SnapshotHead,
  snapshotParts,
} from '@parley/protocol/snapshot'
import type { Kind, Member } from '../office/members.ts'

interface Named {
  readonly state: string
  readonly kind: string
  readonly language: string
  readonly name: string
  readonly languages: readonly string[]
  readonly email: string
  readonly phone: string
}

// RULE-11: fictional States, .example addresses, numbers under the unassigned +999.
const offices: readonly Named[] = [
  {
    state: 'XA',
    kind: 'technical',
    language: 'ar',
    name: 'فريق الاستجابة الوطني',
    languages: ['ar', 'en'],
    email: 'duty@cert.sahiliya.example',
    phone: '+999550001100',
  },
  {
    state: 'XB',
    kind: 'technical',
    language: 'en',
    name: 'Norvalia Computer Emergency Team',
    languages: ['en', 'ru'],
    email: 'duty@ncet.norvalia.example',
    phone: '+999550002200',
  },
  {
    state: 'XB',
    kind: 'diplomatic',
    language: 'en',
    name: 'Ministry of Foreign Affairs, Cyber Unit',
    languages: ['en', 'fr'],
    email: 'cyber@mfa.norvalia.example',
    phone: '+999550002300',
  },
  {
    state: 'XF',
    kind: 'technical',
    language: 'es',
    name: 'Equipo Nacional de Respuesta',
    languages: ['es', 'en'],
    email: 'guardia@enr.valdoria.example',
    phone: '+999550006100',
  },
]

/** Two snapshots of the demonstration, so that there is something that changed: one office has another number now. */
export async function demonstrationSnapshots(
  { members, kinds }: { readonly members: readonly Member[]; readonly kinds: readonly Kind[] },
  now: Date,
): Promise<readonly SnapshotFiles[]> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const current = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex')
  const entries = offices.map(entryOf)
  const before = entries.map((entry) =>
    entry.state === 'XF' ? { ...entry, addresses: entry.addresses.map(elsewhere) } : entry,
  )
  const issue = async (issuedAt: Date, of: readonly SnapshotEntry[]): Promise<SnapshotFiles> => {
    const head: SnapshotHead = {
      community: 'united-nations',
      number: nextSnapshotNumber(issuedAt, undefined),
      issuedAt,
      keys: { current, successions: [] },
      kinds,
      states: members.map(({ state, names }) => ({
        code: state,
        names,
        participating: of.some((entry) => entry.state === state),
        fictional: true,
      })),
    }
    let text = ''
    for await (const part of snapshotParts(head, [of])) text += part
    const file = new TextEncoder().encode(text)
    return { file, signature: new Uint8Array(sign(null, file, privateKey)) }
  }
  return [await issue(after(now, -3 * day), before), await issue(after(now, -day), entries)]
}

function entryOf({ state, kind, language, name, languages, email, phone }: Named): SnapshotEntry {
  return {
    id: newId(),
    state,
    kind,
    language,
    holder: 'entity',
    entityName: { text: name },
    addresses: [
      { channel: 'phone', value: phone, urgent: true, disputed: false },
      { channel: 'email', value: email, urgent: false, disputed: false },
    ],
    keys: [],
    workingLanguages: languages,
    availability: { days: [], always: true },
    alsoNominated: [],
  }
}

function elsewhere(address: SnapshotEntry['addresses'][number]): SnapshotEntry['addresses'][number] {
  return address.channel === 'phone' ? { ...address, value: '+999550006000' } : address
}

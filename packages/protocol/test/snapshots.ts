import {
  nextSnapshotNumber,
  type SnapshotEntry,
  type SnapshotFiles,
  type SnapshotHead,
  snapshotParts,
  type Succession,
  successionText,
} from '../src/snapshot/index.ts'

/** RFC 8410: an Ed25519 private key in PKCS #8 is this, followed by the 32 bytes of the seed. */
const pkcs8Prefix = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20]

/** A signing key that tests and vectors know: its seed is 32 times the same byte. */
async function exampleKey(seed: number) {
  const pkcs8 = Uint8Array.from([...pkcs8Prefix, ...Array.from({ length: 32 }, () => seed)])
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', true, ['sign'])
  const { x = '' } = await crypto.subtle.exportKey('jwk', key)
  return {
    publicKey: Buffer.from(x, 'base64url').toString('hex'),
    sign: async (bytes: Uint8Array<ArrayBuffer>) =>
      new Uint8Array(await crypto.subtle.sign('Ed25519', key, bytes)),
  }
}

export const [firstKey, secondKey, thirdKey] = await Promise.all([
  exampleKey(1),
  exampleKey(2),
  exampleKey(3),
])
export type ExampleKey = Awaited<ReturnType<typeof exampleKey>>

const community = 'united-nations'
export const issuedAt = new Date('2026-11-27T04:15:00Z')

export async function succession(
  before: ExampleKey,
  key: ExampleKey,
  by: ExampleKey = before,
): Promise<Succession> {
  const said = { key: key.publicKey, after: before.publicKey, at: '2026-11-01T00:00:00Z' }
  const text = new TextEncoder().encode(successionText(community, said))
  return { ...said, signature: Buffer.from(await by.sign(text)).toString('base64') }
}

export function head(more: Partial<SnapshotHead> = {}): SnapshotHead {
  const at = more.issuedAt ?? issuedAt
  return {
    community,
    number: nextSnapshotNumber(at, undefined),
    issuedAt: at,
    checkpoint: {
      seq: 812,
      hash: 'ab'.repeat(32),
      at: '2026-11-27T04:00:00.000Z',
      keyId: '0123456789abcdef',
      signature: 'sig',
    },
    keys: { current: firstKey.publicKey, successions: [] },
    kinds: [
      { id: 'diplomatic', names: { en: 'diplomatic', ar: 'دبلوماسية' } },
      { id: 'technical', names: { en: 'technical', ar: 'تقنية' } },
    ],
    states: [
      { code: 'XA', names: { en: 'Sarenia', ar: 'سارينيا' }, participating: true, fictional: true },
      { code: 'XB', names: { en: 'Toravia', ar: 'تورافيا' }, participating: true, fictional: true },
      { code: 'XC', names: { en: 'Velmora', ar: 'فيلمورا' }, participating: false, fictional: true },
    ],
    ...more,
  }
}

export const desk: SnapshotEntry = {
  id: '6a4c0c5e-6d4f-4b7e-9a55-0a4b4d8f2f10',
  state: 'XA',
  kind: 'technical',
  language: 'ar',
  holder: 'entity',
  entityName: { text: 'الفريق الوطني للاستجابة', english: 'National response team' },
  addresses: [
    { channel: 'email', value: 'desk@xa.example', urgent: false, disputed: false },
    {
      channel: 'phone',
      value: '+99955501742',
      extension: '42',
      label: 'Duty',
      urgent: true,
      disputed: false,
    },
  ],
  keys: [
    {
      scheme: 'openpgp',
      fingerprint: 'AB12CD34',
      armored: '-----BEGIN PGP PUBLIC KEY BLOCK-----\n…\n',
      names: ['Desk <desk@xa.example>'],
      disputed: false,
    },
  ],
  workingLanguages: ['ar', 'en'],
  availability: {
    timeZone: 'Asia/Tbilisi',
    opens: '08:30',
    closes: '17:00',
    days: [1, 2, 3, 4, 5],
    always: false,
  },
  alsoNominated: [],
}

export const ministry: SnapshotEntry = {
  id: '0f5dd6c5-9b5e-4f0c-8a4f-1f2f0b8e3d21',
  state: 'XB',
  kind: 'diplomatic',
  language: 'fr',
  holder: 'representative',
  entityName: { text: 'Ministère des affaires étrangères' },
  personName: 'Salma Example',
  addresses: [{ channel: 'email', value: 'poc@xb.example', urgent: false, disputed: true }],
  keys: [],
  workingLanguages: ['fr'],
  availability: { days: [], always: true },
  alsoNominated: ['osce'],
}

/** The two files, signed by the key that they name unless another one signs. */
export async function issue(
  of: SnapshotHead = head(),
  entries: readonly SnapshotEntry[] = [desk, ministry],
  by: ExampleKey = firstKey,
): Promise<SnapshotFiles> {
  let text = ''
  for await (const part of snapshotParts(of, [entries])) text += part
  return signText(text, by)
}

export async function signText(text: string, by: ExampleKey = firstKey): Promise<SnapshotFiles> {
  const file = new TextEncoder().encode(text)
  return { file, signature: await by.sign(file) }
}

export function textOf({ file }: SnapshotFiles): string {
  return new TextDecoder().decode(file)
}

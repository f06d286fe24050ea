import { canonical } from '@parley/kernel'
import {
  compareSnapshots,
  type Snapshot,
  type SnapshotEntry,
  type SnapshotFiles,
  verifySnapshot,
} from '../src/snapshot/index.ts'
import { keyFingerprint } from '../src/snapshot/succession.ts'
import {
  desk,
  firstKey,
  head,
  issue,
  issuedAt,
  ministry,
  secondKey,
  signText,
  succession,
  textOf,
  thirdKey,
} from './snapshots.ts'

const day = 24 * 60 * 60 * 1000
const later = (days: number) => new Date(issuedAt.getTime() + days * day)
/** As in the first one, but that the third State takes part. */
const states = head().states.map((state) => ({ ...state, participating: true }))

/** The office moved: another number, another key, one address less. */
const moved: SnapshotEntry = {
  ...desk,
  addresses: [{ channel: 'phone', value: '+99955501799', urgent: true, disputed: false }],
  keys: desk.keys.map((key) => ({ ...key, fingerprint: 'EF56AB78' })),
}
const arrived: SnapshotEntry = {
  ...ministry,
  id: '3c1f0b7e-2f6d-4c55-8e0a-9d7b6a5c4e3f',
  state: 'XC',
  alsoNominated: [],
}

const firstToSecond = await succession(firstKey, secondKey)
const secondToThird = await succession(secondKey, thirdKey)
const keys = (current: { readonly publicKey: string }, ...successions: (typeof firstToSecond)[]) => ({
  current: current.publicKey,
  successions,
})

const first = await issue()
const second = await issue(head({ issuedAt: later(1), states }), [moved, arrived])
const nextKey = await issue(
  head({ issuedAt: later(2), keys: keys(secondKey, firstToSecond) }),
  undefined,
  secondKey,
)

/** The text of the first one, changed and signed anew: what is signed is not therefore right. */
const resigned = (change: (text: string) => string) => signText(change(textOf(first)))

const changed = (bytes: Uint8Array<ArrayBuffer>, at: number) =>
  bytes.map((byte, position) => (position === at ? byte ^ 1 : byte))

const files: readonly (readonly [name: string, files: SnapshotFiles])[] = [
  ['first', first],
  ['second', second],
  ['first-with-other-content', await issue(head(), [desk])],
  ['next-key', nextKey],
  [
    'key-after-next',
    await issue(
      head({ issuedAt: later(3), keys: keys(thirdKey, firstToSecond, secondToThird) }),
      undefined,
      thirdKey,
    ),
  ],
  ['old-key-again', await issue(head({ issuedAt: later(4) }))],
  [
    'key-without-succession',
    await issue(head({ issuedAt: later(2), keys: keys(secondKey) }), undefined, secondKey),
  ],
  [
    'key-that-signed-itself',
    await issue(
      head({
        issuedAt: later(2),
        keys: keys(secondKey, await succession(firstKey, secondKey, secondKey)),
      }),
      undefined,
      secondKey,
    ),
  ],
  [
    'succession-of-another-community',
    await issue(
      head({
        community: 'meridian-network',
        issuedAt: later(2),
        keys: keys(secondKey, firstToSecond),
      }),
      undefined,
      secondKey,
    ),
  ],
  ['other-community', await issue(head({ community: 'meridian-network', issuedAt: later(1) }))],
  ['one-bit-changed', { ...first, file: changed(first.file, textOf(first).indexOf('+99955501742') + 11) }],
  ['one-bit-of-the-signature-changed', { ...first, signature: changed(first.signature, 63) }],
  ['signature-of-another', { ...first, signature: second.signature }],
  ['signature-cut-short', { ...first, signature: first.signature.slice(0, 63) }],
  ['signed-by-another-key', await issue(head(), undefined, secondKey)],
  ['member-twice', await resigned((text) => text.replace('"always":false', '"always":true,"always":false'))],
  ['members-in-another-order', await resigned((text) => text.replace(/^\{(.*),("version":1)\}$/, '{$2,$1}'))],
  ['a-space', await resigned((text) => text.replace('"version":1', '"version": 1'))],
  ['a-line-at-the-end', await resigned((text) => `${text}\n`)],
  ['byte-order-mark', await resigned((text) => `\uFEFF${text}`)],
  ['a-state-that-is-none', await resigned((text) => text.replaceAll('"XA"', '"xa"'))],
  ['newer-format', await resigned((text) => text.replace('"version":1', '"version":2'))],
  ['no-snapshot', await signText(canonical({ parley: 'message', version: 1 }))],
  [
    'members-of-a-later-version',
    await resigned((text) =>
      canonical({
        ...JSON.parse(text),
        zzz: { later: [1, 2] },
        issuedAt: '2026-11-28T04:15:00Z',
        number: 20261128041500,
      }),
    ),
  ],
]

const letter = `letter ${await keyFingerprint(firstKey.publicKey)}`
const otherLetter = `letter ${await keyFingerprint(secondKey.publicKey)}`
const soon = '2026-12-02T00:00:00Z'

/** What was trusted, what came, by which clock, and what becomes of it. */
const decisions: readonly (readonly [trusted: string, candidate: string, now: string, outcome: string])[] = [
  [letter, 'first', soon, 'accepted new'],
  [otherLetter, 'first', soon, 'refused unknown-key'],
  [letter, 'next-key', soon, 'accepted new'],
  [otherLetter, 'next-key', soon, 'accepted new'],
  [letter, 'one-bit-changed', soon, 'refused tampered'],
  ['first', 'first', soon, 'accepted same'],
  ['first', 'second', soon, 'accepted new'],
  ['first', 'second', '2026-12-12T04:15:00Z', 'accepted new'],
  ['first', 'second', '2026-12-12T04:15:01Z', 'accepted new expired'],
  ['first', 'second', '2026-11-28T04:00:00Z', 'accepted new clock-behind'],
  ['second', 'first', soon, 'refused rolled-back'],
  ['first', 'first-with-other-content', soon, 'refused number-twice'],
  ['second', 'first-with-other-content', soon, 'refused rolled-back'],
  ['first', 'next-key', soon, 'accepted new other-key'],
  ['first', 'key-after-next', soon, 'accepted new other-key'],
  ['next-key', 'key-after-next', soon, 'accepted new other-key'],
  ['next-key', 'old-key-again', soon, 'refused unknown-key'],
  ['first', 'key-without-succession', soon, 'refused unknown-key'],
  ['first', 'key-that-signed-itself', soon, 'refused unknown-key'],
  ['first', 'other-community', soon, 'refused other-community'],
  [letter, 'succession-of-another-community', soon, 'refused unknown-key'],
  ['first', 'one-bit-changed', soon, 'refused tampered'],
  ['first', 'one-bit-of-the-signature-changed', soon, 'refused tampered'],
  ['first', 'signature-of-another', soon, 'refused tampered'],
  ['first', 'signature-cut-short', soon, 'refused tampered'],
  ['first', 'signed-by-another-key', soon, 'refused tampered'],
  ['first', 'member-twice', soon, 'refused unreadable'],
  ['first', 'members-in-another-order', soon, 'refused unreadable'],
  ['first', 'a-space', soon, 'refused unreadable'],
  ['first', 'a-line-at-the-end', soon, 'refused unreadable'],
  ['first', 'byte-order-mark', soon, 'refused unreadable'],
  ['first', 'a-state-that-is-none', soon, 'refused unreadable'],
  ['first', 'newer-format', soon, 'refused newer-format'],
  ['first', 'no-snapshot', soon, 'refused unreadable'],
  ['first', 'members-of-a-later-version', soon, 'accepted new'],
]

/** What a person looks at when the second follows the first. */
async function differences(): Promise<string> {
  const [before, after] = [await snapshotIn(first), await snapshotIn(second)]
  const { entriesCame, entriesGone, changed: differ, ...rest } = compareSnapshots(before, after)
  const named = {
    ...rest,
    entriesCame: entriesCame.map(({ id }) => id),
    entriesGone: entriesGone.map(({ id }) => id),
    changed: differ.map(({ entry, gone, came }) => ({ entry: entry.id, gone: [...gone], came: [...came] })),
  }
  return `${JSON.stringify(named, null, 2)}\n`
}

async function snapshotIn(of: SnapshotFiles): Promise<Snapshot> {
  const verified = await verifySnapshot(of)
  if (!verified.ok) throw new Error(verified.refusal.code)
  return verified.value.snapshot
}

/** Two files for each snapshot, a table of decisions, and what differs. */
export const snapshotFiles: readonly (readonly [path: string, content: string | Uint8Array])[] = [
  ...files.flatMap(([name, { file, signature }]) => [
    [`interop/snapshots/${name}.json`, file] as const,
    [`interop/snapshots/${name}.sig`, signature] as const,
  ]),
  ['interop/snapshot_decisions.txt', `${decisions.map((each) => each.join('\t')).join('\n')}\n`],
  ['interop/snapshots/first-to-second.differences', await differences()],
]

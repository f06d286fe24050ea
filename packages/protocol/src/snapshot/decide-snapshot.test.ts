import { after, day, hour, minute } from '@parley/kernel'
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  desk,
  type ExampleKey,
  firstKey,
  head,
  issue,
  issuedAt,
  ministry,
  secondKey,
  succession,
  thirdKey,
} from '../../test/snapshots.ts'
import { keyFingerprint } from './succession.ts'
import {
  decideSnapshot,
  nextSnapshotNumber,
  parseFingerprint,
  type Snapshot,
  type SnapshotEntry,
  type SnapshotHead,
  type Succession,
  takeSnapshot,
  type VerifiedSnapshot,
  verifySnapshot,
} from './index.ts'

const now = after(issuedAt, hour)

async function verified(
  more: Partial<SnapshotHead> = {},
  entries?: readonly SnapshotEntry[],
  by: ExampleKey = firstKey,
): Promise<VerifiedSnapshot> {
  const result = await verifySnapshot(await issue(head(more), entries, by))
  if (!result.ok) throw new Error(result.refusal.code)
  return result.value
}

function outcome(decided: ReturnType<typeof decideSnapshot>): string {
  return decided.ok ? 'accepted' : decided.refusal.code.replace('protocol/snapshot-', '')
}

const after1 = (key: ExampleKey, ...successions: Succession[]) => ({
  number: 20261127050000,
  keys: { current: key.publicKey, successions },
})

test('the first snapshot is taken on the fingerprint in the Mission’s letter, however it was typed', async () => {
  const fingerprint = createHash('sha256').update(Buffer.from(firstKey.publicKey, 'hex')).digest('hex')
  const typed = (fingerprint.toUpperCase().match(/.{4}/g) ?? []).join(' ')
  expect(parseFingerprint(typed)).toBe(fingerprint)
  const trusted = { fingerprint: parseFingerprint(typed) ?? '' }
  const taken = await takeSnapshot(trusted, await issue(), now)
  expect(taken).toMatchObject({ ok: true, value: { isNew: true, differences: { changed: [] } } })
  const other = await takeSnapshot({ fingerprint: 'f'.repeat(64) }, await issue(), now)
  expect(other).toMatchObject({ ok: false, refusal: { code: 'protocol/snapshot-unknown-key' } })
  expect(parseFingerprint('f'.repeat(63))).toBeUndefined()
})

test('a later key than the one in the letter is taken where the old one signed it, over two steps too', async () => {
  const fingerprint = await keyFingerprint(firstKey.publicKey)
  const successions = [await succession(firstKey, secondKey), await succession(secondKey, thirdKey)]
  const candidate = await verified(after1(thirdKey, ...successions), undefined, thirdKey)
  expect(outcome(decideSnapshot({ fingerprint }, candidate, now))).toBe('accepted')
  const decided = decideSnapshot(await verified(), candidate, now)
  expect(decided).toMatchObject({ ok: true, value: { keyBefore: { fingerprint } } })
})

test.each([
  ['nobody signed', []],
  ['it signed itself', [await succession(firstKey, secondKey, secondKey)]],
  ['a stranger signed', [await succession(firstKey, secondKey, thirdKey)]],
  [
    'the old one signed for another key',
    [{ ...(await succession(firstKey, thirdKey)), key: secondKey.publicKey }],
  ],
  [
    'the signature is of another day',
    [{ ...(await succession(firstKey, secondKey)), at: '2026-11-02T00:00:00Z' }],
  ],
  ['a step is missing', [await succession(thirdKey, secondKey)]],
  [
    'they follow each other in a ring',
    [await succession(thirdKey, secondKey), await succession(secondKey, thirdKey)],
  ],
])('a signing key that the old one did not sign is refused: %s', async (_, successions) => {
  const candidate = await verified(after1(secondKey, ...successions), undefined, secondKey)
  expect(outcome(decideSnapshot(await verified(), candidate, now))).toBe('unknown-key')
})

test('what signed for another community proves nothing in this one', async () => {
  const candidate = await verified(
    { ...after1(secondKey, await succession(firstKey, secondKey)), community: 'network-of-twelve' },
    undefined,
    secondKey,
  )
  const fingerprint = await keyFingerprint(firstKey.publicKey)
  expect(outcome(decideSnapshot({ fingerprint }, candidate, now))).toBe('unknown-key')
})

test('once a later key was seen, the old one signs nothing any more', async () => {
  const successions = [await succession(firstKey, secondKey)]
  const last = await verified(after1(secondKey, ...successions), undefined, secondKey)
  const candidate = await verified({ ...after1(firstKey, ...successions), number: 20261127060000 })
  expect(outcome(decideSnapshot(last, candidate, now))).toBe('unknown-key')
})

test('a snapshot of another community is refused', async () => {
  const candidate = await verified({ number: 20261127060000, community: 'network-of-twelve' })
  expect(outcome(decideSnapshot(await verified(), candidate, now))).toBe('other-community')
})

test('a rolled-back snapshot is refused: a lower number than the one seen last', async () => {
  const candidate = await verified({ number: 20261127041499 }, [desk])
  expect(outcome(decideSnapshot(await verified(), candidate, now))).toBe('rolled-back')
})

test('the same number is the same snapshot, or none', async () => {
  const last = await verified()
  expect(decideSnapshot(last, await verified(), now)).toMatchObject({ ok: true, value: { isNew: false } })
  expect(outcome(decideSnapshot(last, await verified({}, [desk]), now))).toBe('number-twice')
})

test('numbers may be left out', async () => {
  for (const number of [20261127041501, 20991231235959]) {
    expect(outcome(decideSnapshot(await verified(), await verified({ number }), now))).toBe('accepted')
  }
})

test('POC-13: an expired snapshot is usable, and its age is told', async () => {
  expect(await decideAt(after(issuedAt, 14 * day))).toMatchObject({ value: { age: { isExpired: false } } })
  expect(await decideAt(after(issuedAt, 14 * day + 1))).toMatchObject({
    ok: true,
    value: { age: { isExpired: true, milliseconds: 14 * day + 1 } },
  })
})

test('a clock that is behind hides no snapshot: it is said, and small differences are none', async () => {
  expect(await decideAt(after(issuedAt, -4 * minute))).toMatchObject({
    value: { age: { isClockBehind: false } },
  })
  expect(await decideAt(after(issuedAt, -day))).toMatchObject({
    ok: true,
    value: { age: { isClockBehind: true, isExpired: false, milliseconds: 0 } },
  })
})

test('every number, address and key that differs is told, and nothing else', async () => {
  const [mailbox, number] = desk.addresses
  if (!mailbox || !number) throw new Error('the example has two')
  const changed: SnapshotEntry = {
    ...desk,
    description: { text: 'Other words' },
    addresses: [mailbox, { ...number, value: '+99955501743' }],
    keys: [],
  }
  const added: SnapshotEntry = { ...desk, id: '11111111-2222-4333-8444-555555555555', state: 'XC' }
  const states = head().states.map((state) =>
    state.code === 'XB' ? { ...state, participating: false } : state,
  )
  const candidate = await verified({ number: 20261127050000, states }, [changed, added])
  const decided = decideSnapshot(await verified(), candidate, now)
  expect(decided).toMatchObject({
    ok: true,
    value: {
      isNew: true,
      differences: {
        entriesCame: [{ id: added.id }],
        entriesGone: [{ id: ministry.id }],
        changed: [
          {
            entry: { id: desk.id },
            gone: [
              { what: 'phone', value: '+99955501742', extension: '42' },
              { what: 'key', value: 'AB12CD34' },
            ],
            came: [{ what: 'phone', value: '+99955501743', extension: '42' }],
          },
        ],
        statesGone: ['XB'],
        statesCame: [],
      },
    },
  })
})

test('a key that kept its fingerprint and changed is told; a number that became the urgent one too', async () => {
  const entry: SnapshotEntry = {
    ...desk,
    addresses: desk.addresses.map((address) => ({ ...address, urgent: !address.urgent })),
    keys: desk.keys.map((key) => ({ ...key, armored: 'without a subkey' })),
  }
  const decided = decideSnapshot(
    await verified({}, [desk]),
    await verified({ number: 20261127050000 }, [entry]),
    now,
  )
  if (!decided.ok) throw new Error(decided.refusal.code)
  const [change] = decided.value.differences.changed
  expect(change?.came.map(({ what }) => what)).toEqual(['email', 'phone', 'key'])
})

test('an id that names another State’s entry is an entry gone and one that came', async () => {
  const moved: SnapshotEntry = { ...desk, state: 'XB' }
  const decided = decideSnapshot(
    await verified({}, [desk]),
    await verified({ number: 20261127050000 }, [moved]),
    now,
  )
  expect(decided).toMatchObject({
    value: { differences: { entriesCame: [{ state: 'XB' }], entriesGone: [{ state: 'XA' }], changed: [] } },
  })
})

test('numbers only rise: by the clock, and past a clock that went back', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2026-01-01'), max: new Date('2099-01-01'), noInvalidDate: true }),
      fc.option(fc.integer({ min: 1, max: 21_000_101_000_000 }), { nil: undefined }),
      (at, before) => {
        const number = nextSnapshotNumber(at, before)
        expect(Number.isSafeInteger(number)).toBe(true)
        if (before !== undefined) expect(number).toBeGreaterThan(before)
        expect(nextSnapshotNumber(after(at, 1_000), number)).toBeGreaterThan(number)
      },
    ),
  )
})

test('of any two snapshots in a row, at most one way round is accepted as new', async () => {
  const base = await verified()
  const withNumber = (number: number): VerifiedSnapshot => ({
    ...base,
    digest: String(number),
    snapshot: { ...base.snapshot, number } satisfies Snapshot,
  })
  fc.assert(
    fc.property(fc.integer({ min: 1 }), fc.integer({ min: 1 }), (one, other) => {
      const [first, second] = [withNumber(one), withNumber(other)]
      expect(isTakenAsNew(first, second)).toBe(other > one)
      expect(isTakenAsNew(second, first)).toBe(one > other)
    }),
  )
})

async function decideAt(at: Date) {
  return decideSnapshot(await verified(), await verified(), at)
}

function isTakenAsNew(last: VerifiedSnapshot, next: VerifiedSnapshot): boolean {
  const decided = decideSnapshot(last, next, now)
  return decided.ok && decided.value.isNew
}

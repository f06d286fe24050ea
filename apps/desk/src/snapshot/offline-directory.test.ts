import { after, day, hour, minute, refuse } from '@parley/kernel'
import { keyOf } from './kept.ts'
import { type SnapshotFiles, verifySnapshot } from '@parley/protocol/snapshot'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { amal, beginDesk, emptyFolder, filesIn, quick, refusalOf, valueOf } from '../../test/desk-folder.ts'
import { findTyped } from '../../test/find-typed.ts'
import { exampleEntry, firstIssue, issueFiles, issuingKey, succession } from '../../test/snapshots.ts'
import { openStore } from '../open-store.ts'
import { type OfflineDirectory, openOfflineDirectory } from './offline-directory.ts'

const cert = exampleEntry({
  state: 'XA',
  name: 'CERT Sahiliya',
  emails: ['duty@cert.example'],
  phones: ['+99955501742'],
})
const lindqvist = exampleEntry({
  state: 'XB',
  kind: 'diplomatic',
  person: 'Ambassador Lindqvist',
  emails: ['lindqvist@mfa.example'],
  phones: ['+99955502891'],
})
const [first, second, third] = [issuingKey(), issuingKey(), issuingKey()]
const later = (days: number) => after(firstIssue, days * day)

async function opened({ folder = emptyFolder(), at = later(1), fetch = globalThis.fetch } = {}) {
  let now = at
  const needs = { ...quick, clock: { now: () => now }, fetch }
  const desk = await beginDesk(folder, needs)
  return {
    ...desk,
    needs,
    passes: (milliseconds: number) => {
      now = after(now, milliseconds)
    },
  }
}

async function fingerprintOf(files: SnapshotFiles): Promise<string> {
  return keyOf(valueOf(await verifySnapshot(files)).line)
}

/** A Desk that trusts the first key and has its first snapshot. */
async function trusting(entries = [cert, lindqvist]) {
  const desk = await opened()
  const files = await issueFiles(entries, { key: first })
  expect(valueOf(await desk.directory.take(files, await fingerprintOf(files)))).toBe('taken')
  return desk
}

async function numberIn(directory: OfflineDirectory): Promise<number | undefined> {
  return (await directory.current())?.snapshot.number
}

describe('the first key', () => {
  test('POC-13: the first snapshot waits until a person has compared its key with the Mission’s letter', async () => {
    const { directory } = await opened()
    const files = await issueFiles([cert], { key: first })
    expect(valueOf(await directory.take(files))).toBe('compare')
    expect(await directory.current()).toBeUndefined()
    expect(keyOf(directory.waiting()?.line ?? [])).toBe(await fingerprintOf(files))
    directory.discard()
    expect(refusalOf(await directory.confirm())).toBe('desk/nothing-to-compare')
    await directory.take(files)
    expect(valueOf(await directory.confirm())).toBe('taken')
    expect((await directory.current())?.snapshot.entries).toEqual([cert])
    expect(directory.waiting()).toBeUndefined()
  })

  test('POC-13: a fingerprint of the letter that is not the key’s lets nothing in', async () => {
    const { directory } = await opened()
    const files = await issueFiles([cert], { key: second })
    const letter = await fingerprintOf(await issueFiles([cert], { key: first }))
    expect(refusalOf(await directory.take(files, letter))).toBe('protocol/snapshot-unknown-key')
    expect([directory.head(), directory.waiting(), await directory.current()]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })
})

const changed = (files: SnapshotFiles): SnapshotFiles => {
  const file = Buffer.from(files.file).toString().replace('+99955501742', '+99955501743')
  return { ...files, file: new Uint8Array(Buffer.from(file)) }
}

test.each<readonly [what: string, code: string, files: () => Promise<SnapshotFiles>]>([
  ['tampered', 'tampered', async () => changed(await issueFiles([cert], { key: first, at: later(1) }))],
  [
    'with the signature of another',
    'tampered',
    async () => ({
      ...(await issueFiles([cert], { key: first, at: later(1) })),
      signature: (await issueFiles([cert], { key: first, at: later(2) })).signature,
    }),
  ],
  ['rolled back', 'rolled-back', () => issueFiles([cert], { key: first, at: later(-1) })],
  ['with the last one’s number and other content', 'number-twice', () => issueFiles([cert], { key: first })],
  [
    'of another community',
    'other-community',
    () => issueFiles([cert], { key: first, at: later(1), community: 'meridian-network' }),
  ],
  ['of an unknown key', 'unknown-key', () => issueFiles([cert], { key: second, at: later(1) })],
  [
    'of a key that the old one did not sign',
    'unknown-key',
    () =>
      issueFiles([cert], {
        key: second,
        at: later(1),
        successions: [succession(first, second, second)],
      }),
  ],
  [
    'that is none',
    'unreadable',
    async () => ({ file: new Uint8Array(Buffer.from('<html>')), signature: new Uint8Array(64) }),
  ],
])('POC-13: a snapshot %s is refused, and the last good one stays', async (_, code, files) => {
  const { directory } = await trusting()
  const before = await directory.current()
  expect(refusalOf(await directory.take(await files()))).toBe(`protocol/snapshot-${code}`)
  expect(await directory.current()).toBe(before)
  expect(directory.changes()).toEqual([])
})

test('POC-13: a later key that the old one signed is taken by itself, and shown; then the old one signs nothing any more', async () => {
  const { directory } = await trusting()
  const fingerprint = directory.head()?.fingerprint
  const successions = [succession(first, second)]
  valueOf(
    await directory.take(await issueFiles([cert, lindqvist], { key: second, at: later(1), successions })),
  )
  expect(directory.changes()).toMatchObject([{ keyBefore: fingerprint }])
  const old = await issueFiles([cert], { key: first, at: later(2) })
  expect(refusalOf(await directory.take(old))).toBe('protocol/snapshot-unknown-key')
})

test('POC-13: where the key was begun anew only a new letter lets it in, and no letter lets in what is older', async () => {
  const { directory } = await trusting()
  const anew = await issueFiles([cert], { key: third, at: later(1) })
  expect(refusalOf(await directory.take(anew))).toBe('protocol/snapshot-unknown-key')
  const letter = await fingerprintOf(anew)
  const elsewhere = { key: third, at: later(2), community: 'meridian-network' }
  for (const [files, code] of [
    [await issueFiles([cert], { key: third, at: later(-1) }), 'rolled-back'],
    [await issueFiles([cert], { key: third }), 'number-twice'],
    [await issueFiles([cert], elsewhere), 'other-community'],
    [await issueFiles([cert], { key: second, at: later(2) }), 'unknown-key'],
  ] as const)
    expect(refusalOf(await directory.take(files, letter))).toBe(`protocol/snapshot-${code}`)
  expect(valueOf(await directory.take(anew, letter))).toBe('taken')
  expect(directory.changes()).toMatchObject([{ gone: [{ state: 'XB', kind: 'diplomatic' }] }])
})

test('POC-13: an expired snapshot stays usable, and how old it is is known', async () => {
  const { directory, passes, needs } = await trusting()
  expect(directory.age(needs.clock.now())).toMatchObject({ isExpired: false })
  passes(20 * day)
  expect(directory.age(needs.clock.now())).toEqual({
    milliseconds: 21 * day,
    isExpired: true,
    isClockBehind: false,
  })
  expect((await directory.current())?.snapshot.entries.length).toBe(2)
  const older = await issueFiles([cert, lindqvist], { key: first, at: later(2) })
  expect(valueOf(await directory.take(older))).toBe('taken')
})

describe('what is kept', () => {
  test('POC-13: after a restart the last snapshot is here, and what it knew still refuses', async () => {
    const { store, folder, needs } = await trusting()
    await store.close()
    const again = openStore(folder, needs)
    const { directory } = valueOf(await again.unlock(amal))
    expect(directory.head()?.number).toBe(20261127041500)
    expect(await numberIn(directory)).toBe(20261127041500)
    const old = await issueFiles([cert], { key: first, at: later(-1) })
    expect(refusalOf(await directory.take(old))).toBe('protocol/snapshot-rolled-back')
    await again.lock()
    expect([directory.head(), await directory.current()]).toEqual([undefined, undefined])
    expect(refusalOf(await directory.take(old))).toBe('desk/locked')
    await again.close()
  })

  test('where its file is gone the key and the number are still known', async () => {
    const { store, folder, needs } = await trusting()
    await store.close()
    const sealed = join(folder, 'store/sealed')
    const [largest = ''] = readdirSync(sealed).toSorted((a, b) => sizeOf(sealed, b) - sizeOf(sealed, a))
    rmSync(join(sealed, largest))
    const again = openStore(folder, needs)
    const { directory } = valueOf(await again.unlock(amal))
    expect(await directory.current()).toBeUndefined()
    for (const [files, code] of [
      [await issueFiles([cert], { key: first, at: later(-1) }), 'rolled-back'],
      [await issueFiles([cert], { key: second, at: later(1) }), 'unknown-key'],
    ] as const)
      expect(refusalOf(await directory.take(files))).toBe(`protocol/snapshot-${code}`)
    expect(valueOf(await directory.take(await issueFiles([cert, lindqvist], { key: first })))).toBe('taken')
    await again.close()
  })

  test('after a crash between the list of changes and the file the older one is here, and the newer one is taken anew', async () => {
    const { store, directory, folder, needs } = await trusting()
    const sealed = join(folder, 'store/sealed')
    const before = filesIn(sealed)
    const next = await issueFiles([cert], { key: first, at: later(1) })
    valueOf(await directory.take(next))
    await store.close()
    const [[name, bytes] = ['', Buffer.alloc(0)]] = [...before].toSorted(
      ([, a], [, b]) => b.length - a.length,
    )
    writeFileSync(join(sealed, name), bytes)
    const again = openStore(folder, needs)
    const { directory: after } = valueOf(await again.unlock(amal))
    expect(await numberIn(after)).toBe(20261127041500)
    expect([after.head()?.number, after.changes()]).toEqual([20261127041500, []])
    expect(valueOf(await after.take(next))).toBe('taken')
    expect(after.changes()).toMatchObject([{ gone: [{ state: 'XB' }] }])
    await again.close()
  })

  test('POC-35: where the disk is full nothing of it is taken, and the last good one stays', async () => {
    const desk = await trusting()
    const isFull = { now: true }
    const full = refuse({ code: 'desk/disk-full', kind: 'conflict' })
    const directory = openOfflineDirectory({
      clock: desk.needs.clock,
      fetch: globalThis.fetch,
      sealed: (purpose) => {
        const file = desk.sealed(purpose)
        return purpose === 'snapshot' && isFull.now ? { ...file, write: async () => full } : file
      },
    })
    await directory.begin()
    const next = await issueFiles([cert], { key: first, at: later(1) })
    expect(refusalOf(await directory.take(next))).toBe('desk/disk-full')
    expect([await numberIn(directory), directory.head()?.number]).toEqual([20261127041500, 20261127041500])
    expect(directory.changes()).toEqual([])
    isFull.now = false
    expect(valueOf(await directory.take(next))).toBe('taken')
    expect(directory.changes()).toMatchObject([{ gone: [{ state: 'XB' }] }])
  })

  test('POC-35: the folder shows no name, no number and no address of a point of contact, and no token', async () => {
    const { directory, folder } = await trusting()
    const token = 'parley_abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGH'
    valueOf(await directory.follow({ address: 'https://directory.example', token }))
    const secrets = ['Sahiliya', 'Lindqvist', '55502891', 'lindqvist@', token, 'directory.example']
    expect(findTyped(filesIn(folder), secrets)).toEqual([])
    expect(directory.source()).toEqual({ address: 'https://directory.example', token })
  })
})

async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect !== 'function') throw new Error('no collector')
  for (let turn = 0; turn < 5; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve))
    collect()
  }
}

function sizeOf(folder: string, name: string): number {
  return readFileSync(join(folder, name)).length
}

describe('withdrawn', () => {
  const withdrawn = ['Lindqvist', '55502891', 'lindqvist@mfa.example', lindqvist.id]

  test('POC-05: who was withdrawn is in nothing that this Desk keeps, not even for whoever has the key', async () => {
    const { directory, folder, sealed } = await trusting()
    const filesBefore = filesIn(join(folder, 'store/sealed')).size
    valueOf(await directory.take(await issueFiles([cert], { key: first, at: later(1) })))
    const kept = await Promise.all(
      ['snapshot', 'offline directory'].map(
        async (purpose) => (await sealed(purpose).read()) ?? Buffer.alloc(0),
      ),
    )
    expect(kept.every((each) => each.length > 0)).toBe(true)
    // No other file than these two, and nothing left beside them.
    expect(filesIn(join(folder, 'store/sealed')).size).toBe(filesBefore)
    expect(filesBefore).toBe(2)
    const plain = new Map(kept.map((bytes, at) => [String(at), bytes]))
    expect(findTyped(plain, withdrawn)).toEqual([])
    expect(findTyped(plain, ['CERT Sahiliya']).length).toBe(1)
  })

  test('POC-05: nothing in memory holds on to the snapshot that was replaced, nor to a person in it', async () => {
    const { directory } = await trusting()
    const old = new WeakRef((await directory.current())?.snapshot ?? {})
    valueOf(await directory.take(await issueFiles([cert], { key: first, at: later(1) })))
    await collectGarbage()
    expect(old.deref()).toBeUndefined()
    expect(JSON.stringify(directory.changes())).not.toMatch(/Lindqvist|55502891|lindqvist/)
  })

  test('POC-05: a list of changes that nobody looked at loses the person whom a later snapshot no longer has', async () => {
    const { directory, sealed } = await trusting([cert])
    valueOf(await directory.take(await issueFiles([cert, lindqvist], { key: first, at: later(1) })))
    expect(directory.changes()).toMatchObject([{ came: [lindqvist.id], statesCame: ['XB'] }])
    valueOf(await directory.take(await issueFiles([cert], { key: first, at: later(2) })))
    expect(directory.changes()).toMatchObject([{ gone: [{ state: 'XB' }], statesGone: ['XB'] }, { came: [] }])
    const kept = (await sealed('offline directory').read()) ?? Buffer.alloc(0)
    expect(findTyped(new Map([['kept', kept]]), withdrawn)).toEqual([])
  })
})

test('POC-11: every number, address and key that differs is told until somebody looked, over several snapshots', async () => {
  const { directory, passes } = await trusting()
  const moved = {
    ...cert,
    addresses: [
      { channel: 'email', value: 'new@cert.example', urgent: false, disputed: false },
      { channel: 'phone', value: '+99955501750', urgent: true, disputed: false },
    ],
  } as const
  valueOf(await directory.take(await issueFiles([moved, lindqvist], { key: first, at: later(1) })))
  expect(directory.changes()).toMatchObject([
    {
      changed: [
        {
          entry: cert.id,
          came: [
            { what: 'email', value: 'new@cert.example' },
            { what: 'phone', value: '+99955501750' },
          ],
          gone: [
            { what: 'email', value: '…@cert.example' },
            { what: 'phone', value: '…742' },
          ],
        },
      ],
    },
  ])
  const key = {
    scheme: 'openpgp',
    fingerprint: 'EF56',
    armored: 'armor',
    names: [],
    disputed: false,
  } as const
  const keyed = { ...moved, keys: [key] }
  valueOf(await directory.take(await issueFiles([keyed, lindqvist], { key: first, at: later(2) })))
  expect(directory.changes().map(({ changed }) => changed[0]?.came.map(({ value }) => value))).toEqual([
    ['EF56'],
    ['new@cert.example', '+99955501750'],
  ])
  valueOf(await directory.noteSeen())
  expect(directory.changes().map(({ seenAt }) => seenAt !== undefined)).toEqual([true, true])
  passes(31 * day)
  valueOf(await directory.take(await issueFiles([keyed], { key: first, at: later(3) })))
  expect(directory.changes()).toMatchObject([{ gone: [{ state: 'XB' }] }])
  expect(directory.changes().length).toBe(1)
})

/** A Desk with a Directory to fetch from, which may change its snapshot or be out of reach. */
async function fetching() {
  const asked: string[] = []
  const entries = [cert, lindqvist]
  let files = await issueFiles(entries, { key: first })
  let isReachable = true
  const fetch = async (url: string | URL | Request): Promise<Response> => {
    const path = new URL(url instanceof Request ? url.url : url).pathname
    asked.push(path)
    if (!isReachable) throw new TypeError('fetch failed')
    if (path.endsWith('.sig')) return new Response(files.signature)
    if (path.endsWith('.json')) return new Response(files.file)
    const { number } = valueOf(await verifySnapshot(files)).snapshot
    const at = (name: string) => `https://directory.example/api/v1/snapshots/${number}/${name}`
    return Response.json({ number, file: at('snapshot.json'), signature: at('snapshot.sig') })
  }
  const desk = await opened({ fetch })
  const token = 'parley_token'
  valueOf(await desk.directory.follow({ address: 'https://directory.example', token }))
  return {
    ...desk,
    asked,
    becomes: (next: SnapshotFiles) => {
      files = next
    },
    breaks: (is: boolean) => {
      isReachable = !is
    },
  }
}

describe('fetched in the background', () => {
  test('POC-13: the first one is fetched when somebody asks, and compared; nothing is fetched behind the back before', async () => {
    const { directory, asked } = await fetching()
    await directory.pullIfDue()
    expect(asked).toEqual([])
    expect(valueOf(await directory.pull())).toBe('compare')
    expect(valueOf(await directory.confirm())).toBe('taken')
  })

  test('POC-13: it is asked every three hours, fetched where it is new, and it is known when', async () => {
    const { directory, asked, passes, becomes, needs } = await fetching()
    valueOf(await directory.pull())
    valueOf(await directory.confirm())
    asked.length = 0
    await directory.pullIfDue()
    expect(asked).toEqual([])
    passes(3 * hour)
    await directory.pullIfDue()
    expect(asked).toEqual(['/api/v1/snapshot'])
    expect(directory.lastPull()).toEqual({
      triedAt: needs.clock.now().toISOString(),
      pulledAt: needs.clock.now().toISOString(),
    })
    becomes(await issueFiles([cert], { key: first, at: later(1) }))
    passes(3 * hour)
    await directory.pullIfDue()
    expect((await directory.current())?.snapshot.entries).toEqual([cert])
    expect(asked.length).toBe(4)
  })

  test('without the Directory it goes on with what it has, says why, and tries again after a quarter of an hour', async () => {
    const { directory, asked, passes, breaks } = await fetching()
    valueOf(await directory.pull())
    valueOf(await directory.confirm())
    const pulledAt = directory.lastPull()?.pulledAt
    passes(3 * hour)
    breaks(true)
    await directory.pullIfDue()
    expect(directory.lastPull()).toMatchObject({ pulledAt, refusal: 'desk/directory-unreachable' })
    expect((await directory.current())?.snapshot.entries.length).toBe(2)
    asked.length = 0
    await directory.pullIfDue()
    expect(asked).toEqual([])
    passes(15 * minute)
    breaks(false)
    await directory.pullIfDue()
    expect(directory.lastPull()?.refusal).toBeUndefined()
  })

  test('POC-35: while the Desk is locked nothing is fetched', async () => {
    const { directory, asked, passes, store } = await fetching()
    valueOf(await directory.pull())
    valueOf(await directory.confirm())
    asked.length = 0
    passes(day)
    await store.lock()
    await directory.pullIfDue()
    expect(refusalOf(await directory.pull())).toBe('desk/locked')
    expect(asked).toEqual([])
  })

  test('what was fetched and is not right is refused like a file', async () => {
    const { directory, becomes } = await fetching()
    valueOf(await directory.pull())
    valueOf(await directory.confirm())
    becomes(await issueFiles([cert], { key: second, at: later(1) }))
    expect(refusalOf(await directory.pull())).toBe('protocol/snapshot-unknown-key')
    expect(directory.lastPull()).toMatchObject({ refusal: 'protocol/snapshot-unknown-key' })
    expect((await directory.current())?.snapshot.entries.length).toBe(2)
  })
})

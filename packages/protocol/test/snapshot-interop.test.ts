import { readFileSync } from 'node:fs'
import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type AcceptedSnapshot,
  compareSnapshots,
  type LastSeen,
  takeSnapshot,
  verifySnapshot,
} from '../src/snapshot/index.ts'
import { isSnapshot } from '../src/snapshot/shapes.ts'

const interop = new URL('../../../interop/', import.meta.url)
const bytesAt = (path: string) => new Uint8Array(readFileSync(new URL(path, interop)))
const filesOf = (name: string) => ({
  file: bytesAt(`snapshots/${name}.json`),
  signature: bytesAt(`snapshots/${name}.sig`),
})

async function verified(name: string) {
  const read = await verifySnapshot(filesOf(name))
  if (!read.ok) throw new Error(`${name}: ${read.refusal.code}`)
  return read.value
}

function trust(said: string): LastSeen | Promise<LastSeen> {
  const [, fingerprint] = /^letter ([0-9a-f]{64})$/.exec(said) ?? []
  return fingerprint === undefined ? verified(said) : { fingerprint }
}

function saidOf({ isNew, keyBefore, age }: AcceptedSnapshot): string {
  return [
    'accepted',
    isNew ? 'new' : 'same',
    ...(age.isExpired ? ['expired'] : []),
    ...(age.isClockBehind ? ['clock-behind'] : []),
    ...(keyBefore ? ['other-key'] : []),
  ].join(' ')
}

const decisions = readFileSync(new URL('snapshot_decisions.txt', interop), 'utf8').trimEnd().split('\n')

test.each(decisions)('POC-13: interop/snapshot_decisions.txt: %s', async (line) => {
  const [trusted = '', candidate = '', now = '', outcome] = line.split('\t')
  const taken = await takeSnapshot(await trust(trusted), filesOf(candidate), new Date(now))
  expect(taken.ok ? saidOf(taken.value) : taken.refusal.code.replace('protocol/snapshot-', 'refused ')).toBe(
    outcome,
  )
})

test('POC-11: what differs between the first and the second stands in its file', async () => {
  const { entriesCame, entriesGone, changed, ...rest } = compareSnapshots(
    (await verified('first')).snapshot,
    (await verified('second')).snapshot,
  )
  const said: unknown = JSON.parse(Buffer.from(bytesAt('snapshots/first-to-second.differences')).toString())
  expect({
    ...rest,
    entriesCame: entriesCame.map(({ id }) => id),
    entriesGone: entriesGone.map(({ id }) => id),
    changed: changed.map(({ entry, gone, came }) => ({ entry: entry.id, gone, came })),
  }).toEqual(said)
})

test('the published schema takes what the reader takes, and nothing else', async () => {
  const ajv = new Ajv2020.default({ strict: true, strictTypes: false })
  addFormats.default(ajv)
  const schema = new URL('../schemas/snapshot.schema.json', import.meta.url)
  const check = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')))
  for (const name of ['first', 'second', 'next-key', 'key-after-next', 'members-of-a-later-version'])
    expect(check((await verified(name)).snapshot)).toBe(true)
  const { snapshot } = await verified('first')
  const places = placesIn(snapshot)
  const strange = fc.oneof(
    fc.constantFrom(
      '',
      'x',
      'XA',
      'xa',
      'en',
      '2026-11-27T00:00:00Z',
      '2026-13-01T00:00:00Z',
      0,
      1,
      8,
      -1,
      1.5,
      true,
    ),
    fc.anything({ withBigInt: false, maxDepth: 1 }).filter((value) => value !== undefined),
  )
  fc.assert(
    fc.property(fc.constantFrom(...places), fc.option(strange, { nil: undefined }), (place, value) => {
      const other: unknown = JSON.parse(JSON.stringify(changedAt(snapshot, place, value)))
      expect([place.join('.'), value, check(other)]).toEqual([place.join('.'), value, isSnapshot(other)])
    }),
    { numRuns: 3_000 },
  )
})

/** Every member and element, by its path. */
function placesIn(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => [
    [name],
    ...placesIn(member).map((place) => [name, ...place]),
  ])
}

/** The same with another value there; without it where there is none. */
function changedAt(value: unknown, [name = '', ...place]: readonly string[], to: unknown): unknown {
  const inner: unknown = Reflect.get(Object(value), name)
  const next = place.length === 0 ? to : changedAt(inner, place, to)
  if (Array.isArray(value))
    return value.map((each, at): unknown => (String(at) === name ? (next ?? null) : each))
  return { ...Object(value), [name]: next }
}

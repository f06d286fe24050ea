import { globSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { day } from '@parley/kernel'
import { Decrypter, Encrypter } from 'age-encryption'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { admitPerson, endUsersOfState } from '../src/modules/accounts/index.ts'
import { makeKeyPair } from '../src/platform/backup/encryption.ts'
import { isEmpty } from '../src/platform/backup/load-backup.ts'
import { checkpointText, currentCheckpoint } from '../src/platform/history/checkpoint.ts'
import { listErasures } from '../src/platform/history/erase.ts'
import { erasureNoter, erasureText, parseErasures } from '../src/platform/history/erasure-file.ts'
import { openLog } from '../src/platform/telemetry/log.ts'
import { restore } from '../src/restore.ts'
import { type Cellar, openCellar, type Place } from './backup-world.ts'
import { email, nominate, stateCode } from './nominate.ts'
import { pressStart } from './start-round.ts'
import { wholeDatabase } from './whole-database.ts'
import { openWorld, type World } from './world.ts'

// A restore makes a database from nothing.
vi.setConfig({ testTimeout: 120_000 })

// One Directory: backed up on the first day; a month later something that the backup holds has been erased.
const [xa, xb] = [stateCode('XA'), stateCode('XB')]
const stays = 'stays@sahiliya.example'
const goes = 'goes@sahiliya.example'
const leaves = 'leaves@person.example'

let world: World
let cellar: Cellar
let day1: readonly string[]
let copied: readonly string[]
beforeAll(async () => {
  cellar = openCellar()
  const pair = await makeKeyPair()
  writeFileSync(cellar.path('recipient'), pair.recipient)
  writeFileSync(cellar.path('key'), pair.keyFile)
  writeFileSync(cellar.path('other-key'), (await makeKeyPair()).keyFile)
  world = await openWorld()
  await world.participate(xa, xb)
  // So much that it takes the encryption several pieces, of which the first are whole where the last is not.
  await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    sql`insert into accounts.spent_ticket select gen_random_uuid()::text || gen_random_uuid(), '2100-01-01'
      from generate_series(1, 6000)`.execute(tx),
  )
  await nominate(world, xa, 'technical', { name: 'Stays \u2028 "سقف" \\', addresses: [email(stays)] })
  const entry = await nominate(world, xa, 'diplomatic', { name: 'Goes', addresses: [email(goes)] })
  const mission = await world.visitor({ role: 'mission', state: xa })
  await world.directory.database.transaction({ role: 'worker' }, (tx) => {
    const person = { name: 'Leaves Soon', email: leaves, language: 'en' } as const
    return admitPerson(tx, world.clock.now(), person, { role: 'mission', state: xb })
  })
  await answerRound(world)
  await world.work()
  day1 = (await wholeDatabase(world.directory.database)).split('\n')
  await well(cellar.type(world, 'backup', '--to', 'day-1.age', '--recipient', 'recipient'))

  await mission.post(`/en/entries/${entry.id}/withdraw`)
  await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    endUsersOfState(tx, world.clock.now(), xb),
  )
  const place = await cellar.emptyPlace()
  await well(place.restore(world, ...from('day-1.age'), '--erasures', 'none'))
  const copy = await openWorld({ engine: await place.open() })
  copied = (await wholeDatabase(copy.directory.database)).split('\n')
  await copy.close()

  world.clock.advance(40 * day)
  await world.work()
  const erasures = await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    listErasures(tx, new Date(0)),
  )
  writeFileSync(cellar.path('erasures'), erasureText(erasures))
}, 120_000)
afterAll(async () => {
  await world?.close()
  cellar?.close()
})

/** The words of a restore; every file is the cellar's. */
function from(file: string, key = 'key'): readonly string[] {
  return ['--from', cellar.path(file), '--key', cellar.path(key)]
}

/** A round in which the one who stays has answered. */
async function answerRound(world: World): Promise<void> {
  const manager = await world.visitor({ role: 'manager' })
  await pressStart(manager)
  await world.work('send-messages')
  const code = /checks\/(\d{12})/.exec(world.sent.find(({ to }) => to === stays)?.text ?? '')?.[1] ?? ''
  await (await world.visitor()).post(`/en/checks/${code}`)
}

async function well(answer: Promise<{ code: number; said: string }>): Promise<void> {
  const { code, said } = await answer
  if (code !== 0) throw new Error(said)
}

test('every row comes back as it was, and the history says that there was a restore', () => {
  expect(day1.length).toBeGreaterThan(50)
  expect(day1.some((row) => row.includes('\u2028 ""سقف'))).toBe(true)
  const added = copied.filter((row) => !day1.includes(row))
  // Snapshots are in no backup (ADR 30): their rows begin with the instant of issue.
  const backedUp = day1.filter((row) => !/^\(\d{14},/.test(row))
  expect(backedUp.filter((row) => !copied.includes(row))).toEqual([])
  // The act of the restore, and that it waits for its place.
  expect(added.filter((row) => !row.includes('backup.restored'))).toEqual([
    expect.stringMatching(/^\(\d+,[0-9a-f-]{36}\)$/),
  ])
})

test('RULE-9: a restore verifies the history and repeats the erasures made since, of what the backup still has', async () => {
  expect(day1.join('\n')).toContain(goes)
  expect(day1.join('\n')).toContain(leaves)
  const place = await cellar.emptyPlace()
  const { code, said } = await place.restore(
    world,
    ...from('day-1.age'),
    '--erasures',
    cellar.path('erasures'),
  )
  expect(said).toContain('The history holds')
  expect(code).toBe(0)
  const restored = await openWorld({ engine: await place.open(), clock: world.clock })
  try {
    const rows = await wholeDatabase(restored.directory.database)
    expect(rows).not.toContain(goes)
    expect(rows).not.toContain('Goes')
    expect(rows).not.toContain(leaves)
    expect(rows).not.toContain('Leaves Soon')
    expect(rows).toContain(stays)
    const { rows: results } = await restored.directory.database.transaction({ role: 'manager' }, (tx) =>
      sql<{ status: string }>`select status from checks.check order by status`.execute(tx),
    )
    expect(results.map(({ status }) => status)).toContain('answered')
    await restored.work()
    expect(await cellar.type(restored, 'verify-history')).toMatchObject({ code: 0 })
    const kept = await world.directory.database.transaction({ role: 'public' }, currentCheckpoint)
    if (!kept) throw new Error('no checkpoint')
    writeFileSync(cellar.path('kept'), checkpointText(kept))
    // RULE-9: whoever kept a newer checkpoint finds out that an older state was put in its place.
    const older = await cellar.type(restored, 'verify-history', '--against', 'kept')
    expect(older.said).toContain(`the checkpoint kept of number ${kept.seq} is not contained`)
    expect(older.code).toBe(1)
    expect(await cellar.type(world, 'verify-history', '--against', 'kept')).toMatchObject({ code: 0 })
  } finally {
    await restored.close()
  }
})

test('RULE-9: without the list of erasures nothing is restored', async () => {
  const place = await cellar.emptyPlace()
  const { code, said } = await place.restore(world, ...from('day-1.age'))
  expect(said).toContain('--erasures')
  expect(code).toBe(1)
  await expectEmpty(place)
  writeFileSync(cellar.path('broken-erasures'), 'entry was erased\n')
  const broken = await place.restore(
    world,
    ...from('day-1.age'),
    '--erasures',
    cellar.path('broken-erasures'),
  )
  expect(broken.said).toContain('cannot be read')
  await expectEmpty(place)
})

test('the duty writes what was erased beside the database, once', async () => {
  const file = cellar.path('noted')
  const duty = erasureNoter(world.directory.database, file)
  await duty.run(world.clock.now())
  await duty.run(world.clock.now())
  const noted = parseErasures(readFileSync(file, 'utf8'))
  expect(noted).toEqual(parseErasures(readFileSync(cellar.path('erasures'), 'utf8')))
  expect(new Set(noted.map(({ subject }) => subject.split(':')[0]))).toEqual(new Set(['account', 'entry']))
  expect(readFileSync(file, 'utf8')).not.toMatch(/@|Goes|Leaves/)
})

test('a line that a full disk cut off is written anew, and nothing behind it', async () => {
  const file = cellar.path('cut')
  const duty = erasureNoter(world.directory.database, file)
  await duty.run(world.clock.now())
  const whole = readFileSync(file, 'utf8')
  for (const size of [0, 20, whole.length - 1, whole.length - 30]) {
    writeFileSync(file, whole.slice(0, size))
    await duty.run(world.clock.now())
    expect(new Set(readFileSync(file, 'utf8').split('\n'))).toEqual(new Set(whole.split('\n')))
  }
})

test('RULE-9: whatever kind of subject a module erases, a room knows how to erase it again', () => {
  const kinds = globSync('src/modules/**/*.ts', { cwd: join(import.meta.dirname, '..') })
    .filter((file) => !file.endsWith('.test.ts'))
    .flatMap((file) => [
      ...readFileSync(join(import.meta.dirname, '..', file), 'utf8').matchAll(
        /eraseSubject\(\w+, (?:`([a-z-]+):|(\w+)Subject\()/g,
      ),
    ])
    .map(([, written, named]) => written ?? named)
  expect(kinds).toContain('entry')
  expect(kinds).toContain('follow-up')
  const known = world.directory.rooms.flatMap(({ erasers }) => Object.keys(erasers ?? {}))
  expect(kinds.filter((kind) => kind !== undefined && !known.includes(kind))).toEqual([])
})

const bytesOf = (name: string) => readFileSync(cellar.path(name))

test.each([
  ['with another key', () => from('day-1.age', 'other-key'), 'does not open the file'],
  ['with a key file that holds no key', () => from('day-1.age', 'recipient'), 'no private key'],
  [
    'from a file that was changed',
    () => {
      const bytes = bytesOf('day-1.age')
      bytes.writeUInt8(bytes.readUInt8(bytes.length - 200) ^ 1, bytes.length - 200)
      writeFileSync(cellar.path('changed.age'), bytes)
      return from('changed.age')
    },
    'damaged',
  ],
  [
    'from a file that was cut off',
    () => {
      writeFileSync(cellar.path('cut.age'), bytesOf('day-1.age').subarray(0, -100))
      return from('cut.age')
    },
    'damaged',
  ],
  [
    'from a file that is none',
    () => {
      writeFileSync(cellar.path('none.age'), 'nothing')
      return from('none.age')
    },
    'no backup',
  ],
])('nothing is restored %s, and the database stays empty', async (_, words, why) => {
  const place = await cellar.emptyPlace()
  const { code, said } = await place.restore(world, ...words(), '--erasures', 'none')
  expect(said).toContain('Not restored')
  expect(said).toContain(why)
  expect(code).toBe(1)
  await expectEmpty(place)
})

test('a backup that somebody else made with the public key is not restored', async () => {
  const decrypter = new Decrypter()
  decrypter.addIdentity(bytesOf('key').toString().split('\n')[1] ?? '')
  const lines = gunzipSync(await decrypter.decrypt(bytesOf('day-1.age'))).toString()
  expect(lines).toContain(stays)
  const encrypter = new Encrypter()
  encrypter.addRecipient(bytesOf('recipient').toString())
  const forged = await encrypter.encrypt(gzipSync(lines.replaceAll(stays, 'other@evil.example')))
  writeFileSync(cellar.path('forged.age'), forged)
  const place = await cellar.emptyPlace()
  const { said } = await place.restore(world, ...from('forged.age'), '--erasures', 'none')
  expect(said).toContain('was not made by this Directory')
  await expectEmpty(place)
})

test('a backup is not restored under another PARLEY_SECRET', async () => {
  const place = await cellar.emptyPlace()
  const other = {
    ...place.settings,
    PARLEY_SECRET: 'a secret of another Directory, and long enough to be one',
  }
  const said: string[] = []
  const words = [...from('day-1.age'), '--erasures', 'none']
  const how = { clock: world.clock, log: openLog('silent') }
  expect(await restore(words, other, how, (line) => said.push(line))).toBe(1)
  expect(said.join()).toContain('PARLEY_SECRET')
  await expectEmpty(place)
})

test('a database that holds something is not touched', async () => {
  const place = await cellar.emptyPlace()
  const words = [...from('day-1.age'), '--erasures', 'none']
  expect((await place.restore(world, ...words)).code).toBe(0)
  const again = await place.restore(world, ...words)
  expect(again.said).toMatch(/not empty|already/)
  expect(again.code).toBe(1)
  const restored = await openWorld({ engine: await place.open(), clock: world.clock })
  expect(await wholeDatabase(restored.directory.database)).toContain(stays)
  await restored.close()
})

test('a backup overwrites nothing, and is made for a public key alone', async () => {
  const before = bytesOf('day-1.age')
  const again = await cellar.type(world, 'backup', '--to', 'day-1.age', '--recipient', 'recipient')
  expect(again).toMatchObject({ code: 1, said: expect.stringContaining('nothing was overwritten') })
  expect(bytesOf('day-1.age').equals(before)).toBe(true)
  const open = await cellar.type(world, 'backup', '--to', 'open.age')
  expect(open).toMatchObject({ code: 1, said: expect.stringContaining('say to whom') })
  const wrong = await cellar.type(world, 'backup', '--to', 'open.age', '--recipient', 'key')
  expect(wrong).toMatchObject({ code: 1, said: expect.stringContaining('private key') })
  expect(await cellar.type(world, 'backup', '--recipient', 'recipient')).toMatchObject({ code: 2 })
  expect(readdirSync(cellar.folder).filter((name) => /open|unfinished/.test(name))).toEqual([])
  for (const word of [stays, goes, 'Sahiliya', 'history.act']) expect(before.includes(word)).toBe(false)
})

test('backups in a folder are kept for the days of the profile and no longer; other files stay', async () => {
  const keep = () => cellar.type(world, 'backup', '--keep-in', 'kept-in', '--recipient', 'recipient')
  expect(await keep()).toMatchObject({ code: 0 })
  writeFileSync(join(cellar.path('kept-in'), 'other.age'), 'not ours')
  world.clock.advance(20 * day)
  expect(await keep()).toMatchObject({ code: 0 })
  expect(readdirSync(cellar.path('kept-in'))).toHaveLength(3)
  world.clock.advance(15 * day + 1000)
  expect((await keep()).said).toContain('it was older than 35 days')
  expect(readdirSync(cellar.path('kept-in'))).toHaveLength(3)
})

async function expectEmpty(place: Place): Promise<void> {
  if (place.settings.DATABASE_URL === undefined) {
    expect(readdirSync(place.settings.PARLEY_FOLDER)).toEqual([])
    return
  }
  const engine = await place.open()
  expect(await isEmpty(engine)).toBe(true)
  await engine.close()
}

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId } from '@parley/kernel'
import { createPostgresDatabase, freePort } from '@parley/testkit'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { loadBackup } from '../src/platform/backup/load-backup.ts'
import { openBackup } from '../src/platform/backup/read-backup.ts'
import { openKeys } from '../src/platform/config/keys.ts'
import { readMigrations } from '../src/platform/database/migrate.ts'
import { openPostgres } from '../src/platform/database/postgres.ts'
import { platformMigrations } from '../src/platform/migrations.ts'
import { migrationsOf } from '../src/room.ts'
import { runProgram, safeSettings, startProgram } from './program.ts'
import { openCopy } from './embedded-copy.ts'
import { openWorld } from './world.ts'

// The way of docs/operate/backup.md, typed as it stands there: from the embedded database to PostgreSQL.
vi.setConfig({ testTimeout: 240_000 })

let folder: string
let data: string
let embedded: Readonly<Record<string, string>>
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'move-'))
  data = join(folder, 'data')
  embedded = { ...safeSettings(await freePort()), PARLEY_FOLDER: data }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const path = (name: string) => join(folder, name)
const type = (settings: Readonly<Record<string, string>>, ...words: readonly string[]) =>
  runProgram('cli.ts', words, settings)

async function emptyServer() {
  const name = `move_${newId().replaceAll('-', '')}`
  const { appUrl, ownerUrl } = await createPostgresDatabase(process.env['PARLEY_TEST_POSTGRES'] ?? '', name)
  return { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl }
}

test('a backup of the running embedded Directory moves it to PostgreSQL', async () => {
  // Without any setting: on another machine there is none.
  const made = await type({}, 'make-backup-key', '--out', path('backup-key'))
  expect(made.said).toContain('away from the server')
  const [recipient = ''] = /age1\w+/.exec(made.said) ?? []
  const settings = { ...embedded, BACKUP_RECIPIENT: recipient }
  const program = startProgram('main.ts', ['serve'], settings)
  await program.says('works in the background')
  const bare = { PARLEY_FOLDER: data }
  expect((await type(bare, 'create-manager', 'ann@directory.example', 'Ann')).code).toBe(0)
  const inUse = await type(bare, 'restore', '--from', 'any', '--key', 'any')
  expect(inUse.said).toContain('stop the program first')
  const backedUp = await type(bare, 'backup', '--to', path('move.age'))
  expect(backedUp.said).toContain('Backed up')
  expect(backedUp.code).toBe(0)
  program.kill('SIGTERM')
  expect(await program.ended).toBe(0)

  const server = { ...settings, ...(await emptyServer()) }
  const moved = await type(server, 'restore', '--from', path('move.age'), '--key', path('backup-key'))
  expect(moved.said).toContain('The history holds')
  expect(moved.code).toBe(0)
  expect((await type(server, 'verify-history')).said).toContain('The history holds')
  const again = startProgram('main.ts', ['serve'], server)
  await again.says('works in the background')
  expect((await type(server, 'status')).said).toContain('Database: postgres')
  again.kill('SIGTERM')
  expect(await again.ended).toBe(0)
  expect(readFileSync(join(data, 'erasures'), 'utf8')).toContain('# What this Directory')
})

test('a restore that was cut off is refused by the program and begun anew by the next', async () => {
  const server = { ...embedded, ...(await emptyServer()) }
  const keys = openKeys(embedded['PARLEY_SECRET'] ?? '')
  const backup = await openBackup(path('move.age'), readFileSync(path('backup-key'), 'utf8'), keys)
  const engine = await openPostgres({
    url: server.DATABASE_URL,
    ownerUrl: server.DATABASE_OWNER_URL,
    connections: 2,
  })
  const world = await openWorld({ engine: await openCopy() })
  const folders = [...platformMigrations, ...migrationsOf(world.directory.rooms)]
  await loadBackup(engine, backup.lines, await readMigrations(folders))
  await engine.close()
  await world.close()

  const refused = await runProgram('main.ts', ['serve'], server)
  expect(refused.said).toContain('was not finished')
  expect(refused.code).toBe(2)
  writeFileSync(path('no-erasures'), '')
  const words = ['--from', path('move.age'), '--key', path('backup-key'), '--erasures', path('no-erasures')]
  expect((await type(server, 'restore', ...words)).code).toBe(0)
  expect((await type(server, 'verify-history')).code).toBe(0)
})

test('one command moves the embedded database to PostgreSQL; refused or interrupted, it leaves both sides usable', async () => {
  const settings = { ...embedded, PARLEY_FOLDER: join(folder, 'one-command') }
  const first = await start(settings)
  const invite = ['create-manager', 'ann@directory.example', 'Ann'] as const
  expect((await type(settings, ...invite)).code).toBe(0)
  expect((await type(settings, 'move-to-postgres')).said).toContain('stop the program')
  const server = { ...settings, ...(await emptyServer()) }
  expect((await type(server, 'move-to-postgres')).said).toContain('is running on')
  first.kill('SIGTERM')
  expect(await first.ended).toBe(0)

  const used = { ...settings, ...(await emptyServer()) }
  const client = new Client({ connectionString: used.DATABASE_OWNER_URL })
  await client.connect()
  await client.query('create table kept (word text)')
  await client.end()
  const refused = await type(used, 'move-to-postgres')
  expect([refused.code, refused.said.includes('is not empty')]).toEqual([1, true])
  const killed = startProgram('cli.ts', ['move-to-postgres'], server)
  await vi.waitUntil(() => existsSync(join(folder, 'one-command', 'moving.age')), { timeout: 60_000 })
  killed.kill('SIGKILL')
  expect(await killed.ended).toBe('SIGKILL')
  const still = await start(settings)
  still.kill('SIGTERM')
  expect(await still.ended).toBe(0)

  const moved = await type(server, 'move-to-postgres')
  expect(moved.said).toContain('The history holds')
  expect([moved.code, existsSync(join(folder, 'one-command', 'moving.age'))]).toEqual([0, false])
  expect((await type(server, 'verify-history')).code).toBe(0)
  expect((await type(server, 'status')).said).toContain('Database: postgres')
  const again = await type(server, 'move-to-postgres')
  expect([again.code, again.said.includes('no embedded database')]).toEqual([1, true])
})

async function start(settings: Readonly<Record<string, string>>) {
  const program = startProgram('main.ts', ['serve'], settings)
  await program.says('works in the background')
  return program
}

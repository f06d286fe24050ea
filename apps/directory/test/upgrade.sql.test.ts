import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openCheckpointKey } from '../src/platform/history/checkpoint-key.ts'
import { verifyHistory } from '../src/platform/history/verify.ts'
import { listBackedUpTables } from '../src/platform/backup/tables.ts'
import type { Engine, OwnersQueries } from '../src/platform/database/database.ts'
import { first, migrate, type Migration, readMigrations, withNote } from '../src/platform/database/migrate.ts'
import { platformMigrations } from '../src/platform/migrations.ts'
import { migrationsOf } from '../src/room.ts'
import { openDemonstrationWorld } from './demonstration-world.ts'
import { openEngine, openWorld, type World } from './world.ts'

// From the first migration of every module to the last, one after the other, with rows in every table that there is.

/** Rows by table, each as the text of its JSON. */
type Rows = ReadonlyMap<string, readonly string[]>

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let world: World
let source: Rows
let files: readonly Migration[]
const folders = () => [...platformMigrations, ...migrationsOf(world.directory.rooms)]

beforeAll(async () => {
  const engine = await openEngine()
  world = await openDemonstrationWorld({ engine })
  await world.work('seal', 'checkpoint')
  source = await readRows(engine)
  files = await readMigrations(folders())
})
afterAll(() => world?.close())

test('rows that stand at the first migration of every module, and at each later one, are there after the last, and the program starts', async () => {
  vi.stubEnv('PARLEY_TEST_TEMPLATE', undefined)
  const engine = await openEngine()
  vi.unstubAllEnvs()
  const kept = new Map<string, readonly string[]>()
  await engine.asOwner(async (execute, owner) => {
    await execute(first)
    const oldest = files.filter(({ module, file }) => firstOf(module) === file)
    for (const file of oldest) await execute(`begin; ${withNote(file)} commit`)
    await fillNewTables(execute, owner, kept)
    // A half of what was there would prove little.
    expect(kept.size).toBeGreaterThan(15)
  })
  for (const until of files.filter(({ module, file }) => firstOf(module) !== file)) {
    await engine.asOwner(async (execute, owner) => {
      await execute(`begin; ${withNote(until)} commit`)
      await fillNewTables(execute, owner, kept)
    })
  }
  expect(await migrate(engine, folders())).toBe(0)
  await engine.asOwner(async (_, owner) => {
    for (const [table, before] of kept)
      expect(`${table}: ${await missingFrom(owner, table, before)} rows changed or gone`).toBe(
        `${table}: 0 rows changed or gone`,
      )
  })
  const filled = [...source].filter(([, rows]) => rows.length > 0).map(([table]) => table)
  expect([...kept.keys()].sort()).toEqual(filled.sort())

  const upgraded = await openWorld({ engine })
  const verdict = await verifyHistory(upgraded.directory.database, openCheckpointKey(upgraded.keys))
  expect([verdict.broken, verdict.length > 0]).toEqual([undefined, true])
  const manager = await upgraded.visitor({ role: 'manager' })
  expect((await manager.get('/en/today')).status).toBe(200)
  await upgraded.close()
})

test('an upgrade that fails half-way leaves the database to the version that was there', async () => {
  const engine = await openEngine()
  const path = mkdtempSync(join(tmpdir(), 'parley-upgrade-'))
  writeFileSync(join(path, '0001_good.sql'), 'create schema newer; create table newer.one (id int)')
  writeFileSync(join(path, '0002_bad.sql'), 'alter table directory.entry add column newer text; select 1 / 0')
  const newer = [...folders(), { name: 'newer', folder: pathToFileURL(`${path}/`) }]
  await migrate(engine, folders())
  await expect(migrate(engine, newer)).rejects.toThrow('division by zero')
  rmSync(path, { recursive: true })
  const before = await openWorld({ engine })
  const mission = await before.visitor({ role: 'manager' })
  expect((await mission.get('/en/today')).status).toBe(200)
  await before.close()
})

function firstOf(module: string): string | undefined {
  return files.find((each) => each.module === module)?.file
}

async function readRows(engine: Engine): Promise<Rows> {
  const rows = new Map<string, readonly string[]>()
  await engine.asOwner(async (_, owner) => {
    for (const { schema, table, columns } of await listBackedUpTables(owner)) {
      const name = `${schema}.${table}`
      rows.set(name, await rowsOf(owner, name, columns))
    }
  })
  return rows
}

async function rowsOf(
  owner: OwnersQueries,
  name: string,
  columns: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await sql<{ row: string }>`select to_jsonb(t)::text as row
    from (select ${sql.join(columns.map((column) => sql.ref(column)))} from ${sql.table(name)}) as t`.execute(
    owner,
  )
  return rows.map(({ row }) => row)
}

type Execute = (statements: string) => Promise<void>

/** Fills each table that has come since, with the rows of today as far as it can hold them. */
async function fillNewTables(
  execute: Execute,
  owner: OwnersQueries,
  kept: Map<string, readonly string[]>,
): Promise<void> {
  const tables = (await listBackedUpTables(owner)).filter(({ schema, table }) => {
    const name = `${schema}.${table}`
    return !kept.has(name) && (source.get(name)?.length ?? 0) > 0
  })
  const { rows: links } = await sql<{ table: string; name: string; definition: string }>`
    select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and connamespace::regnamespace::text in (select module from platform.migration)`.execute(
    owner,
  )
  const guards = (on: boolean) =>
    tables
      .map(
        ({
          schema,
          table,
        }) => `alter table "${schema}"."${table}" ${on ? 'force' : 'no force'} row level security;
          alter table "${schema}"."${table}" ${on ? 'enable' : 'disable'} trigger user;`,
      )
      .join('\n')
  await execute(`begin; ${guards(false)}`)
  for (const { table, name } of links) await execute(`alter table ${table} drop constraint ${name}`)
  for (const { schema, table, columns } of tables) {
    const name = `${schema}.${table}`
    await sql`delete from ${sql.table(name)}`.execute(owner)
    const into = `${name} (${columns.map((column) => `"${column}"`).join(', ')}) overriding system value`
    const rows = source.get(name)?.join(',') ?? ''
    // What an older version did not know is not there in it: another kind of role, a field that was compulsory.
    await execute(`do $fill$ declare each jsonb; begin
      for each in select jsonb_array_elements($rows$[${rows}]$rows$::jsonb) loop
        begin
          insert into ${into} select ${columns.map((column) => `"${column}"`).join(', ')}
            from jsonb_populate_record(null::${name}, each);
        exception when check_violation or not_null_violation then null;
        end;
      end loop; end $fill$`)
    const inserted = await rowsOf(owner, name, columns)
    if (inserted.length > 0) kept.set(name, inserted)
  }
  for (const { table, name, definition } of links)
    await execute(`alter table ${table} add constraint ${name} ${definition} not valid`)
  await execute(`${guards(true)} commit`)
}

/** How many rows of then are not among those of now, by the columns that both have. */
async function missingFrom(owner: OwnersQueries, table: string, before: readonly string[]): Promise<number> {
  const { rows } = await sql<{ missing: number }>`
    select count(*)::int as missing from jsonb_array_elements(${`[${before.join(',')}]`}::text::jsonb) as old
    where not exists (select from ${sql.table(table)} as t, lateral (select to_jsonb(t) as row) as now
      where not exists (select from jsonb_each(old) as field where now.row ? field.key and now.row -> field.key <> field.value))`.execute(
    owner,
  )
  return rows[0]?.missing ?? 0
}

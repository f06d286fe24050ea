import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openEngine } from '../../../test/world.ts'
import type { Engine } from './database.ts'
import { migrate, type MigrationFolder } from './migrate.ts'

let engine: Engine
let path: string
let folder: MigrationFolder

beforeEach(async () => {
  // Nothing may have run before: no copy of what other tests begin with.
  vi.stubEnv('PARLEY_TEST_TEMPLATE', undefined)
  engine = await openEngine()
  path = await mkdtemp(join(tmpdir(), 'parley-migrations-'))
  folder = { name: 'planted', folder: pathToFileURL(`${path}/`) }
  await write('0001_first.sql', 'create schema planted; create table planted.one (id int)')
})
afterEach(async () => {
  await engine.close()
  await rm(path, { recursive: true })
})

const write = (file: string, statements: string) => writeFile(join(path, file), statements)

test('a migration runs once, and a later one after it', async () => {
  expect(await migrate(engine, [folder])).toBe(1)
  expect(await migrate(engine, [folder])).toBe(0)
  await write('0002_second.sql', 'alter table planted.one add column name text')
  expect(await migrate(engine, [folder])).toBe(1)
})

test('a migration that changed since it ran, or was taken away, is a fault that names it', async () => {
  await migrate(engine, [folder])
  await write('0001_first.sql', 'create schema planted')
  await expect(migrate(engine, [folder])).rejects.toThrow('planted/0001_first.sql has changed since it ran')
  await rm(join(path, '0001_first.sql'))
  await expect(migrate(engine, [folder])).rejects.toThrow('planted/0001_first.sql ran here')
})

test('a file that is not named like a migration is a fault, not passed over', async () => {
  await write('0002_second_thought.sql', 'create table planted.two (id int)')
  await expect(migrate(engine, [folder])).rejects.toThrow('planted/0002_second_thought.sql is not named like')
})

test('a migration that fails leaves nothing behind, nor do those that ran with it', async () => {
  await migrate(engine, [folder])
  await write('0002_second.sql', 'create table planted.two (id int)')
  await write('0003_third.sql', 'create table planted.three (id int); select * from planted.nowhere')
  await expect(migrate(engine, [folder])).rejects.toThrow('nowhere')
  await rm(join(path, '0002_second.sql'))
  await rm(join(path, '0003_third.sql'))
  expect(await migrate(engine, [folder])).toBe(0)
  await write('0002_second.sql', 'create table planted.two (id int)')
  expect(await migrate(engine, [folder])).toBe(1)
})

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId } from '@parley/kernel'
import { createPostgresDatabase } from '@parley/testkit'
import type { CommandScope } from '../src/platform/command.ts'
import { readSettings, type Settings } from '../src/platform/config/settings.ts'
import type { Engine } from '../src/platform/database/database.ts'
import { openEmbedded } from '../src/platform/database/embedded.ts'
import { openPostgres } from '../src/platform/database/postgres.ts'
import { openLog } from '../src/platform/telemetry/log.ts'
import { restore } from '../src/restore.ts'
import { safeSettings } from './program.ts'
import { testSecret, type World } from './world.ts'

interface Answer {
  readonly code: number
  readonly said: string
}

/** A folder of files and the commands of an operator, on worlds of any engine. */
export interface Cellar {
  readonly folder: string
  path(name: string): string
  /** Types a command at a running world. */
  type(world: World, ...words: readonly string[]): Promise<Answer>
  /** An empty database of the engine that this test run is about, and how to fill and open it. */
  emptyPlace(): Promise<Place>
  close(): void
}

export interface Place {
  readonly settings: Settings
  restore(world: World, ...words: readonly string[]): Promise<Answer>
  open(): Promise<Engine>
}

export function openCellar(): Cellar {
  const folder = mkdtempSync(join(tmpdir(), 'cellar-'))
  const path = (name: string) => join(folder, name)
  return {
    folder,
    path,
    type: async (world, name = '', ...words) => {
      const said: string[] = []
      const scope: CommandScope = {
        performer: world.directory.performer,
        clock: world.clock,
        say: (line) => said.push(line),
        pathOf: path,
        readFile: (file) => readFileSync(path(file), 'utf8'),
        readBytes: (file) => readFileSync(path(file)),
        writeFile: async () => undefined,
      }
      const command = world.directory.commands.find((each) => each.name === name)
      const code = (await command?.run(scope, words)) ?? 2
      return { code, said: said.join('\n') }
    },
    emptyPlace: async () => placeWith(await placeSettings(folder)),
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

async function placeSettings(folder: string): Promise<Settings> {
  const base = {
    ...safeSettings(1),
    PARLEY_SECRET: testSecret,
    PARLEY_FOLDER: mkdtempSync(join(folder, 'place-')),
  }
  if (process.env['PARLEY_TEST_ENGINE'] !== 'postgres') return readSettings(base)
  const name = `restored_${newId().replaceAll('-', '')}`
  const { appUrl, ownerUrl } = await createPostgresDatabase(process.env['PARLEY_TEST_POSTGRES'] ?? '', name)
  return readSettings({ ...base, DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl })
}

function placeWith(settings: Settings): Place {
  return {
    settings,
    restore: async ({ clock }, ...words) => {
      const said: string[] = []
      const code = await restore(words, settings, { clock, log: openLog('silent') }, (line) =>
        said.push(line),
      )
      return { code, said: said.join('\n') }
    },
    open: () => {
      const { DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl } = settings
      return url !== undefined && ownerUrl !== undefined
        ? openPostgres({ url, ownerUrl, connections: 5 })
        : openEmbedded(join(settings.PARLEY_FOLDER, 'database'))
    },
  }
}

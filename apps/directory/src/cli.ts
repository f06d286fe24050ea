import { resolve } from 'node:path'
import { systemClock } from '@parley/kernel'
import { makeBackupKeyCommand, moveCommand, restoreCommand } from './backup.command.ts'
import { moveToPostgres } from './move-to-postgres.ts'
import { openDirectory, runTyped } from './open-directory.ts'
import { askRunning } from './platform/command-socket.ts'
import { readSettings } from './platform/config/settings.ts'
import { openLog } from './platform/telemetry/log.ts'
import { restore } from './restore.ts'
import { explain } from './serve.ts'

const request = { words: process.argv.slice(2), directory: process.cwd() }
const say = (line: string) => console.log(line)

process.exitCode = (await withoutDatabase()) ?? (await askEmbedded()) ?? (await openAndRun())

/** What is meant for a machine that has no Directory. */
async function withoutDatabase(): Promise<number | undefined> {
  const [name, ...words] = request.words
  if (name !== makeBackupKeyCommand.name) return undefined
  return makeBackupKeyCommand.run({ say, pathOf: (path) => resolve(path) }, words)
}

/** The embedded database is opened by one process at a time: a program that runs on the folder does it for us. */
async function askEmbedded(): Promise<number | undefined> {
  const { DATABASE_URL, DATABASE_URL_FILE, PARLEY_FOLDER = 'data' } = process.env
  if (DATABASE_URL || DATABASE_URL_FILE) return undefined
  return askRunning(resolve(PARLEY_FOLDER), request, say)
}

async function openAndRun(): Promise<number> {
  try {
    const settings = readSettings(process.env)
    const log = openLog('error')
    const [name, ...words] = request.words
    if (name === restoreCommand.name) return await restore(words, settings, { clock: systemClock, log }, say)
    if (name === moveCommand.name) return await moveToPostgres(settings, { clock: systemClock, log }, say)
    const directory = await openDirectory(settings, log)
    try {
      return await runTyped(directory, systemClock, request, say)
    } finally {
      await directory.close()
    }
  } catch (fault) {
    return explain(fault)
  }
}

import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@parley/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../src/platform/database/database.ts'
import { markDemonstration } from '../src/platform/database/demonstration-mark.ts'
import { openEmbedded } from '../src/platform/database/embedded.ts'
import { type Program, runProgram, safeSettings, startProgram } from './program.ts'

// One program on one embedded database, from its first start to its refusal: each test goes on from the one before.
let folder: string
let settings: Readonly<Record<string, string>>
let program: Program
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'serve-'))
  settings = { ...safeSettings(await freePort()), PARLEY_FOLDER: folder }
})
afterAll(() => {
  program?.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const timeout = 60_000

test('unsafe settings are said line by line, and nothing is opened', async () => {
  const { code, said } = await runProgram('main.ts', ['serve'], {
    ...settings,
    PARLEY_SECRET: 'x',
    PARLEY_PORT: 'y',
  })
  expect(code).toBe(2)
  expect(
    said
      .trim()
      .split('\n')
      .map((line) => line.split(':')[0]),
  ).toEqual(['PARLEY_PORT', 'PARLEY_SECRET'])
  expect((await runProgram('main.ts', ['serve', '--wbe'], settings)).code).toBe(2)
})

test('a profile that is not there is said, and nothing is opened', async () => {
  const { code, said } = await runProgram('main.ts', ['serve'], { ...settings, PARLEY_PROFILE: 'atlantis' })
  expect(code).toBe(2)
  expect(said.trim()).toBe('there is no profile atlantis')
  expect(existsSync(join(folder, 'database'))).toBe(false)
})

test('the program starts on an empty folder and says that it is ready', { timeout }, async () => {
  program = startProgram('main.ts', ['serve', '--web'], settings)
  await program.says('Parley is running')
  await program.says('works in the background')
  expect(await ask('/healthz')).toBe('yes')
  expect(await ask('/readyz')).toBe('yes')
})

test(
  'a second program on the same folder says who runs there, and the first goes on',
  { timeout },
  async () => {
    const { code, said } = await runProgram('main.ts', ['serve'], settings)
    expect(code).toBe(1)
    expect(said).toContain(`Another Parley (process ${program.pid}) is running on ${folder}`)
    expect(await ask('/readyz')).toBe('yes')
  },
)

test(
  'commands are done inside the running program, and only its own account may ask',
  { timeout },
  async () => {
    expect(statSync(join(folder, 'commands')).mode & 0o777).toBe(0o600)
    // Without any other setting: the program that runs has them.
    const bare = { PARLEY_FOLDER: folder }
    const invited = await runProgram(
      'cli.ts',
      ['create-manager', 'ann@directory.example', 'Ann', 'Other'],
      bare,
    )
    expect(invited.said).toContain(`${settings['PARLEY_ORIGIN']}/en/invitations/`)
    expect(invited.code).toBe(0)
    const status = await runProgram('cli.ts', ['status'], bare)
    expect(status.said).toContain('Database: embedded')
    // Nobody listens where these settings send mail: that needs a hand.
    expect(status.said).toContain('! Mail relay: does not answer')
    expect(status.code).toBe(1)
    expect((await runProgram('cli.ts', ['create-manager', 'nobody'], bare)).code).toBe(2)
    expect((await runProgram('cli.ts', ['no-such-command'], bare)).code).toBe(2)
  },
)

test(
  'a program that was killed leaves nothing to repair: commands and the next start take over',
  { timeout },
  async () => {
    program.kill('SIGKILL')
    expect(await program.ended).toBe('SIGKILL')
    const verified = await runProgram('cli.ts', ['verify-history'], settings)
    expect(verified.said).toContain('The history holds')
    expect(verified.code).toBe(0)
    program = startProgram('main.ts', ['serve'], settings)
    await program.says('Parley is running')
    expect(await ask('/readyz')).toBe('yes')
  },
)

test(
  'RULE-9: a checkpoint that the history does not contain is named, from a file beside the one who asks',
  { timeout },
  async () => {
    writeFileSync(join(folder, 'kept.txt'), 'Checkpoint 7:0123456789abcdef')
    const bare = { PARLEY_FOLDER: folder }
    const { code, said } = await runProgram(
      'cli.ts',
      ['verify-history', '--against', join(folder, 'kept.txt')],
      bare,
    )
    expect(said).toContain('the checkpoint kept of number 7 is not contained')
    expect(code).toBe(1)
    const none = await runProgram('cli.ts', ['verify-history', '--against', join(folder, 'none.txt')], bare)
    expect(none.code).toBe(2)
  },
)

test('a signal stops it cleanly', { timeout }, async () => {
  program.kill('SIGTERM')
  expect(await program.ended).toBe(0)
})

test('RULE-11: the database of a demonstration is refused', { timeout }, async () => {
  const engine = await openEmbedded(join(folder, 'database'))
  await openDatabase(engine).transaction({ role: 'worker' }, markDemonstration)
  await engine.close()
  const { code, said } = await runProgram('main.ts', ['serve'], settings)
  expect(said).toContain('fictional States')
  expect(code).toBe(2)
})

async function ask(path: string): Promise<string> {
  return (await fetch(`${settings['PARLEY_ORIGIN']}${path}`)).text()
}

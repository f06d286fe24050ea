import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

let tree: string

beforeEach(() => {
  tree = mkdtempSync(join(tmpdir(), 'parley-start-'))
  write('package-lock.json', '{}')
  write('apps/directory/src/main.ts', 'console.log(`main ${process.argv.slice(2)}`); process.exitCode = 7')
  mkdirSync(join(tree, 'scripts'))
  copyFileSync(join(import.meta.dirname, 'start.mjs'), join(tree, 'scripts/start.mjs'))
  npmThat('mkdir -p node_modules/.bin && ln -sf "$NODE_OF_TEST" node_modules/.bin/node && echo . >> installs')
})
afterEach(() => rmSync(tree, { recursive: true }))

test('the first start installs, then hands over arguments and brings back the exit code', () => {
  const { stdout, status } = start('start', '--port', '3000')
  expect(stdout).toContain('Installing packages')
  expect(stdout).toContain('main demonstration,--port,3000')
  expect(status).toBe(7)
})

test('packages are installed again only when the lock file changed', () => {
  start('start')
  expect(start('start').stdout).not.toContain('Installing')
  expect(installs()).toBe(1)
  write('package-lock.json', '{ "changed": true }')
  start('start')
  expect(installs()).toBe(2)
})

test('without a network one sentence says so, and the next start tries again', () => {
  npmThat('echo "npm error code ENOTFOUND" >&2; exit 1')
  const { stdout, stderr, status } = start('start')
  expect(stderr).toContain('Check the network connection')
  expect(stdout).not.toContain('main')
  expect(status).toBe(1)
  expect(start('start').stdout).toContain('Installing packages')
})

test('a signal to stop reaches the program, and its own exit code comes back', async () => {
  write(
    'apps/directory/src/main.ts',
    `process.on('SIGTERM', () => process.exit(9)); setInterval(() => {}, 1000); console.log('ready')`,
  )
  const child = spawn(process.execPath, [join(tree, 'scripts/start.mjs'), 'start'], { env: environment() })
  child.stdout.on('data', (text) => String(text).includes('ready') && child.kill('SIGTERM'))
  expect(await once(child, 'exit')).toEqual([9, null])
})

test('an unknown verb is refused before anything is installed', () => {
  const { stderr, status } = start('toString')
  expect(stderr).toContain('start|test')
  expect(status).toBe(1)
})

function start(...words: readonly string[]) {
  return spawnSync(process.execPath, [join(tree, 'scripts/start.mjs'), ...words], {
    encoding: 'utf8',
    env: environment(),
  })
}

function environment(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${tree}/bin:/usr/bin:/bin`, NODE_OF_TEST: process.execPath }
}

function npmThat(commands: string): void {
  write('bin/npm', `#!/bin/sh\n${commands}\n`, 0o755)
}

function installs(): number {
  return readFileSync(join(tree, 'installs'), 'utf8').trim().split('\n').length
}

function write(path: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(join(tree, path)), { recursive: true })
  writeFileSync(join(tree, path), text, { mode })
}

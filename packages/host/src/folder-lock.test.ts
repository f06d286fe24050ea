import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FolderInUse, lockFolder } from './folder-lock.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'))
  file = join(folder, 'process-id')
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a folder that another running program holds is not taken, and its lock stays', async () => {
  const other = await startHolder()
  const held = readFileSync(file, 'utf8')
  expect(() => lockFolder(folder)).toThrow(FolderInUse)
  expect(() => lockFolder(folder)).toThrow(`process ${other.pid}`)
  expect(readFileSync(file, 'utf8')).toBe(held)
  other.kill('SIGKILL')
  await once(other, 'exit')
})

test('the lock of a program that was killed is taken over', async () => {
  const other = await startHolder()
  other.kill('SIGKILL')
  await once(other, 'exit')
  expect(existsSync(file)).toBe(true)
  const release = lockFolder(folder)
  expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`^${process.pid} `))
  release()
  expect(existsSync(file)).toBe(false)
})

test('a lock whose number another program has since been given is taken over', () => {
  writeFileSync(file, `${process.ppid} 1`)
  expect(() => lockFolder(folder)()).not.toThrow()
})

test('a lock file that was cut off in the middle is taken over', () => {
  writeFileSync(file, '')
  expect(() => lockFolder(folder)()).not.toThrow()
})

test.each([
  ['a free folder', undefined],
  ['a folder with the lock of a dead program', '999999999 1'],
])('programs that start at the same moment do not all get %s', (_, stale) => {
  if (stale !== undefined) writeFileSync(file, stale)
  const module = new URL('folder-lock.ts', import.meta.url).href
  const both = `import { spawn } from 'node:child_process'
    const take = \`import { lockFolder } from '${module}'; try { lockFolder('${folder}'); console.log('mine') } catch { console.log('not mine') }; setTimeout(() => {}, 1500)\`
    for (const _ of [1, 2, 3]) spawn(process.execPath, ['--input-type=module', '-e', take], { stdio: 'inherit' })`
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', both], { encoding: 'utf8' })
  expect(stdout.trim().split('\n').sort()).toEqual(['mine', 'not mine', 'not mine'])
})

async function startHolder() {
  const module = new URL('folder-lock.ts', import.meta.url).href
  const script = `import { lockFolder } from '${module}'; lockFolder('${folder}'); console.log('held'); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script])
  await once(child.stdout, 'data')
  return child
}

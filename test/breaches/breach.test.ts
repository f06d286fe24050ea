import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { readBreach } from './breach.ts'

const root = resolve(import.meta.dirname, '../..')
const patches = globSync('*.patch', { cwd: import.meta.dirname })

test('a breach says which test bites', () => {
  const patch = 'Test: a.test.ts\nName: it holds\n\ndiff --git a/a.ts b/a.ts\n'
  expect(readBreach('RULE-1-a', patch)).toEqual({ name: 'RULE-1-a', file: 'a.test.ts', test: 'it holds' })
  expect(() => readBreach('RULE-1-a', 'diff --git a/a.ts b/a.ts\n')).toThrow('which test bites')
})

test.each([1, 2, 3, 4, 7, 9, 10, 11, 12])('RULE-%i has a planted breach', (rule) => {
  expect(patches.filter((file) => file.startsWith(`RULE-${rule}-`))).not.toEqual([])
})

test.each(patches)('%s is named after a provision, and the test that it names is there', (file) => {
  expect(file).toMatch(/^(RULE|POC|PCB|CAP)-\d+-[a-z0-9-]+\.patch$/)
  const breach = readBreach(basename(file, '.patch'), readFileSync(join(import.meta.dirname, file), 'utf8'))
  expect(existsSync(join(root, breach.file))).toBe(true)
})

import { afterEach, expect, test, vi } from 'vitest'
import { findChromium, findProgram, missingPrograms } from './missing-programs.ts'

afterEach(() => vi.unstubAllEnvs())

test('a part that lacks its program is told the Debian package that brings it', () => {
  vi.stubEnv('CHROMIUM', '/nowhere/chromium')
  expect(missingPrograms('browser').map(({ debianPackage }) => debianPackage)).toContain('chromium')
})

test('the browser named in CHROMIUM comes before every other', () => {
  vi.stubEnv('CHROMIUM', process.execPath)
  expect(findChromium()).toBe(process.execPath)
})

test('a part without outside programs lacks nothing', () => {
  expect(missingPrograms('pure')).toEqual([])
})

test('a program is found by its name, a folder is not', () => {
  vi.stubEnv('PATH', '/usr/bin:/')
  expect(findProgram('sh')).toBe('/usr/bin/sh')
  expect(findProgram('usr')).toBeUndefined()
})

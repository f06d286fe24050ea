import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readSettings, settingNames, UnsafeSettings } from './settings.ts'

const safe = {
  PARLEY_ORIGIN: 'https://directory.example',
  PARLEY_SECRET: 'q8Vb2nZx7Lk0PwYt5RmJc1SdHf9GaUe3TiOo6BlNvMs=',
  DATABASE_URL: 'postgresql://parley_app@localhost/parley',
  DATABASE_OWNER_URL: 'postgresql://parley_owner@localhost/parley',
  SMTP_URL: 'smtps://parley:secret@mail.directory.example',
  IMAP_URL: 'imaps://parley:secret@mail.directory.example',
  MAIL_FROM: 'checks@directory.example',
  MANAGER_EMAIL: 'manager@directory.example',
}

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'settings-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('safe settings are read, with the defaults of the others', () => {
  expect(readSettings(safe)).toMatchObject({ PARLEY_PORT: 8080, LOG_LEVEL: 'info', BEHIND_PROXY: false })
})

test('without DATABASE_URL the embedded database is meant', () => {
  const { DATABASE_URL: _, DATABASE_OWNER_URL: __, ...embedded } = safe
  expect(readSettings(embedded).DATABASE_URL).toBeUndefined()
})

test.each([
  ['PARLEY_ORIGIN', { PARLEY_ORIGIN: 'http://directory.example' }],
  ['PARLEY_ORIGIN', { PARLEY_ORIGIN: 'https://directory.example/parley' }],
  ['PARLEY_ORIGIN', { PARLEY_ORIGIN: 'directory.example' }],
  ['PARLEY_ORIGIN', { PARLEY_ORIGIN: undefined }],
  ['PARLEY_SECRET', { PARLEY_SECRET: 'short' }],
  ['PARLEY_SECRET', { PARLEY_SECRET: 'changeme'.repeat(8) }],
  ['PARLEY_SECRET', { PARLEY_SECRET: '' }],
  ['PARLEY_PROFILE', { PARLEY_PROFILE: '../secrets' }],
  ['PARLEY_PORT', { PARLEY_PORT: '65536' }],
  ['DATABASE_OWNER_URL', { DATABASE_OWNER_URL: undefined }],
  ['DATABASE_URL', { DATABASE_URL: safe.DATABASE_OWNER_URL }],
  ['DATABASE_URL', { DATABASE_URL: 'postgresql://parley_app@db.example/parley' }],
  [
    'DATABASE_OWNER_URL',
    { DATABASE_OWNER_URL: 'postgresql://parley_owner@db.example/parley?sslmode=disable' },
  ],
  ['DATABASE_URL', { DATABASE_URL: 'mysql://parley_app@localhost/parley' }],
  ['DATABASE_CONNECTIONS', { DATABASE_CONNECTIONS: '1' }],
  ['SMTP_URL', { SMTP_URL: 'smtp://parley:secret@mail.directory.example' }],
  ['SMTP_URL', { SMTP_URL: 'https://mail.directory.example' }],
  ['IMAP_URL', { IMAP_URL: 'imap://parley:secret@mail.directory.example' }],
  ['MAIL_FROM', { MAIL_FROM: 'checks' }],
  ['MANAGER_EMAIL', { MANAGER_EMAIL: undefined }],
  ['LOG_LEVEL', { LOG_LEVEL: 'everything' }],
  ['BEHIND_PROXY', { BEHIND_PROXY: 'maybe' }],
])('%s is refused, by name: %j', (name, change) => {
  expect(problemsOf({ ...safe, ...change })).toEqual([expect.stringMatching(new RegExp(`^${name}: `))])
})

test('every problem is said at once', () => {
  const problems = problemsOf({
    ...safe,
    PARLEY_ORIGIN: 'http://directory.example',
    SMTP_URL: 'smtp://mail.example',
  })
  expect(problems).toHaveLength(2)
})

test('a database on another machine is reached when its certificate is checked', () => {
  const far = '@db.example/parley?sslmode=verify-full'
  const settings = {
    ...safe,
    DATABASE_URL: `postgresql://parley_app${far}`,
    DATABASE_OWNER_URL: `postgresql://parley_owner${far}`,
  }
  expect(problemsOf(settings)).toEqual([])
})

test('a secret may stand in a file, but not in both places', () => {
  const file = join(folder, 'secret')
  writeFileSync(file, `${safe.PARLEY_SECRET}\n`)
  const { PARLEY_SECRET: _, ...others } = safe
  expect(readSettings({ ...others, PARLEY_SECRET_FILE: file }).PARLEY_SECRET).toBe(safe.PARLEY_SECRET)
  expect(problemsOf({ ...safe, PARLEY_SECRET_FILE: file })[0]).toContain('not both')
  expect(problemsOf({ ...others, PARLEY_SECRET_FILE: join(folder, 'none') })[0]).toContain('cannot be read')
})

test('no problem repeats a secret', () => {
  const wrong = { ...safe, SMTP_URL: 'smtp://parley:hunter2@mail.example', PARLEY_SECRET: 'hunter2' }
  expect(problemsOf(wrong).join()).not.toContain('hunter2')
})

test('the operator’s handbook names every setting', () => {
  const handbook = readFileSync(new URL('../../../../../docs/operate/settings.md', import.meta.url), 'utf8')
  const named = [...handbook.matchAll(/^\| `([A-Z_]+)` +\|/gm)].map(([, name]) => name)
  expect(new Set(named)).toEqual(new Set(settingNames))
})

function problemsOf(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  try {
    readSettings(environment)
    return []
  } catch (fault) {
    if (fault instanceof UnsafeSettings) return fault.problems
    throw fault
  }
}

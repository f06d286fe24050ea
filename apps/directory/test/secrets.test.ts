import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { secretsIn } from './secrets.ts'

const root = resolve(import.meta.dirname, '../../..')

/** Keys that were made for tests and guard nothing. */
const forTests = ['apps/desk/test/openpgp-keys.json']

test('no file of the tree holds a secret', () => {
  const files = globSync(
    '{apps,bench,docs,interop,packages,scripts,test}/**/*.{ts,mjs,json,md,sql,yml,yaml,sh,txt,conf,html,css}',
    {
      cwd: root,
      exclude: (name) => name === 'node_modules',
    },
  )
  expect(files.length).toBeGreaterThan(500)
  const found = [...files, ...globSync('*.{json,md,ts}', { cwd: root }), '.npmrc']
    .filter((file) => !forTests.includes(file))
    .flatMap((file) => secretsIn(readFileSync(join(root, file), 'utf8')).map((what) => `${file}: ${what}`))
  expect(found).toEqual([])
})

const dashes = '-'.repeat(5)

test.each([
  ['a private key', `${dashes}BEGIN OPENSSH PRIVATE KEY${dashes}\nb3BlbnNzaC1rZXktdjEAAAAA`],
  ['a private key', `"${dashes}BEGIN PGP PRIVATE KEY BLOCK${dashes}\\n\\nxVgEZx3zABYJKwYBBAHa"`],
  ['a private key of age', `AGE-SECRET-KEY-${'1QQPQZRFL2M9'.repeat(3)}`],
  ['a token of a code host', `ghp_${'a1'.repeat(18)}`],
  ['a key of a cloud', `AKIA${'A1B2'.repeat(4)}`],
  ['a token of a package registry', ['//registry.example/:_authToken', 'abc'].join('=')],
  ['a token of a messenger', ['xoxb', '12345678901'].join('-')],
  ['a signed web token', `eyJ${'a'.repeat(24)}.eyJ${'b'.repeat(24)}.${'c'.repeat(20)}`],
  ['a password in an address', ['postgres://owner', 'correcthorse@db.directory.org/parley'].join(':')],
])('planted: %s', (what, text) => {
  expect(secretsIn(text)).toEqual([what])
})

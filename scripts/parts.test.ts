import { globSync } from 'node:fs'
import { matchesGlob } from 'node:path'
import { expect, test } from 'vitest'
import { testParts } from './parts.ts'

test.each([
  ['packages/kernel/src/id.test.ts', ['pure']],
  ['apps/directory/src/modules/checks/store/messages.sql.test.ts', ['PGlite', 'PostgreSQL']],
  ['packages/testkit/src/postgres-server.postgres.test.ts', ['PostgreSQL']],
  ['packages/mail/src/send.server.test.ts', ['mail']],
  ['apps/directory/src/modules/directory/read-key.reader.test.ts', ['readers']],
  ['apps/directory/test/journeys/answer.journey.ts', ['browser']],
  ['apps/directory/src/main.ts', []],
])('%s runs in %j', (file, parts) => {
  expect(partsOf(file)).toEqual(parts)
})

test('no test file of the tree is left out', () => {
  const files = globSync('**/*.{test,journey}.{ts,js,mjs}', { exclude: ['**/node_modules/**'] })
  expect(files).toContain('scripts/parts.test.ts')
  expect(files.filter((file) => partsOf(file).length === 0)).toEqual([])
})

function partsOf(file: string): readonly string[] {
  return testParts
    .filter(({ include }) => include.some((pattern) => matchesGlob(file, pattern)))
    .filter(({ exclude }) => !exclude.some((pattern) => matchesGlob(file, pattern)))
    .map(({ name }) => name)
}

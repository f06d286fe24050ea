import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { inspectHouse } from './house-rules.ts'

const root = resolve(import.meta.dirname, '../../..')
const patience = 180_000

test(
  'every file keeps to the rules of the house, and none was passed over',
  { timeout: patience },
  async () => {
    const { files, violations } = await inspectHouse(root)
    expect(violations).toEqual([])
    const seen = new Set(files)
    expect(sourceFiles().filter((file) => !seen.has(file))).toEqual([])
  },
)

function sourceFiles(): readonly string[] {
  const listed = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', 'apps', 'packages'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  )
  const files = listed.split('\n').filter((file) => file.endsWith('.ts') && existsSync(join(root, file)))
  if (files.length === 0) throw new Error('git lists no file: this test saw nothing')
  return files
}

let planted: string | undefined
afterEach(() => {
  if (planted) rmSync(planted, { recursive: true })
  planted = undefined
})

const modules = 'apps/directory/src/modules'

/** A small tree that keeps every rule, so that what is planted in it is the only violation. */
const soundTree: Readonly<Record<string, string>> = {
  'packages/kernel/src/index.ts': 'export const kernel = 1',
  'packages/kernel/src/inner.ts': 'export const inner = 1',
  'packages/web/src/index.ts':
    "import { kernel } from '../../kernel/src/index.ts'; export const web = kernel",
  'packages/testkit/src/index.ts': "import { tmpdir } from 'node:os'; export const testkit = tmpdir",
  'packages/protocol/src/index.ts': 'export const protocol = 1',
  'packages/protocol/src/openpgp/inner.ts': 'export const inner = 1',
  'packages/protocol/src/openpgp/index.ts': "export { inner } from './inner.ts'",
  'apps/desk/src/main.ts': "export { inner } from '../../../packages/protocol/src/openpgp/index.ts'",
  'apps/directory/src/room.ts': 'export interface Room { readonly name: string }',
  'apps/directory/src/platform/outbox.ts': 'export const outbox = 1',
  [`${modules}/ground/module.json`]: '{ "name": "ground", "dependsOn": [] }',
  [`${modules}/ground/index.ts`]: "export { deep } from './deep.ts'",
  [`${modules}/ground/deep.ts`]:
    "import { outbox } from '../../platform/outbox.ts'; export const deep = outbox",
  [`${modules}/above/module.json`]: '{ "name": "above", "dependsOn": ["ground"] }',
  [`${modules}/above/index.ts`]:
    "import type { Room } from '../../room.ts'; import { deep } from '../ground/index.ts'; export const above: Room = { name: String(deep) }",
  [`${modules}/above/above.test.ts`]:
    "import { testkit } from '../../../../../packages/testkit/src/index.ts'; testkit()",
  'apps/directory/src/compose.ts':
    "import { above } from './modules/above/index.ts'; import { deep } from './modules/ground/index.ts'; export const house = [above, deep]",
}

test('a tree without violations is found to be without', async () => {
  expect((await inspect({})).violations).toEqual([])
})

test.each([
  ['undeclared-neighbour', `${modules}/ground/deep.ts`, "import type {} from '../above/index.ts'"],
  ['through-the-door', `${modules}/above/more.ts`, "import '../ground/deep.ts'"],
  [
    'through-the-door-from-outside',
    'apps/directory/src/compose.ts',
    "import type {} from './modules/ground/deep.ts'",
  ],
  ['nothing-circular', `${modules}/ground/deep.ts`, "import type {} from './index.ts'"],
  [
    'platform-knows-no-module',
    'apps/directory/src/platform/outbox.ts',
    "import type {} from '../modules/ground/index.ts'",
  ],
  ['platform-knows-no-module', 'apps/directory/src/platform/outbox.ts', "import type {} from '../room.ts'"],
  [
    'modules-know-the-house-by-room-only',
    `${modules}/above/more.ts`,
    "import type {} from '../../compose.ts'",
  ],
  [
    'few-know-several',
    'apps/directory/src/run.ts',
    "import './modules/above/index.ts'; import './modules/ground/index.ts'",
  ],
  [
    'packages-know-no-app',
    'packages/web/src/index.ts',
    "import type {} from '../../../apps/desk/src/main.ts'",
  ],
  ['apps-know-no-other-app', 'apps/directory/src/room.ts', "import type {} from '../../desk/src/main.ts'"],
  ['package-door', 'packages/web/src/index.ts', "import '../../kernel/src/inner.ts'"],
  ['package-door', 'apps/desk/src/main.ts', "import '../../../packages/kernel/src/inner.ts'"],
  ['package-door', 'apps/desk/src/main.ts', "import '../../../packages/protocol/src/openpgp/inner.ts'"],
  ['runs-in-the-browser-too', 'packages/kernel/src/index.ts', "import { tmpdir } from 'node:os'; tmpdir()"],
  ['runs-in-the-browser-too', 'packages/protocol/src/index.ts', "import { tmpdir } from 'os'; tmpdir()"],
  [
    'runs-in-the-browser-too',
    `${modules}/ground/do-it.client.ts`,
    "import { tmpdir } from 'node:os'; tmpdir()",
  ],
  ['tests-are-imported-by-nobody', `${modules}/above/more.test.ts`, "import './above.test.ts'"],
  ['testkit-in-tests-only', 'apps/directory/src/room.ts', "import '../../../packages/testkit/src/index.ts'"],
  ['every-import-is-found', 'apps/directory/src/room.ts', "import './nowhere.ts'"],
])('%s: planted in %s, it is caught', { timeout: patience }, async (rule, file, line) => {
  const { violations } = await inspect({ [file]: `${soundTree[file] ?? ''}\n${line}` })
  expect(violations).toContainEqual(expect.stringMatching(new RegExp(`^${rule}: .*${file}`)))
})

test('a manifest that speaks of another module is refused', async () => {
  const misnamed = { [`${modules}/ground/module.json`]: '{ "name": "sky", "dependsOn": [] }' }
  await expect(inspect(misnamed)).rejects.toThrow('speaks of sky')
})

function inspect(changes: Readonly<Record<string, string>>) {
  planted = mkdtempSync(join(tmpdir(), 'parley-house-'))
  for (const [file, text] of Object.entries({ ...soundTree, ...changes })) {
    mkdirSync(dirname(join(planted, file)), { recursive: true })
    writeFileSync(join(planted, file), text)
  }
  return inspectHouse(planted)
}

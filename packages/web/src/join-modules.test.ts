import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runInNewContext } from 'node:vm'
import { afterEach, expect, test } from 'vitest'
import { joinModules } from './join-modules.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

test('a module and what it imports become one script: names, other names, JSON, through an index', () => {
  const script = joined({
    'entry.ts':
      "import { one, two as zwei } from './index.ts'\nimport texts from './texts.json' with { type: 'json' }\nsay(one(zwei), texts.word)",
    'index.ts':
      "export * from './one.ts'\nexport { second as two } from './two.ts'\nexport { never } from './never.ts'",
    'one.ts': '/** Says it. */\nexport function one(value) {\n  return `${value}!`\n}',
    'two.ts': "import { base } from './base.ts'\nexport const second = base + 1",
    'base.ts': 'export const base = 1',
    'texts.json': '{ "word": "سلام" }',
    'never.ts': 'export const never = say("never")',
  })
  expect(said(script)).toEqual(['2!', 'سلام'])
})

test('a module whose names nobody uses stays out, and one that two use is written once', () => {
  const script = joined({
    'entry.ts': "import { left } from './left.ts'\nimport { right } from './right.ts'\nsay(left === right)",
    'left.ts': "import { shared } from './index.ts'\nexport const left = shared",
    'right.ts': "import { shared } from './index.ts'\nexport const right = shared",
    'index.ts': "export { shared } from './shared.ts'\nexport { heavy } from './heavy.ts'",
    'shared.ts': 'export const shared = {}',
    'heavy.ts': 'export const heavy = "a very long text"',
  })
  expect(said(script)).toEqual([true])
  expect(script).not.toContain('a very long text')
})

test('a source stands in for a module, and a package is loaded from an address of its own', () => {
  const folder = folderOf({
    'entry.ts': "import { list } from './data.ts'\nimport { seal as close } from 'library'\nsay(list, close)",
    'data.ts': 'export const list = "everything"',
  })
  const script = joinModules(pathToFileURL(join(folder, 'entry.ts')), (source) => source, {
    instead: new Map([[join(folder, 'data.ts'), 'export const list = "a part"']]),
    outside: { library: '/assets/library.js' },
  })
  const [loads = '', ...rest] = script.split('\n')
  expect(loads).toBe("import * as o0 from '/assets/library.js'")
  const words: unknown[] = []
  runInNewContext(rest.join('\n'), { o0: { seal: 'sealed' }, say: (...all: unknown[]) => words.push(...all) })
  expect(words).toEqual(['a part', 'sealed'])
})

test.each([
  [
    'a circle',
    {
      'entry.ts': "import { a } from './a.ts'\nsay(a)",
      'a.ts': "import { b } from './b.ts'\nexport const a = b",
      'b.ts': "import { a } from './a.ts'\nexport const b = a",
    },
    'circle',
  ],
  [
    'a name that is not there',
    { 'entry.ts': "import { a } from './a.ts'\nsay(a)", 'a.ts': 'export const b = 1' },
    'gives out no a',
  ],
  ['an import of another form', { 'entry.ts': "import * as a from './a.ts'" }, 'nobody here can join'],
  ['an export of another form', { 'entry.ts': 'export default 1' }, 'nobody here can join'],
])('%s is a fault', (_, files, fault) => {
  expect(() => joined(files)).toThrow(fault)
})

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-join-'))
  folders.push(folder)
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

function joined(files: Readonly<Record<string, string>>): string {
  const folder = folderOf(files)
  return joinModules(pathToFileURL(join(folder, 'entry.ts')), (source) => source)
}

function said(script: string): readonly unknown[] {
  const words: unknown[] = []
  runInNewContext(script, { say: (...all: unknown[]) => words.push(...all) })
  return words
}

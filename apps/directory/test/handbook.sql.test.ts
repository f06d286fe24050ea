import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { settingNames } from '../src/platform/config/settings.ts'
import { openWorld } from './world.ts'

// What the handbook of the operator tells somebody to type is there.

const root = join(import.meta.dirname, '../../..')
const pages = globSync('docs/operate/*.md', { cwd: root }).map((file) => ({
  file,
  text: readFileSync(join(root, file), 'utf8'),
}))

test('every command that the handbook names exists, and it names every command', async () => {
  const world = await openWorld()
  const known = new Set(world.directory.commands.map(({ name }) => name))
  const named = pages.flatMap(({ file, text }) =>
    [...text.matchAll(/(?:npm run (?:--silent )?parley -- |(?<=^|`|&& )parley )([a-z][a-z-]+)/gm)].map(
      ([, name = '']) => ({ file, name }),
    ),
  )
  expect(named.length).toBeGreaterThan(10)
  expect(named.filter(({ name }) => !known.has(name))).toEqual([])
  const listed = pages.find(({ file }) => file.endsWith('commands.md'))?.text ?? ''
  expect([...known].filter((name) => !new RegExp(`^\\| \`${name}\\b`, 'm').test(listed))).toEqual([])
  await world.close()
})

test('every setting that the handbook sets exists', () => {
  const names = new Set(settingNames.flatMap((name) => [name, `${name}_FILE`]))
  const set = pages.flatMap(({ file, text }) =>
    [...text.matchAll(/^([A-Z]+(?:_[A-Z]+)+)=/gm)].map(([, name = '']) => ({ file, name })),
  )
  expect(set.length).toBeGreaterThan(8)
  expect(set.filter(({ name }) => !names.has(name))).toEqual([])
})

test('every script of npm, page and file of the program that the handbook names exists', () => {
  const { scripts }: { scripts: Readonly<Record<string, string>> } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  )
  const missing = pages.flatMap(({ file, text }) => {
    const typed = [...text.matchAll(/npm run (?:--silent )?([a-z:-]+)/g)].map(([, name = '']) => name)
    const linked = [...text.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map(([, path = '']) => path)
    const absent = linked.filter((path) => globSync(join('docs/operate', path), { cwd: root }).length === 0)
    return [...typed.filter((name) => !(name in scripts)), ...absent].map((what) => `${file}: ${what}`)
  })
  expect(missing).toEqual([])
})

import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')

/** Bodies, offices and processes: a successor is a line of a profile, and no code changes. */
const named =
  /\bOEWG\b|UNODA|Office for Disarmament|[Ff]irst [Cc]ommittee|[Oo]pen-ended|Global Mechanism|General Assembly|Security Council|\bCoordination Desk\b|Meridian/

/** What code and language files say of them, one line each. */
function findNamed(file: string, text: string): readonly string[] {
  return text
    .split('\n')
    .flatMap((line, position) => (named.test(line) ? [`${file}:${position + 1} ${line.trim()}`] : []))
}

test('nothing in code names a body, an office or a process of a community', () => {
  const files = globSync(['{apps,packages}/*/src/**/*.{ts,json,sql,css}', 'scripts/*.{ts,mjs}'], {
    cwd: root,
  }).filter((file) => !/\.(test|journey)\.ts$|\/corpus\//.test(file))
  expect(files.length).toBeGreaterThan(300)
  expect(files.flatMap((file) => findNamed(file, readFileSync(join(root, file), 'utf8')))).toEqual([])
})

test.each([
  "const body = 'OEWG'",
  '"overview.lede": "Operated by UNODA."',
  '// The First Committee decides.',
  'of the open-ended working group',
])('planted: «%s» is found', (line) => {
  expect(findNamed('planted.ts', `\n${line}`)).toEqual([`planted.ts:2 ${line}`])
})

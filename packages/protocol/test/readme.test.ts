import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const examples = [...readme.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, source = '']) => source)

test('there are examples', () => {
  expect(examples.length).toBe(2)
})

test.each(examples)('an example of the README runs: %.60s', (source) => {
  // Beside this file, where the package finds itself by its name.
  const file = new URL(`readme-example-${process.pid}-${examples.indexOf(source)}.ts`, import.meta.url)
  writeFileSync(file, source)
  try {
    const cwd = new URL('../../../', import.meta.url)
    expect(() => execFileSync(process.execPath, ['--no-warnings', file.pathname], { cwd })).not.toThrow()
  } finally {
    rmSync(file)
  }
})

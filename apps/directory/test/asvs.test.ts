import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const root = new URL('../../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')

interface Row {
  readonly id: string
  readonly level: string
  readonly status: string
  readonly because: string
}

function rowsOf(text: string): readonly Row[] {
  return [...text.matchAll(/^\| (V[\d.]+) +\| (\d) +\| (.+?) +\| (.+?) *\|$/gm)].map(
    ([, id = '', level = '', status = '', because = '']) => ({ id, level, status, because }),
  )
}

const required = read('docs/security/asvs-requirements.csv')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(',').join(' at level '))

test('every requirement has one row, with the level of the standard', () => {
  expect(required.length).toBeGreaterThan(90)
  const rows = rowsOf(read('docs/security/asvs.md')).map(({ id, level }) => `${id} at level ${level}`)
  expect(rows).toEqual(required)
})

test('whatever a row names exists: the file, the test by its title, the function', () => {
  expect(rowsOf(read('docs/security/asvs.md')).flatMap(problemsOf)).toEqual([])
})

const row: Row = { id: 'V1.1.1', level: '1', status: 'met', because: '`README.md`' }

test.each([
  ['no status', { status: 'fine' }],
  ['proves nothing', { because: 'We think so.' }],
  ['no reason', { status: 'not met', because: '–' }],
  ['no file docs/none.md', { because: '`docs/none.md`' }],
  ['no test “never written” in README.md', { because: '`README.md`: “never written”' }],
  ['no function notWritten in README.md', { because: '`README.md#notWritten`' }],
])('planted: %s', (problem, fault) => {
  expect(problemsOf({ ...row, ...fault })).toContain(`V1.1.1: ${problem}`)
})

test('planted: a sound row has no problem', () => {
  expect(problemsOf({ ...row, because: '`apps/directory/test/asvs.test.ts#rowsOf`' })).toEqual([])
})

/** Proofs stand as `file`, `file#function` or `file`: “title of a test”. */
function problemsOf({ id, status, because }: Row): readonly string[] {
  const problems: string[] = []
  const proofs = [...because.matchAll(/`([\w./-]+\.(?:ts|md))(?:#(\w+))?`(?:: “([^”]+)”)?/g)]
  if (!['met', 'not met', 'not applicable'].includes(status)) problems.push('no status')
  if (status === 'met' && proofs.length === 0) problems.push('proves nothing')
  if (status.startsWith('not') && because.length < 20) problems.push('no reason')
  for (const [, path = '', name, title] of proofs) {
    if (!existsSync(new URL(path, root))) problems.push(`no file ${path}`)
    else if (title !== undefined && !names(path, title)) problems.push(`no test “${title}” in ${path}`)
    else if (name !== undefined && !new RegExp(`(function|const|class) ${name}\\b`).test(read(path)))
      problems.push(`no function ${name} in ${path}`)
  }
  return problems.map((problem) => `${id}: ${problem}`)
}

function names(path: string, title: string): boolean {
  return ["'", '"', '`'].some((quote) => read(path).includes(`${quote}${title}${quote}`))
}

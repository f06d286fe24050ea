import { expect, test } from 'vitest'
import { proofsIn, readDocument } from './proofs.ts'

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

const required = readDocument('docs/security/asvs-requirements.csv')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(',').join(' at level '))

test('every requirement has one row, with the level of the standard', () => {
  expect(required.length).toBeGreaterThan(90)
  const rows = rowsOf(readDocument('docs/security/asvs.md')).map(({ id, level }) => `${id} at level ${level}`)
  expect(rows).toEqual(required)
})

test('whatever a row names exists: the file, the test by its title, the function', () => {
  expect(rowsOf(readDocument('docs/security/asvs.md')).flatMap(problemsOf)).toEqual([])
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

function problemsOf({ id, status, because }: Row): readonly string[] {
  const proofs = proofsIn(because)
  const problems = [
    ...(['met', 'not met', 'not applicable'].includes(status) ? [] : ['no status']),
    ...(status === 'met' && proofs.count === 0 ? ['proves nothing'] : []),
    ...(status.startsWith('not') && because.length < 20 ? ['no reason'] : []),
    ...proofs.problems,
  ]
  return problems.map((problem) => `${id}: ${problem}`)
}

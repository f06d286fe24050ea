import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { relative } from 'node:path'
import type { JsonTestResults } from 'vitest/node'
import type { TestPart } from './parts.ts'
import { run } from './run.ts'

type Results = Pick<
  JsonTestResults,
  'numPassedTests' | 'numFailedTests' | 'numPendingTests' | 'numTodoTests' | 'testResults'
>

export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** What failed, by name: `<file>: <test>: <first line of why>`. */
  readonly failures: readonly string[]
  readonly skips: readonly string[]
}

/** Runs a part's Vitest project; nothing when the tree has no file for it yet. */
export async function runProject(part: TestPart): Promise<Counts | undefined> {
  const files = globSync([...part.include], { exclude: part.exclude })
  if (files.length === 0) return undefined

  const report = `test-results/${part.project}.json`
  mkdirSync('test-results', { recursive: true })
  rmSync(report, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const exitCode = await run(process.execPath, [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project',
    part.project,
    ...reporters,
  ])
  if (!existsSync(report))
    return { passed: 0, failed: 1, skipped: 0, failures: ['it ended without a report'], skips: [] }
  const results: Results = JSON.parse(readFileSync(report, 'utf8'))
  return countResults(results, files.length, exitCode)
}

/** A file that could not be read, a file that was not run and a fault outside of any test are failures too. */
export function countResults(results: Results, files: number, exitCode: number): Counts {
  const failures = results.testResults.flatMap(failuresOf)
  const filesNotRun = Math.max(0, files - results.testResults.length)
  if (filesNotRun > 0) failures.push(`files that were not run: ${filesNotRun}`)
  if (exitCode !== 0 && failures.length === 0) failures.push('a fault outside of any test')
  return {
    passed: results.numPassedTests,
    failed: Math.max(results.numFailedTests + filesNotRun, failures.length),
    skipped: results.numPendingTests + results.numTodoTests,
    failures,
    skips: results.testResults.flatMap(skipsOf),
  }
}

function failuresOf({ name, status, message, assertionResults }: Results['testResults'][number]): string[] {
  const file = relative('.', name)
  const failed = assertionResults.filter((test) => test.status === 'failed')
  if (status === 'failed' && failed.length === 0) return [`${file}: the file itself: ${firstLine(message)}`]
  return failed.map((test) => `${file}: ${test.fullName}: ${firstLine(test.failureMessages?.[0])}`)
}

function skipsOf({ name, assertionResults }: Results['testResults'][number]): string[] {
  return assertionResults
    .filter(({ status }) => status !== 'passed' && status !== 'failed')
    .map(({ fullName }) => `${relative('.', name)}: ${fullName}: not run`)
}

function firstLine(message = ''): string {
  return message.replace(/\n[^]*/, '').slice(0, 200)
}

import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
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
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 }
  const results: Results = JSON.parse(readFileSync(report, 'utf8'))
  return countResults(results, files.length, exitCode)
}

/** A file that could not be read, a file that was not run and a fault outside of any test are failures too. */
export function countResults(results: Results, files: number, exitCode: number): Counts {
  const brokenFiles = results.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length
  const filesNotRun = Math.max(0, files - results.testResults.length)
  const failed = results.numFailedTests + brokenFiles + filesNotRun
  return {
    passed: results.numPassedTests,
    failed: exitCode === 0 ? failed : Math.max(1, failed),
    skipped: results.numPendingTests + results.numTodoTests,
  }
}

import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import type { JsonTestResults } from 'vitest/node'
import { countResults } from './run-project.ts'

test('a clean run is counted as it is', () => {
  const skipped = { ...passedTest, status: 'skipped' as const, fullName: 'a round begins' }
  const file = { ...passedFile, assertionResults: [skipped] }
  const counts = { numPassedTests: 3, numPendingTests: 1, testResults: [file] }
  expect(countResults(results(counts), 1, 0)).toEqual({
    passed: 3,
    failed: 0,
    skipped: 1,
    failures: [],
    skips: ['a.test.ts: a round begins: not run'],
  })
})

test('what failed is told by file and name', () => {
  const tests = [
    {
      ...passedTest,
      status: 'failed' as const,
      fullName: 'a round closes once',
      failureMessages: ['Error: closed twice\n    at a.test.ts'],
    },
    { ...passedTest, fullName: 'a round begins' },
  ]
  const failed = { ...passedFile, status: 'failed' as const, assertionResults: tests }
  expect(countResults(results({ numFailedTests: 1, testResults: [failed] }), 1, 1)).toMatchObject({
    failed: 1,
    failures: ['a.test.ts: a round closes once: Error: closed twice'],
  })
})

test('a file that could not be read is a failure', () => {
  const broken = { ...passedFile, status: 'failed' as const, message: 'no such module' }
  expect(countResults(results({ testResults: [passedFile, broken] }), 2, 1)).toMatchObject({
    failed: 1,
    failures: ['a.test.ts: the file itself: no such module'],
  })
})

test('a file that was not run is a failure', () => {
  expect(countResults(results({}), 2, 0)).toMatchObject({
    failed: 1,
    failures: ['files that were not run: 1'],
  })
})

test('a fault outside of any test is a failure', () => {
  expect(countResults(results({ numPassedTests: 3 }), 1, 1)).toMatchObject({
    failed: 1,
    failures: ['a fault outside of any test'],
  })
})

const passedFile: JsonTestResults['testResults'][number] = {
  name: resolve('a.test.ts'),
  status: 'passed',
  message: '',
  startTime: 0,
  endTime: 0,
  assertionResults: [],
}

const passedTest: (typeof passedFile.assertionResults)[number] = {
  ancestorTitles: [],
  fullName: '',
  status: 'passed',
  title: '',
  meta: {},
  failureMessages: [],
  tags: [],
  benchmarks: [],
}

function results(some: Partial<JsonTestResults>) {
  return {
    numPassedTests: 0,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [passedFile],
    ...some,
  }
}

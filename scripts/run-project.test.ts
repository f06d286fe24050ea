import { expect, test } from 'vitest'
import type { JsonTestResults } from 'vitest/node'
import { countResults } from './run-project.ts'

test('a clean run is counted as it is', () => {
  expect(countResults(results({ numPassedTests: 3, numPendingTests: 1 }), 1, 0)).toEqual({
    passed: 3,
    failed: 0,
    skipped: 1,
  })
})

test('a file that could not be read is a failure', () => {
  const broken = { ...passedFile, status: 'failed' as const }
  expect(countResults(results({ testResults: [passedFile, broken] }), 2, 1).failed).toBe(1)
})

test('a file that was not run is a failure', () => {
  expect(countResults(results({}), 2, 0).failed).toBe(1)
})

test('a fault outside of any test is a failure', () => {
  expect(countResults(results({ numPassedTests: 3 }), 1, 1).failed).toBe(1)
})

const passedFile: JsonTestResults['testResults'][number] = {
  name: 'a.test.ts',
  status: 'passed',
  message: '',
  startTime: 0,
  endTime: 0,
  assertionResults: [],
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

import { expect, test } from 'vitest'
import { judgeAudit } from './judge-audit.ts'

const withSeverity = (severity: string) => JSON.stringify({ vulnerabilities: { there: { severity } } })

test('a known weakness of level high or above fails, and is named', () => {
  expect(judgeAudit(withSeverity('critical'))).toEqual({ holds: false, words: 'there: critical' })
  expect(judgeAudit(withSeverity('high')).holds).toBe(false)
  expect(judgeAudit(withSeverity('moderate'))).toEqual({ holds: true, words: 'there: moderate' })
  expect(judgeAudit('{"vulnerabilities":{}}')).toEqual({ holds: true, words: 'no known weakness' })
})

test('a registry that cannot be asked fails nothing, and that is said', () => {
  for (const output of ['', '<html>', '{"message":"405 Method Not Allowed"}'])
    expect(judgeAudit(output)).toEqual({ holds: true, words: 'not asked: the registry gave no answer' })
})

import { expect, test } from 'vitest'
import { decideRequest, openSteps } from './access-request.ts'

test('POC-15: access is issued only after the request was verified with the Mission', () => {
  expect(decideRequest('received', 'issue', false)).toMatchObject({
    refusal: { code: 'community/request-not-verified' },
  })
  expect(decideRequest('received', 'verify', false)).toEqual({ ok: true, value: 'verified' })
  expect(decideRequest('verified', 'issue', false)).toEqual({ ok: true, value: 'issued' })
})

test('POC-15: a request may be declined before and after it was verified', () => {
  expect(decideRequest('received', 'decline', false)).toEqual({ ok: true, value: 'declined' })
  expect(decideRequest('verified', 'decline', false)).toEqual({ ok: true, value: 'declined' })
})

test('what was decided is not decided again', () => {
  for (const status of ['issued', 'declined'] as const) {
    for (const step of ['verify', 'issue', 'decline'] as const) {
      expect(decideRequest(status, step, false)).toMatchObject({
        refusal: { code: 'community/request-decided' },
      })
    }
    expect(openSteps(status, false)).toEqual([])
  }
})

test('a State that takes part already is not given access a second time', () => {
  expect(decideRequest('verified', 'issue', true)).toMatchObject({
    refusal: { code: 'community/participates-already' },
  })
  expect(openSteps('verified', true)).toEqual(['decline'])
})

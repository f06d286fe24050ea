import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Body, readForm } from './form.ts'

const fields = z.object({ outcome: z.enum(['reached', 'not-reached']), onDate: z.iso.date() })

function errorsOf(body: Body): readonly string[] {
  const read = readForm(fields, body)
  return read.ok ? [] : read.errors.map(({ field, code }) => `${field} ${code}`)
}

test('a choice that was not made is asked for; one that nobody offered does not look right', () => {
  const onDate = '2026-11-27'
  expect(errorsOf({ outcome: 'reached', onDate })).toEqual([])
  expect(errorsOf({ onDate })).toEqual(['outcome field/required'])
  expect(errorsOf({ outcome: '<b>', onDate })).toEqual(['outcome field/invalid'])
  expect(errorsOf({ outcome: 'reached' })).toEqual(['onDate field/required'])
  expect(errorsOf({ outcome: 'reached', onDate: 'soon' })).toEqual(['onDate field/invalid'])
})

test('a choice with a slash in it is no code of our own when it is not made', () => {
  const read = readForm(z.object({ zone: z.enum(['Asia/Tbilisi', 'Europe/Paris']) }), { zone: 'nowhere' })
  expect(read).toEqual({ ok: false, errors: [{ field: 'zone', code: 'field/invalid' }] })
})

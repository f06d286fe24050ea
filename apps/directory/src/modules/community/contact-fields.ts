import { type Languages, latinDigits } from '@parley/kernel'
import { line, optionalLine } from '@parley/web'
import { z } from 'zod'

const address = z.email({ error: 'field/invalid' })
const separators = /[\s().\-\u2010-\u2015/\u200e\u200f\u202a-\u202e]/g

/** Digits of any script, with `+` or `00` before the country's number; kept as `+` and 7 to 15 digits. */
const telephone = z
  .string()
  .transform((text) => latinDigits(text).replace(separators, '').replace(/^00/, '+'))
  .refine((text) => /^\+\d{7,15}$/.test(text), { error: 'community/telephone-invalid' })

export const emailField = line(254).pipe(address)
export const optionalEmailField = optionalLine(254).pipe(address.optional())
export const telephoneField = line(40).pipe(telephone)
export const optionalTelephoneField = optionalLine(40).pipe(telephone.optional())

export function languageField(languages: Languages) {
  return z.enum(languages, { error: 'field/invalid' })
}

/** A day as a browser sends it (`2026-11-21`), at its beginning in UTC. */
export const dayField = line(20)
  .transform(latinDigits)
  .pipe(z.iso.date({ error: 'field/invalid' }))
  .transform((text) => new Date(text))

import { latinDigits } from './digits.ts'

declare const checkCode: unique symbol

/** Twelve digits, the last one a check digit. */
export type CheckCode = string & { readonly [checkCode]: true }

const noBreakSpace = '\u00a0'

/** The code whose first eleven digits are `body` (a number below 10^11). */
export function codeFromNumber(body: bigint): CheckCode {
  const digits = body.toString().padStart(11, '0')
  return `${digits}${checkDigit(digits)}` as CheckCode
}

/** The code that `text` is: any digits, any separators, nothing else around it. */
export function parseCode(text: string): CheckCode | undefined {
  const digits = latinDigits(text).replace(/[\s\p{Pd}\p{Po}\p{Cf}_]+/gu, '')
  return isCode(digits) ? digits : undefined
}

/**
 * Every code that stands somewhere in `text`, each once. Runs of other than twelve digits are passed over; a run ends
 * with its line, and goes on below it where only that makes a code.
 */
export function findCodes(text: string): readonly CheckCode[] {
  const digits = latinDigits(text)
  return [...new Set([...digits.split('\n').flatMap(codesInRuns), ...codesInRuns(digits)])]
}

function codesInRuns(digits: string): readonly CheckCode[] {
  return Array.from(digits.matchAll(runs), ([run]) => run.replace(/\D/g, '')).filter(isCode)
}

const runs = /(?<![\d+])\d(?:[\s\u00a0.·\p{Pd}\p{Cf}]{0,3}\d)*/gu

/** The code in three groups parted by no-break spaces: a plain space or hyphen would show them reversed in Arabic. */
export function groupCode(code: CheckCode): string {
  return [code.slice(0, 4), code.slice(4, 8), code.slice(8)].join(noBreakSpace)
}

function isCode(digits: string): digits is CheckCode {
  return /^\d{12}$/.test(digits) && checkDigit(digits.slice(0, 11)) === digits.slice(11)
}

// Damm's quasigroup of order 10 (H. M. Damm, 2004): catches every wrong digit and every swap of neighbours.
const quasigroup = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
]

function checkDigit(digits: string): string {
  let interim = 0
  for (const digit of digits) interim = Number(quasigroup[interim]?.charAt(Number(digit)))
  return String(interim)
}

import { randomBytes } from 'node:crypto'
import { ok, refuse, type Result } from '@parley/kernel'
import { dictionary } from '@zxcvbn-ts/language-common'
import { argon2id, argon2Verify } from 'hash-wasm'

const shortestPassword = 15
const longestPassword = 256

const known: ReadonlySet<string> = new Set(dictionary['passwords-common'])

/** The password itself, or why it is refused. */
export type PasswordRules = (password: string) => Result<string>

/** Refused are passwords that are too short, well known, or have a name of the product or of a State in them. */
export function openPasswordRules(names: readonly string[]): PasswordRules {
  const barred = ['parley', ...names].map(fold).filter((name) => name.length > 1)
  return (password) => {
    const length = Array.from(password).length
    if (length < shortestPassword) return wrong('accounts/password-short')
    if (length > longestPassword) return wrong('accounts/password-long')
    const folded = fold(password)
    if (isCommon(folded)) return wrong('accounts/password-common')
    const words = new Set(folded.split(/[^\p{L}]+/u))
    const name = barred.find((each) => (isShortWord(each) ? words.has(each) : folded.includes(each)))
    return name === undefined ? ok(password) : wrong('accounts/password-name')
  }
}

/** Argon2id with 19 MiB and 2 passes (OWASP's least), in its own encoded form. */
export function hashPassword(password: string): Promise<string> {
  return argon2id({
    password,
    salt: randomBytes(16),
    iterations: 2,
    memorySize: 19_456,
    parallelism: 1,
    hashLength: 32,
    outputType: 'encoded',
  })
}

let decoy: Promise<string> | undefined

/** Whether the password fits; without a hash the same work is done, and the answer is no. */
export async function fitsPassword(password: string, hash: string | undefined): Promise<boolean> {
  decoy ??= hashPassword(randomBytes(32).toString('base64'))
  const fits = await argon2Verify({ password: password || ' ', hash: hash ?? (await decoy) })
  return fits && hash !== undefined && password !== ''
}

/** A well-known password, also when it is only written several times over. */
function isCommon(password: string): boolean {
  const [, unit = password] = /^(.+?)\1+$/u.exec(password) ?? []
  return known.has(password) || known.has(unit) || Array.from(unit).length < 4
}

/** `Chad` or `Mali` stand inside many words; only as words of their own do they say something. */
function isShortWord(name: string): boolean {
  return /^[a-z]{1,5}$/.test(name)
}

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .trim()
}

function wrong(code: string): Result<never> {
  return refuse({ code, kind: 'invalid', field: 'password' })
}

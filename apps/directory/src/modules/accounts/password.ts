import { randomBytes } from 'node:crypto'
import { openPasswordRule } from '@parley/host'
import { ok, refuse, type Result } from '@parley/kernel'
import { argon2id, argon2Verify } from 'hash-wasm'

/** The password itself, or why it is refused. */
export type PasswordRules = (password: string) => Result<string>

/** Refused are passwords that are too short, well known, or have a name of the product or of a State in them. */
export function openPasswordRules(names: readonly string[]): PasswordRules {
  const weaknessOf = openPasswordRule(['parley', ...names])
  return (password) => {
    const weakness = weaknessOf(password)
    return weakness === undefined
      ? ok(password)
      : refuse({ code: `accounts/password-${weakness}`, kind: 'invalid', field: 'password' })
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

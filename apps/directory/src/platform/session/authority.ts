import type { Role } from './actor.ts'

/** Verb by role, denied by default: a role that is not named may not. */
export type Authority = Readonly<Record<string, readonly Role[]>>

/** Whoever holds an account. */
export const everyoneSignedIn = [
  'manager',
  'auditor',
  'secretariat',
  'chair',
  'mission',
  'poc',
  'contributor',
  'regional',
  'stakeholder',
] as const satisfies readonly Role[]

export const everyone = ['stranger', ...everyoneSignedIn] as const satisfies readonly Role[]

/** The tables of all modules as one; the same verb twice is a fault. */
export function mergeAuthority(tables: readonly Authority[]): Authority {
  const verbs = tables.flatMap((table) => Object.entries(table))
  const twice = verbs.find(([verb], index) => verbs.findIndex(([other]) => other === verb) !== index)
  if (twice) throw new Error(`Two authority tables speak of ${twice[0]}`)
  return Object.fromEntries(verbs)
}

export function mayRole(authority: Authority, role: Role, verb: string): boolean {
  const roles = authority[verb]
  if (!roles) throw new Error(`No authority table speaks of ${verb}`)
  return roles.includes(role)
}

import { minute, newId, parseStateCode, type StateCode } from '@parley/kernel'
import { Secret, TOTP } from 'otpauth'
import { admitPerson, type Holding, type Person } from '../src/modules/accounts/index.ts'
import { columnsOf } from '../src/modules/accounts/holding.ts'
import { hashPassword } from '../src/modules/accounts/password.ts'
import { seal } from '../src/modules/accounts/sealed.ts'
import type { AccountsTables } from '../src/modules/accounts/tables.ts'
import { newTotpSecret } from '../src/modules/accounts/totp.ts'
import type { everyone } from '../src/platform/session/authority.ts'
import type { Visitor, World } from './world.ts'

/** What everybody here signs in with, besides the code of the app. */
export const password = 'four quiet herons by the lake'
export const totpSecret = newTotpSecret()

export function stateOf(code: string): StateCode {
  const state = parseStateCode(code)
  if (!state) throw new Error('no such State')
  return state
}

export type PersonRole = (typeof everyone)[number]

/** How somebody of this role comes in, for the first fictional State or an organization; a stranger without. */
export function holdingOf(role: PersonRole): Holding | undefined {
  switch (role) {
    case 'stranger':
      return undefined
    case 'mission':
    case 'contributor':
      return { role, state: stateOf('XA') }
    case 'poc':
      return { role, kind: 'technical', state: stateOf('XA') }
    case 'regional':
    case 'stakeholder':
      return { role, organization: 'OSCE' }
    default:
      return { role }
  }
}

/** Somebody with a password and an app, whatever the role; a page would give a manager neither. */
export async function personWithPassword(
  world: World,
  email: string,
  ...roles: readonly [Holding, ...Holding[]]
): Promise<Person> {
  const { keys, clock, directory } = world
  return directory.database.transaction({ role: 'worker' }, async (tx) => {
    const [first, ...others] = roles
    const person = await admitPerson(tx, clock.now(), { name: 'Known Person', email, language: 'en' }, first)
    const accounts = tx.withTables<AccountsTables>()
    for (const other of others) {
      const row = { account_id: person.account, since: clock.now(), ended_at: null }
      await accounts
        .insertInto('accounts.holding')
        .values({ id: newId(), ...columnsOf(other), ...row })
        .execute()
    }
    await accounts
      .insertInto('accounts.password')
      .values({
        account_id: person.account,
        hash: await hashPassword(password),
        totp_secret: seal(keys, person.account, totpSecret),
        totp_last_step: 0,
      })
      .execute()
    return person
  })
}

/** Somebody who has signed in with a password and the app. */
export async function visitorWithPassword(world: World, email: string, holding: Holding): Promise<Visitor> {
  await personWithPassword(world, email, holding)
  const visitor = await world.visitor()
  await visitor.post('/en/sign-in', { email, password, code: nextCode(world) })
  return visitor
}

/** The next code of the app, each time a fresh one. */
export function nextCode(world: World): string {
  world.clock.advance(minute)
  const timestamp = world.clock.now().getTime()
  return TOTP.generate({ secret: new Secret({ buffer: totpSecret.buffer }), timestamp })
}

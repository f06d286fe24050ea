import { newId, type StateCode } from '@parley/kernel'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Acting, actAs } from '../src/platform/database/acting.ts'
import type { Tx } from '../src/platform/database/database.ts'
import { openDemonstrationWorld } from './demonstration-world.ts'
import { stateCode } from './nominate.ts'
import type { World } from './world.ts'

/** Whose the rows of a table are. */
type Case =
  /** A State's: no other State reads or writes them. `of` is the State of a row `t`. */
  | { readonly kind: 'of a State'; readonly of: string }
  /** A State's, and every participating State reads them. */
  | { readonly kind: 'shown to all States'; readonly of: string }
  /** Nobody's in particular; `readers` among participants and the public, because. */
  | { readonly kind: 'of nobody'; readonly readers: readonly Acting['role'][]; readonly because: string }

const ofState: Case = { kind: 'of a State', of: 't.state' }
const shown: Case = { kind: 'shown to all States', of: 't.state' }
const ofAccount = (column: string): Case => ({
  kind: 'of a State',
  of: `(select holding.state from accounts.holding where holding.account_id = ${column} limit 1)`,
})
const inside = (because: string): Case => ({ kind: 'of nobody', readers: [], because })

const cases: Readonly<Record<string, Case>> = {
  'accounts.account': ofAccount('t.id'),
  'accounts.holding': ofState,
  'accounts.invitation': ofState,
  'accounts.one_time_code': ofAccount('t.account_id'),
  'accounts.passkey': ofAccount('t.account_id'),
  'accounts.password': ofAccount('t.account_id'),
  'accounts.session': ofState,
  'accounts.spent_ticket': inside('digests of tickets that were used'),
  'checks.attempt': ofState,
  'checks.call': ofState,
  'checks.check': ofState,
  'checks.follow_up': ofState,
  'checks.message': ofState,
  'checks.received': inside('verdicts on mail, read by the intake alone'),
  'checks.round': { kind: 'of nobody', readers: ['participant'], because: 'the dates of rounds' },
  'community.access_request': ofState,
  'community.competent_authority': ofState,
  'community.mission': ofState,
  'community.participation': shown,
  'directory.address': shown,
  'directory.entry': shown,
  'directory.known': ofState,
  'directory.last_answered': shown,
  'directory.withdrawn_entry': ofState,
  'history.act': ofState,
  'history.checkpoint': { kind: 'of nobody', readers: ['participant', 'public'], because: 'anybody may keep it' },
  'history.content': ofState,
  'history.pending': inside('numbers of acts that wait for the sealer'),
  'history.seal': { kind: 'of nobody', readers: ['participant'], because: 'hashes, for verifying' },
  'history.subject_key': ofState,
  'outbox.delivery': inside('the relay alone hears of events'),
  'platform.setting': inside('what this database is'),
}

/** The owner's note of what ran; the program reads it at its start, before there are roles. */
const withoutPolicies = ['platform.migration']
/** The public may count, not see who: of this column alone. */
const publicTotals = ['community.participation']
/** Where anybody lays something down that only the program takes up. */
const anybodyAdds = ['outbox.delivery', 'history.pending', 'accounts.spent_ticket']

let world: World
beforeAll(async () => {
  world = await openDemonstrationWorld()
  await fill()
}, 120_000)
afterAll(() => world?.close())

test('every table has row-level security, enabled and forced, a policy, and a case in this test', async () => {
  const tables = await listTables()
  expect(tables.filter(({ safe }) => !safe).map(({ name }) => name)).toEqual(withoutPolicies)
  expect(tables.map(({ name }) => name).filter((name) => !withoutPolicies.includes(name))).toEqual(
    Object.keys(cases).sort(),
  )
})

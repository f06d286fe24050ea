import { parseId } from '@parley/kernel'
import { expect } from 'vitest'
import { email, nominate, stateCode } from '../nominate.ts'
import { pressStart } from '../start-round.ts'
import { checksAddress, type World } from '../world.ts'
import type { CheckId, MessageId } from '../../src/modules/checks/domain/check.ts'
import type { ChecksTables } from '../../src/modules/checks/tables.ts'
import { codeOf, mailToken } from '../../src/modules/checks/tokens.ts'
import { openCheckpointKey } from '../../src/platform/history/checkpoint-key.ts'
import { verifyHistory } from '../../src/platform/history/verify.ts'
import { messageId } from '../../src/platform/mail/post.ts'
import type { UnderFire } from './under-fire.ts'

const sahiliya = stateCode('XA')
const norvalia = stateCode('XB')

/** Two States with three entries, six addresses among them. */
export async function nominateAll(world: World): Promise<void> {
  await world.participate(sahiliya, norvalia)
  await nominate(world, sahiliya, 'technical', {
    name: 'فريق الاستجابة',
    workingLanguages: ['ar'],
    addresses: [email('poc@cert.sahiliya.example'), email('duty@cert.sahiliya.example')],
  })
  await nominate(world, sahiliya, 'diplomatic', {
    addresses: [email('desk@mfa.sahiliya.example')],
  })
  await nominate(world, norvalia, 'technical', {
    workingLanguages: ['fr'],
    addresses: ['poc', 'duty', 'night'].map((who) => email(`${who}@cert.norvalia.example`)),
  })
}

/** Starts a round as the manager does; gives back the path of its page. */
export async function startRound(world: World): Promise<string> {
  const manager = await world.visitor({ role: 'manager' })
  const started = await pressStart(manager)
  expect(started.status).toBe(303)
  return started.location
}

export async function stopRound(world: World, path: string): Promise<void> {
  const manager = await world.visitor({ role: 'manager' })
  const seen = /name="seen" value="([^"]+)"/.exec((await manager.get(`${path}/stop`)).text)?.[1] ?? ''
  expect((await manager.post(`${path}/stop`, { seen })).status).toBe(303)
}

export interface MessageSeen {
  readonly id: MessageId
  readonly check: CheckId
  readonly code: string
  readonly status: string
  readonly reminder: string
}

/** The messages of the newest round. */
export function listMessages(world: World): Promise<readonly MessageSeen[]> {
  return world.directory.database.transaction({ role: 'worker' }, async (tx) => {
    const checks = tx.withTables<ChecksTables>()
    const rows = await checks
      .selectFrom('checks.message')
      .innerJoin('checks.round', 'checks.round.id', 'checks.message.round_id')
      .select(['checks.message.id', 'check_id', 'checks.message.status', 'reminder'])
      .where('number', '=', (round) =>
        round.selectFrom('checks.round').select((one) => one.fn.max('number').as('last')),
      )
      .execute()
    return rows.flatMap((row) => {
      const id = parseId<'message'>(row.id)
      const check = parseId<'check'>(row.check_id)
      return id && check ? [{ ...row, id, check, code: codeOf(world.keys, id) }] : []
    })
  })
}

export interface Reconciled {
  readonly messages: number
  /** Messages that never arrived. */
  readonly missing: number
  /** Copies beyond the first of each. */
  readonly twice: number
  /** What the database says of all of them. */
  readonly said: ReadonlySet<string>
  /** What arrived at the check that nothing was to be sent to. */
  readonly strays: number
}

/** What the mail server took against what the database says was sent; nothing was to go to the check `except`. */
export async function reconcile(
  fire: UnderFire,
  use: 'check' | 'reminder',
  except?: CheckId,
): Promise<Reconciled> {
  const arrived = await fire.arrived()
  return fire.inPeace(async (world) => {
    const all = await listMessages(world)
    const copiesOf = ({ id }: MessageSeen) => {
      const token = mailToken(world.keys, use, id)
      return arrived.filter((each) => each === messageId({ from: checksAddress }, token)).length
    }
    const messages = all.filter(({ check }) => check !== except)
    const copies = messages.map(copiesOf)
    return {
      messages: messages.length,
      missing: copies.filter((count) => count === 0).length,
      twice: copies.reduce((sum, count) => sum + Math.max(0, count - 1), 0),
      said: new Set(messages.map((message) => (use === 'check' ? message.status : message.reminder))),
      strays: all.filter(({ check }) => check === except).reduce((sum, one) => sum + copiesOf(one), 0),
    }
  })
}

/** How often each verb stands in the history that is about checks, and that the chain holds. */
export async function readHistory(world: World): Promise<ReadonlyMap<string, number>> {
  const { database } = world.directory
  await world.work('seal')
  const verdict = await verifyHistory(database, openCheckpointKey(world.keys))
  expect(verdict.broken).toBeUndefined()
  expect(verdict.length).toBeGreaterThan(0)
  const rows = await database.transaction({ role: 'worker' }, (tx) =>
    tx
      .withTables<{ 'history.act': { verb: string; subject: string } }>()
      .selectFrom('history.act')
      .select(['verb', 'subject'])
      .execute(),
  )
  return new Map([...Map.groupBy(rows, ({ verb }) => verb)].map(([verb, of]) => [verb, of.length]))
}

export function listFollowUps(world: World): Promise<readonly string[]> {
  return world.directory.database.transaction({ role: 'worker' }, async (tx) => {
    const rows = await tx
      .withTables<ChecksTables>()
      .selectFrom('checks.follow_up')
      .select('state')
      .orderBy('state')
      .execute()
    return rows.map(({ state }) => state)
  })
}

/** What became of every check there ever was. */
export function listResults(world: World): Promise<readonly string[]> {
  return world.directory.database.transaction({ role: 'worker' }, async (tx) => {
    const rows = await tx.withTables<ChecksTables>().selectFrom('checks.check').select('status').execute()
    return rows.map(({ status }) => status).sort()
  })
}

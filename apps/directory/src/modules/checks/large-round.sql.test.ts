import { sql } from 'kysely'
import { day, parseId } from '@parley/kernel'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { email, nominate, stateCode } from '../../../test/nominate.ts'
import { pressStart } from '../../../test/start-round.ts'
import { openWorld, type Visitor, type World } from '../../../test/world.ts'
import { decideSilence } from './domain/check.ts'
import { checksTables, findCheck, known, listMessageStates } from './store.ts'

/** More than fit on two pages of starting (1,000) and on one of closing (2,000). */
const copies = 2_300
let world: World
let manager: Visitor

beforeEach(async () => {
  world = await openWorld()
  const sahiliya = stateCode('XA')
  await world.participate(sahiliya)
  await nominate(world, sahiliya, 'technical', {
    addresses: ['a', 'b'].map((each) => email(`${each}@x.example`)),
  })
  await world.directory.database.transaction({ role: 'worker' }, async (tx) => {
    await sql`
      insert into directory.entry
      select copy.* from directory.entry, generate_series(1, ${copies}::int) as number,
        jsonb_populate_record(entry, jsonb_build_object('id', gen_random_uuid(), 'version', number)) as copy`.execute(
      tx,
    )
    await sql`
      insert into directory.address
      select copy.* from directory.address join directory.entry on entry.id <> address.entry_id,
        jsonb_populate_record(address, jsonb_build_object(
          'id', gen_random_uuid(), 'entry_id', entry.id, 'value', entry.id || '.' || address.value)) as copy`.execute(
      tx,
    )
  })
  manager = await world.visitor({ role: 'manager' })
})
afterEach(() => world.close())

test('POC-17: a round of many pages asks every entry once and writes to each of its addresses once', async () => {
  await pressStart(manager)
  const counted = await read(async (tx) => {
    const { rows } = await sql<{ checks: number; entries: number; messages: number; addresses: number }>`
      select count(distinct check_id)::int as checks, count(distinct entry_id)::int as entries,
        count(*)::int as messages, count(distinct address_id)::int as addresses
      from checks.message join checks.check on checks.check.id = check_id`.execute(tx)
    return rows
  })
  const each = copies + 1
  expect(counted).toEqual([{ checks: each, entries: each, messages: 2 * each, addresses: 2 * each }])
})

test('POC-18: when such a round closes, every check becomes what the rule says of it', async () => {
  await pressStart(manager)
  // Every way a check of two messages may stand, in turn.
  await read(async (tx) => {
    await sql`
      with each as (select id, row_number() over (order by id) as place from checks.message)
      update checks.message set
        status = (array['queued', 'sending', 'sent', 'delivered', 'failed', 'not-sent'])[1 + place % 6],
        cause = (array[null, 'dead-address', 'mailbox-full', 'ours', 'other'])[1 + place / 6 % 5],
        delayed_at = case when place / 30 % 2 = 0 then queued_at end
      from each where each.id = message.id`.execute(tx)
    await sql`
      with each as (select id, row_number() over (order by entry_id) as place from checks.check)
      update checks.check set clock_started_at = case when place % 3 = 0 then ${world.clock.now()}::timestamptz end,
        status = case when place % 7 = 0 then 'answered' else 'waiting' end
      from each where each.id = checks.check.id`.execute(tx)
  })
  const before = await read(async (tx) => {
    // What was neither taken nor refused when the round closes is given up first.
    await sql`update checks.message set status = case when coalesce(cause, 'ours') = 'ours' then 'not-sent' else 'failed' end
      where status in ('queued', 'sending')`.execute(tx)
    const checks = await checksTables(tx).selectFrom('checks.check').select('id').execute()
    const decided = new Map<string, string>()
    for (const { id } of checks) {
      const check = known(parseId<'check'>(id))
      decided.set(id, decideSilence(known(await findCheck(tx, check)), await listMessageStates(tx, check)))
    }
    return decided
  })
  world.clock.advance(7 * day)
  await world.work('close-rounds')
  const after = await read((tx) =>
    checksTables(tx).selectFrom('checks.check').select(['id', 'status']).execute(),
  )
  expect(new Map(after.map(({ id, status }) => [id, status]))).toEqual(before)
  expect(new Set(before.values())).toEqual(new Set(['answered', 'no-answer', 'undeliverable', 'not-sent']))
})

function read<T>(work: Parameters<typeof world.directory.database.transaction<T>>[1]): Promise<T> {
  return world.directory.database.transaction({ role: 'worker' }, work)
}

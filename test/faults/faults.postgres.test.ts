import { readFileSync, writeFileSync } from 'node:fs'
import { Client } from 'pg'
import { expect, test } from 'vitest'
import { type BlockFigures, lossesIn, runBlock } from './block.ts'
import { kills } from './kinds/kills.ts'
import type { Stage } from './stage.ts'

// The short one of `npm run faults`. To repeat one: PARLEY_TEST_SEED=<seed>.

const seed = process.env['PARLEY_TEST_SEED'] ?? String(Date.now())
const log = [`seed ${seed}`]
const plan = {
  seed,
  checks: 60,
  pause: 1,
  patience: 90,
  restAfter: 10,
  say: (line: string) => void log.push(line),
}

test('POC-17: under a handful of faults of many kinds nothing that was acknowledged is lost, and nothing doubled beyond what was in flight', async () => {
  const figures = await runBlock({ ...plan, faults: 10 })
  console.log([...log, JSON.stringify({ ...figures, struck: [...figures.struck] })].join('\n'))
  expect(figures.messages).toBe(60)
  for (const [what, count] of Object.entries(lossesIn(figures))) expect(`${count} ${what}`).toBe(`0 ${what}`)
}, 240_000)

test('losses that are planted behind the back of the program are all found', async () => {
  const figures = await runBlock({ ...plan, checks: 30, faults: 3, kinds: () => kills }, spoil)
  expect(foundIn(figures)).toEqual([
    'messages missing',
    'copies unexplained',
    'saves lost',
    'saves doubled',
    'breaks in the record of the Desk',
    'histories broken',
  ])
}, 240_000)

function foundIn(figures: BlockFigures): readonly string[] {
  return Object.entries(lossesIn(figures)).flatMap(([what, count]) => (count > 0 ? [what] : []))
}

/** A message that the mail server never took, and one it took again; entries, lines and acts that are gone. */
async function spoil({ taken, direct, deskFolder, breaks }: Stage): Promise<void> {
  const [first = '', ...others] = readFileSync(taken, 'utf8').split('\n').slice(0, -1)
  const [name] = first.split(' ').slice(1)
  const left = others.filter((line) => !line.includes(` ${name} `))
  const [, ...again] = left[0]?.split(' ') ?? []
  const calm = Math.max(...breaks.map(({ at }) => at)) + 60_000
  const twice = [0, 1].map((turn) => [calm + turn, ...again].join(' '))
  writeFileSync(taken, `${[...left.slice(1), ...twice].join('\n')}\n`)

  const client = new Client({
    connectionString: direct.database.ownerUrl.replace('parley_owner', 'postgres'),
  })
  await client.connect()
  await client.query(`set session_replication_role = replica;
    delete from library.document where symbol in (select symbol from library.document where symbol like 'A/FAULT/%' limit 1);
    insert into directory.entry select (jsonb_populate_record(null::directory.entry,
      to_jsonb(entry) || jsonb_build_object('id', gen_random_uuid()))).* from directory.entry
      where entity_name like 'Office %-%' limit 1;
    delete from history.seal where seq = 2`)
  await client.end()

  const record = `${deskFolder}/store/record/lines`
  const lines = readFileSync(record, 'latin1').split('\n')
  writeFileSync(record, lines.toSpliced(3, 1).join('\n'), 'latin1')
}

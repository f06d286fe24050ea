import { expect, test } from 'vitest'
import { runRoundUnderFaults } from './round-under-faults.ts'

// The short one of `npm run faults`. To repeat one: PARLEY_TEST_SEED=<seed>.

const seed = process.env['PARLEY_TEST_SEED'] ?? String(Date.now())

test('POC-17: while workers, web processes, the mail server and the database are killed, no message is left out, none doubled beyond those in flight, and every confirmed answer kept', async () => {
  const log = [`seed ${seed}`]
  const say = (line: string) => void log.push(line)
  const figures = await runRoundUnderFaults({ seed, checks: 120, kills: 4, pause: 3, patience: 110, say })
  console.log([...log, JSON.stringify(figures)].join('\n'))
  expect(figures).toMatchObject({
    messages: 120,
    missing: 0,
    lost: 0,
    miscounted: 0,
    historyHolds: true,
    fell: 0,
  })
  expect(figures.twice).toBeLessThanOrEqual(figures.mayBeTwice)
}, 150_000)

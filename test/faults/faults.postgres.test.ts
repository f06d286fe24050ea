import { expect, test } from 'vitest'
import { faultsIn, runRoundUnderFaults } from './round-under-faults.ts'

// The short one of `npm run faults`. To repeat one: PARLEY_TEST_SEED=<seed>.

const seed = process.env['PARLEY_TEST_SEED'] ?? String(Date.now())

test('POC-17: while workers, web processes, the mail server and the database are killed, no message is left out, none doubled beyond those in flight, and every confirmed answer kept', async () => {
  const log = [`seed ${seed}`]
  const say = (line: string) => void log.push(line)
  const figures = await runRoundUnderFaults({ seed, checks: 100, kills: 5, pause: 3, patience: 90, say })
  console.log([...log, JSON.stringify(figures)].join('\n'))
  expect(figures.messages).toBe(100)
  for (const [what, count] of Object.entries(faultsIn(figures))) expect(`${count} ${what}`).toBe(`0 ${what}`)
}, 150_000)

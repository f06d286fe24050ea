import { expect, test } from 'vitest'
import { fuzz } from './fuzz.ts'

// The short one of `npm run fuzz`. To repeat one: PARLEY_TEST_SEED=<seed>.

const seed = Number(process.env['PARLEY_TEST_SEED'] ?? Date.now() % 1_000_000_000)
const count = 750

test('RULE-1: whatever is sent to whatever answers, by whomever: no fault, no stack trace, no markup that escapes, nothing typed in the log', async () => {
  const { figures, faults, failedDuties } = await fuzz({ seed, count })
  const shown = faults.map(({ seed: own, what, plan }) => {
    const { target, path } = plan
    return `seed ${own}: ${what.join('; ')} (${target.method} ${path.slice(0, 200)})`
  })
  expect(shown).toEqual([])
  expect(failedDuties).toEqual([])
  for (const [kind, { requests }] of figures)
    expect({ kind, isTried: requests > 0 }).toEqual({ kind, isTried: true })
}, 600_000)

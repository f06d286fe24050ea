// npm run fuzz -- [--count N] [--seed N]: sends hostile requests to everything that answers, as everybody, and says
// what came of it, one line a class. A request that fails is made again by its own seed and `--count 1`.
import { parseArgs } from 'node:util'
import { type Fault, fuzz } from './fuzz.ts'

const { values } = parseArgs({ options: { count: { type: 'string' }, seed: { type: 'string' } } })
const count = Number(values.count ?? 1_500)
const seed = Number(values.seed ?? Date.now() % 1_000_000_000)
if (!Number.isSafeInteger(count) || !Number.isSafeInteger(seed) || count < 1) {
  console.error('npm run fuzz -- [--count N] [--seed N], both whole numbers')
  process.exit(2)
}
console.log(`seed ${seed}, ${count} requests`)
const began = Date.now()
const { figures, faults, failedDuties } = await fuzz({ seed, count }, tell)
for (const [kind, { requests, faults: found, targets, statuses }] of figures) {
  const answers = [...statuses]
    .sort(([one], [other]) => one - other)
    .map(([status, times]) => `${times} × ${status}`)
  console.log(
    `${kind}: ${requests} requests to ${targets.size} targets, ${found} faults (${answers.join(', ')})`,
  )
}
for (const failed of new Set(failedDuties)) console.log(`a duty failed: ${failed}`)
const seconds = Math.round((Date.now() - began) / 1_000)
console.log(
  `${faults.length + failedDuties.length === 0 ? 'HOLDS' : 'BROKEN'}: seed ${seed}, ${count} requests, ${seconds} s`,
)
process.exit(faults.length + failedDuties.length === 0 ? 0 : 1)

function tell({ seed: own, what, plan }: Fault): void {
  const { target, who, path, headers, body } = plan
  console.log(`FAULT ${what.join('; ')}`)
  console.log(`  ${target.method} ${path.slice(0, 300)} as ${who} ${JSON.stringify(headers).slice(0, 300)}`)
  if (body) console.log(`  ${JSON.stringify(body.toString().slice(0, 600))}`)
  console.log(`  again: npm run fuzz -- --seed ${own} --count 1`)
}

// npm run faults -- [--seed S] [--faults N]: faults of many kinds against a working Directory and a Desk, block by block,
// each block reconciled; prints what struck and what came of it.
import { parseArgs } from 'node:util'
import { type BlockFigures, lossesIn, runBlock } from './block.ts'
import { writeTable } from './table.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now()) },
    faults: { type: 'string', default: '100' },
    block: { type: 'string', default: '100' },
    checks: { type: 'string', default: '300' },
    pause: { type: 'string', default: '1.5' },
  },
})
const [faults, size] = [Number(values.faults), Number(values.block)]
console.log(`seed ${values.seed}, ${faults} faults in blocks of ${size}`)
const blocks: BlockFigures[] = []
for (let done = 0; done < faults; done += size) {
  const seed = `${values.seed}/${done}`
  const figures = await runBlock({
    seed,
    checks: Number(values.checks),
    faults: Math.min(size, faults - done),
    pause: Number(values.pause),
    patience: 240,
    restAfter: 10,
    say: (line) => console.log(`${seed}  ${line}`),
  })
  blocks.push(figures)
  for (const { at, again, fromKill } of figures.unexplained)
    console.log(`unexplained: taken at ${at}, again after ${again} ms, ${fromKill} ms from the nearest fault`)
  for (const untruth of figures.untruths) console.log(`said wrongly: ${untruth}`)
  console.log(
    `${seed}  reconciled: ${Object.entries(lossesIn(figures))
      .map(([what, count]) => `${count} ${what}`)
      .join(', ')}; ${figures.seconds} s`,
  )
}
console.log(writeTable(blocks))
process.exitCode = blocks.every((each) => Object.values(lossesIn(each)).every((count) => count === 0)) ? 0 : 1

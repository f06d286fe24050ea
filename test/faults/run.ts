// npm run faults [-- seed]: kills what a round of checks stands on, again and again, and says what came of it.
import { runRoundUnderFaults } from './round-under-faults.ts'

const seed = process.argv[2] ?? process.env['PARLEY_TEST_SEED'] ?? String(Date.now())
const number = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise)
console.log(`seed ${seed}`)
const figures = await runRoundUnderFaults({
  seed,
  checks: number('FAULT_CHECKS', 2_000),
  kills: number('FAULT_KILLS', 50),
  pause: number('FAULT_PAUSE', 5),
  patience: 590,
  say: (line) => console.log(line),
})
const { missing, lost, miscounted, historyHolds, twice, mayBeTwice, kills, fell } = figures
const holds =
  missing === 0 && lost === 0 && miscounted === 0 && historyHolds && twice <= mayBeTwice && fell === 0
const killed = Object.entries(kills).map(([what, times]) => `${times} × ${what}`)
console.log(
  `${holds ? 'HOLDS' : 'BROKEN'}: seed ${seed}, ${figures.messages} messages, killed ${killed.join(', ')}, ` +
    `${missing} missing, ${twice} twice (at most ${mayBeTwice}), ${figures.confirmed} answers confirmed, ${lost} lost, ` +
    `${miscounted} miscounted, history ${historyHolds ? 'verified' : 'BROKEN'}, ${fell} fell, ${figures.seconds} s`,
)
process.exitCode = holds ? 0 : 1

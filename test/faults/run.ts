// npm run faults [-- seed]: kills what a round of checks stands on, again and again, and says what came of it.
import { faultsIn, runRoundUnderFaults } from './round-under-faults.ts'

const seed = process.argv[2] ?? process.env['PARLEY_TEST_SEED'] ?? String(Date.now())
const number = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise)
console.log(`seed ${seed}`)
const figures = await runRoundUnderFaults({
  seed,
  checks: number('FAULT_CHECKS', 2_000),
  kills: number('FAULT_KILLS', 50),
  pause: number('FAULT_PAUSE', 5),
  patience: 240,
  say: (line) => console.log(line),
})
const faults = faultsIn(figures)
const holds = Object.values(faults).every((count) => count === 0)
for (const { at, again, fromKill } of figures.unexplained)
  console.log(`unexplained: taken at ${at}, again after ${again} ms, ${fromKill} ms from the nearest kill`)
const killed = Object.entries(figures.kills).map(([what, times]) => `${times} × ${what}`)
const found = Object.entries(faults).map(([what, count]) => `${count} ${what}`)
console.log(
  `${holds ? 'HOLDS' : 'BROKEN'}: seed ${seed}, ${figures.messages} messages, ${figures.reminders} reminders and ` +
    `${figures.corrections} corrections, ` +
    `killed ${killed.join(', ')}, ${figures.twice} twice, ${figures.confirmed} answers confirmed; ` +
    `${found.join(', ')}; ${figures.seconds} s`,
)
process.exitCode = holds ? 0 : 1

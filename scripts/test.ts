// Runs everything that the continuous integration runs, part by part: npm test [-- part …]
// A part for which this machine lacks a program is "not possible here"; with CI=true that is a failure.
import { missingPrograms } from '../packages/testkit/src/missing-programs.ts'
import { installCommand, installPackages, mayInstallPackages } from './debian.ts'
import { testParts, type TestPart } from './parts.ts'
import { runProject, type Counts } from './run-project.ts'
import { leaveOnSignals, run } from './run.ts'

interface Outcome {
  readonly part: string
  readonly passed: number
  readonly failed: number
  readonly words: string
  readonly failures: readonly string[]
}

const house = 'house'
const houseSteps = ['types', 'lint', 'format', 'unused', 'audit']
const isStrict = process.env.CI === 'true'

leaveOnSignals()
const asked = partsAskedFor(process.argv.slice(2))
installMissing(asked)
const outcomes: Outcome[] = []
for (const part of asked) {
  console.log(`\n── ${part} ──`)
  const testPart = testParts.find(({ name }) => name === part)
  outcomes.push(testPart ? await runTests(testPart) : await runHouse())
}
report(outcomes)

function partsAskedFor(words: readonly string[]): readonly string[] {
  const known = [house, ...testParts.map(({ name }) => name)]
  const unknown = words.filter((word) => !known.some((name) => isSame(name, word)))
  if (unknown.length > 0) {
    console.error(`There is no part ${unknown.join(', ')}. The parts are: ${known.join(', ')}.`)
    process.exit(1)
  }
  return words.length === 0 ? known : known.filter((name) => words.some((word) => isSame(name, word)))
}

function isSame(name: string, word: string): boolean {
  return name.toLowerCase() === word.toLowerCase()
}

function installMissing(parts: readonly string[]): void {
  const missing = parts.map((part) => missingPrograms(part)).filter((programs) => programs.length > 0)
  if (missing.length === 0 || !mayInstallPackages()) return
  const groups = missing.map((programs) => programs.map(({ debianPackage }) => debianPackage))
  for (const problem of installPackages(groups)) console.error(problem)
}

async function runHouse(): Promise<Outcome> {
  const failed: string[] = []
  for (const step of houseSteps) {
    console.log(`${step}:`)
    if ((await run('npm', ['run', '--silent', `check:${step}`])) !== 0) failed.push(step)
  }
  const passed = houseSteps.length - failed.length
  const words = `ran: ${passed} of ${houseSteps.length} in order${failed.length > 0 ? `, not ${failed.join(', ')}` : ''}`
  return {
    part: house,
    passed,
    failed: failed.length,
    words,
    failures: failed.map((step) => `check:${step}`),
  }
}

async function runTests(part: TestPart): Promise<Outcome> {
  const missing = missingPrograms(part.name)
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name).join(', ')
    const packages = missing.map(({ debianPackage }) => debianPackage)
    return notRun(part, `not possible here: install ${names} (on Debian: ${installCommand(packages)})`)
  }
  const counts = await runProject(part)
  return counts ? ran(part, counts) : notRun(part, 'no tests yet')
}

function ran(part: TestPart, { passed, failed, skipped, failures, skips }: Counts): Outcome {
  const words = `ran: ${passed} passed, ${failed} failed, ${skipped} skipped`
  if (!isStrict) return { part: part.name, passed, failed, words, failures }
  return { part: part.name, passed, failed: failed + skipped, words, failures: [...failures, ...skips] }
}

function notRun(part: TestPart, words: string): Outcome {
  console.log(words)
  return { part: part.name, passed: 0, failed: isStrict ? 1 : 0, words, failures: [] }
}

/** What failed comes last but for the sums, so that the end of a log is enough to tell. */
function report(all: readonly Outcome[]): void {
  console.log('\n── all parts ──')
  for (const { part, words } of all) console.log(`${part.padEnd(12)}${words}`)
  for (const { part, failures } of all)
    for (const failure of failures) console.log(`failed in ${part}: ${failure}`)
  const passed = all.reduce((sum, outcome) => sum + outcome.passed, 0)
  const failed = all.reduce((sum, outcome) => sum + outcome.failed, 0)
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}

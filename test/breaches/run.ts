// npm run breaches [-- words of a name …]: breaks the program on purpose, one patch at a time and in a copy, and shows
// that the test which the patch names fails by it and passes without it.
import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, matchesGlob, resolve } from 'node:path'
import type { JsonTestResults } from 'vitest/node'
import { testParts } from '../../scripts/parts.ts'
import { type Breach, readBreach } from './breach.ts'

const root = resolve(import.meta.dirname, '../..')
const words = process.argv.slice(2)
const breaches = globSync('test/breaches/*.patch', { cwd: root })
  .sort()
  .map((file) => readBreach(basename(file, '.patch'), readFileSync(join(root, file), 'utf8')))
  .filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)))
if (breaches.length === 0) throw new Error('there is no such breach')

const copy = copyOfTheTree()
process.once('exit', () => rmSync(copy, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

const sound = runTests(breaches)
const outcomes = breaches.map((breach) => ({ breach, outcome: tryBreach(breach) }))
const width = Math.max(...breaches.map(({ name }) => name.length))
for (const { breach, outcome } of outcomes) console.log(`${breach.name.padEnd(width)}  ${outcome}`)
const passed = outcomes.filter(({ outcome }) => outcome === 'the test bites').length
console.log(`${passed} passed, ${outcomes.length - passed} failed`)
process.exitCode = passed === outcomes.length ? 0 : 1

function tryBreach(breach: Breach): string {
  const before = sound.get(keyOf(breach))
  if (before !== 'passed') return `NOT PROVEN: without the breach the test is ${before ?? 'not there'}`
  const patch = join(root, 'test/breaches', `${breach.name}.patch`)
  if (!apply(patch)) return 'NOT PROVEN: the patch does not fit the tree any more'
  const after = runTests([breach]).get(keyOf(breach))
  if (!apply(patch, '--reverse')) throw new Error(`${breach.name} could not be taken back`)
  return after === 'failed' ? 'the test bites' : `THE TEST DOES NOT BITE: it is ${after ?? 'not run'}`
}

function apply(patch: string, ...how: readonly string[]): boolean {
  const { status } = spawnSync('git', ['apply', ...how, patch], { cwd: copy, stdio: 'ignore' })
  return status === 0
}

function keyOf({ file, test }: Breach): string {
  return `${file} ${test}`
}

/** What became of the tests that these breaches name: one run for each part of the tests that they belong to. */
function runTests(wanted: readonly Breach[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const part of testParts.filter(({ name }) => name !== 'PostgreSQL')) {
    const here = wanted.filter(
      ({ file }) =>
        part.include.some((glob) => matchesGlob(file, glob)) &&
        !part.exclude.some((glob) => matchesGlob(file, glob)),
    )
    if (here.length === 0) continue
    const report = join(copy, 'breaches.json')
    rmSync(report, { force: true })
    const files = new Set(here.map(({ file }) => file))
    const names = here.map(({ test }) => test.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
    const how = [
      '--project',
      part.project,
      '--testNamePattern',
      names,
      '--reporter=json',
      `--outputFile=${report}`,
    ]
    const vitest = join(copy, 'node_modules/vitest/vitest.mjs')
    spawnSync(process.execPath, [vitest, 'run', ...files, ...how], { cwd: copy, stdio: 'ignore' })
    if (!existsSync(report)) continue
    const { testResults }: Pick<JsonTestResults, 'testResults'> = JSON.parse(readFileSync(report, 'utf8'))
    for (const { name, assertionResults } of testResults)
      for (const { title, status } of assertionResults)
        if (status !== 'skipped') note(found, `${name.slice(copy.length + 1)} ${title}`, status)
  }
  return found
}

/** Tests of one title in several groups count as one: failed where one of them is. */
function note(found: Map<string, string>, test: string, status: string): void {
  if (found.get(test) !== 'failed') found.set(test, status)
}

/** Every file of the working tree as it stands, in a folder of its own, with the installed packages. */
function copyOfTheTree(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-breaches-'))
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
  })
  for (const file of listed.toString().split('\n')) {
    if (file === '' || !existsSync(join(root, file))) continue
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    cpSync(join(root, file), join(folder, file))
  }
  // Our own packages must be those of the copy, or nothing that is broken there would be noticed.
  const packages = join(folder, 'node_modules')
  mkdirSync(join(packages, '@parley'), { recursive: true })
  for (const each of readdirSync(join(root, 'node_modules')).filter((name) => name !== '@parley'))
    symlinkSync(join(root, 'node_modules', each), join(packages, each))
  for (const each of readdirSync(join(root, 'node_modules/@parley'))) {
    const folderOf = ['packages', 'apps']
      .map((kind) => join(folder, kind, each))
      .find((path) => existsSync(path))
    if (folderOf) symlinkSync(folderOf, join(packages, '@parley', each))
  }
  return folder
}

// npm run library: the numbers of the documents, expected beside found; the questions; the speeds.
import { spawnSync } from 'node:child_process'

const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=verbose', '--project']
const library = 'apps/directory/src/modules/library'
const parts = [
  [...vitest, 'pure', `${library}/recognise`, `${library}/cite`, `${library}/family`],
  [...vitest, 'pglite', `${library}/search/questions.sql.test.ts`],
  ['bench/run.ts', 'library-import', 'library-search'],
]
const ended = parts.map((words) => spawnSync(process.execPath, words, { stdio: 'inherit' }).status)
process.exitCode = ended.every((code) => code === 0) ? 0 : 1

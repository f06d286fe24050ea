// npm run interop [-- --write]: which files of interop/ and packages/protocol/schemas/ are not what the program makes.
// Only with --write it writes them. What changes there changes for every other program that speaks the protocol.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { madeFiles } from '../packages/protocol/test/vectors.ts'

const root = new URL('../', import.meta.url)
const stale = [...madeFiles()].filter(([path, content]) => !stored(path)?.equals(Buffer.from(content)))
for (const [path, content] of stale) {
  console.log(path)
  if (!process.argv.includes('--write')) continue
  mkdirSync(dirname(new URL(path, root).pathname), { recursive: true })
  writeFileSync(new URL(path, root), content)
}
const written = process.argv.includes('--write') ? 'written' : 'differ'
console.log(`${stale.length} ${written}`)
process.exitCode = written === 'differ' && stale.length > 0 ? 1 : 0

function stored(path: string): Buffer | undefined {
  try {
    return readFileSync(new URL(path, root))
  } catch {
    return undefined
  }
}

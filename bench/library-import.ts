import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { importFolder } from '../apps/directory/src/modules/library/index.ts'
import { openWorld } from '../apps/directory/test/world.ts'
import { median, ratio, type Row } from './figures.ts'

const repeats = Number(process.env['BENCH_REPEATS'] ?? 3)
const folders = ['../../shared/seeds/', '../apps/directory/src/modules/library/family/']
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .filter((folder) => existsSync(folder))

/** Documents into an empty library of the embedded database, again when they are there, and a bare reading of the files. */
export async function benchLibraryImport(): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const folder of folders) {
    const files = readdirSync(folder)
      .filter((name) => name.endsWith('.txt'))
      .map((name) => `${folder}${name}`)
    const took = newTimes()
    for (let turn = 0; turn < repeats; turn += 1) {
      took.bare.push(await timed(() => files.map((file) => readFileSync(file, 'utf8'))))
      const { directory, clock, close } = await openWorld()
      const bring = () => importFolder(directory.performer, clock.now(), folder, console.error)
      took.first.push(await timed(bring))
      took.again.push(await timed(bring))
      await close()
    }
    const characters = files.reduce((sum, file) => sum + readFileSync(file, 'utf8').length, 0)
    const first = median(took.first)
    rows.push({
      documents: String(files.length),
      characters: String(characters),
      'read and decoded': `${ratio(median(took.bare))} ms`,
      imported: `${Math.round(first)} ms`,
      again: `${Math.round(median(took.again))} ms`,
      'characters a second': String(Math.round((characters / first) * 1000)),
    })
  }
  return rows
}

function newTimes(): Readonly<Record<'first' | 'again' | 'bare', number[]>> {
  return { first: [], again: [], bare: [] }
}

async function timed(work: () => unknown): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

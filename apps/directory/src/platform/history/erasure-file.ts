import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, day, minute, parseId } from '@parley/kernel'
import type { Database } from '../database/database.ts'
import type { Duty } from '../duties/duties.ts'
import { type Erasure, listErasures } from './erase.ts'

const beginning =
  '# What this Directory has erased: keep this beside every backup. It holds numbers, no personal data.\n'

/** Where the list of erasures stands beside the database: a restore takes that one away, never this. */
export function erasureFileIn(folder: string): string {
  return join(folder, 'erasures')
}

/** Adds to the file what the database erased and the file does not say yet. */
export function erasureNoter(database: Pick<Database, 'transaction'>, file: string): Duty {
  return {
    name: 'note-erasures',
    every: minute,
    // Each worker may stand on a machine of its own, with a file of its own.
    shared: true,
    run: async () => {
      const known = parseErasures(readWhole(file))
      const ids = new Set(known.map(({ id }) => id))
      const newest = known.reduce((time, { at }) => Math.max(time, at.getTime()), 0)
      // A day back: what another process had not committed yet when the newest was noted.
      const since = after(new Date(newest), newest === 0 ? 0 : -day)
      const erased = await database.transaction({ role: 'worker' }, (tx) => listErasures(tx, since))
      const missing = erased.filter(({ id }) => !ids.has(id))
      if (missing.length > 0) appendFileSync(file, missing.map(erasureLine).join(''), { flush: true })
    },
  }
}

/** The lines that are whole. What a full disk or a kill cut off goes, lest the next be written behind it. */
function readWhole(file: string): string {
  const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0)
  const size = bytes.lastIndexOf('\n') + 1
  if (size < bytes.length) truncateSync(file, size)
  if (size === 0) begin(file)
  return bytes.toString('utf8', 0, size)
}

function begin(file: string): void {
  mkdirSync(dirname(file), { recursive: true })
  appendFileSync(file, beginning, { mode: 0o600 })
}

/** The whole list as a file of its own. */
export function erasureText(erasures: readonly Erasure[]): string {
  return beginning + erasures.map(erasureLine).join('')
}

function erasureLine({ id, at, subject }: Erasure): string {
  return `${at.toISOString()} ${subject} ${id}\n`
}

/** The erasures in a file; throws at a line that is none, lest one be overlooked. */
export function parseErasures(text: string): readonly Erasure[] {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return lines.map((line) => {
    const [, at = '', subject = '', word = ''] = /^(\S+) ([a-z-]+:\S+) (\S+)$/.exec(line) ?? []
    const id = parseId(word)
    if (!id || Number.isNaN(Date.parse(at))) throw new BrokenErasures(lines.indexOf(line) + 1)
    return { id, at: new Date(at), subject }
  })
}

/** A list of erasures with a line that cannot be read. */
export class BrokenErasures extends Error {
  override readonly name = 'BrokenErasures'
  constructor(line: number) {
    super(`The list of erasures cannot be read: entry ${line} is not what this program writes.`)
  }
}

// npm run bench [name …]: measures two sides against each other and prints what it saw. Nothing is asserted.
import { cpus } from 'node:os'
import { benchApi } from './api.ts'
import { benchContactCard } from './contact-card.ts'
import { benchControlRoom } from './control-room.ts'
import { benchDeskIntake } from './desk-intake.ts'
import { benchDeskRecord } from './desk-record.ts'
import { benchFirstNumber } from './first-number.ts'
import { benchIntake } from './intake.ts'
import { benchLibraryImport } from './library-import.ts'
import { benchLibrarySearch } from './library-search.ts'
import { benchLookup } from './lookup.ts'
import { benchRound } from './round.ts'
import { benchSnapshot } from './snapshot.ts'
import { benchStart } from './start.ts'
import type { Row } from './figures.ts'

const benches: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  api: benchApi,
  'contact-card': benchContactCard,
  'control-room': benchControlRoom,
  'desk-intake': benchDeskIntake,
  'desk-record': benchDeskRecord,
  'first-number': benchFirstNumber,
  intake: benchIntake,
  'library-import': benchLibraryImport,
  'library-search': benchLibrarySearch,
  lookup: benchLookup,
  round: benchRound,
  snapshot: benchSnapshot,
  start: benchStart,
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in benches))
if (unknown.length > 0) {
  console.error(
    `There is no bench ${unknown.join(', ')}. The benches are: ${Object.keys(benches).join(', ')}.`,
  )
  process.exit(1)
}
console.log(`${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.versions.node}`)
for (const [name, bench] of Object.entries(benches)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  console.log(`\n${name}`)
  print(await bench())
}

function print(rows: readonly Row[]): void {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))]
  const widths = columns.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)))
  for (const line of lines) console.log(line.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  '))
}

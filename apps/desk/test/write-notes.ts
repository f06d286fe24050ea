// A record in a process of its own, for tests that kill it or let its disk run full: node write-notes.ts <folder> <key>.
// For each line on stdin it writes a note of that many characters, or an act of several (`900 900 900`), and says what
// became of it.
import { createInterface } from 'node:readline'
import { openRecord } from '../src/record/open-record.ts'

const [folder = '', key = ''] = process.argv.slice(2)
const record = await openRecord(folder, Buffer.from(key, 'hex'))
console.log(`open ${record.end().n}`)
for await (const line of createInterface({ input: process.stdin })) {
  const [first, ...others] = line.split(' ').map((length) => noteOf(Number(length)))
  if (!first) continue
  void record
    .appendAll([first, ...others])
    .then((outcome) => console.log(outcome.ok ? `kept ${outcome.value.at(-1)?.n}` : outcome.refusal.code))
}

function noteOf(length: number) {
  return {
    at: new Date(),
    by: 'Amal Haddad',
    what: 'note.written' as const,
    content: { text: 'n'.repeat(length) },
    files: length % 100 === 0 ? [{ name: 'f', bytes: Buffer.from(`${length} ${record.end().n}`) }] : [],
  }
}

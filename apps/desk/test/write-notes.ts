// A record in a process of its own, for tests that kill it or let its disk run full: node write-notes.ts <folder> <key>.
// For each line on stdin it writes a note of that many characters, and says what became of it.
import { createInterface } from 'node:readline'
import { openRecord } from '../src/record/open-record.ts'

const [folder = '', key = ''] = process.argv.slice(2)
const record = await openRecord(folder, Buffer.from(key, 'hex'))
console.log(`open ${record.end().n}`)
for await (const line of createInterface({ input: process.stdin })) {
  void record
    .append({
      at: new Date(),
      by: 'Amal Haddad',
      what: 'note.written',
      content: { text: 'n'.repeat(Number(line)) },
      files: line.endsWith('00') ? [{ name: 'f', bytes: Buffer.from(`${line} ${record.end().n}`) }] : [],
    })
    .then((outcome) => console.log(outcome.ok ? `kept ${outcome.value.n}` : outcome.refusal.code))
}

import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { startCommand, startUsage } from './start.command.ts'
import { verifyRecordCommand, verifyRecordUsage } from './record/verify-record.command.ts'

const [command = 'start', ...words] = process.argv.slice(2)

// One reader for the whole run: what was piped in comes at once, and would be lost between two.
let isSecret = false
const output = new Writable({
  write: (chunk: Buffer, _, done) => {
    if (!isSecret) process.stderr.write(chunk)
    done()
  },
})
const input = createInterface({ input: process.stdin, output, terminal: process.stdin.isTTY })
const lines = input[Symbol.asyncIterator]()

async function ask(question: string, secret = false): Promise<string> {
  process.stderr.write(question)
  isSecret = secret
  const { value } = await lines.next()
  if (secret) process.stderr.write('\n')
  isSecret = false
  return value ?? ''
}

if (command === 'start') {
  process.exitCode = await startCommand(words, { say: (line) => console.log(line) })
} else if (command === 'verify-record') {
  process.exitCode = await verifyRecordCommand(words, { say: (line) => console.log(line), ask })
} else {
  console.error(`Usage: npm run desk -- ${startUsage}\n       npm run desk -- ${verifyRecordUsage}`)
  process.exitCode = 2
}
input.close()

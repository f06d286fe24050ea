import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { unwrapStore } from '../open-store.ts'
import type { EndMark } from './end-mark.ts'
import { describeFlaw, verifyRecord, type Verdict } from './verify-record.ts'

export interface Typed {
  readonly say: (line: string) => void
  /** Asks for a line; a secret is not shown while it is typed. */
  readonly ask: (question: string, isSecret?: boolean) => Promise<string>
}

export const verifyRecordUsage =
  'verify-record <folder> [--user <name>] [--passphrase-file <file>] [--exercises] [--against "<number> <hash>"]'

/** Follows the record of a Desk's folder; 0 where it holds, 1 where it does not, 2 where it could not be read. */
export async function verifyRecordCommand(words: readonly string[], { say, ask }: Typed): Promise<number> {
  const read = readWords(words)
  if (!read) {
    say(`Usage: ${verifyRecordUsage}`)
    return 2
  }
  const { folder, values, kept } = read
  const name = values.user ?? (await ask('Name: '))
  const file = values['passphrase-file']
  const passphrase =
    file === undefined
      ? await ask('Passphrase: ', true)
      : (await readFile(resolve(file), 'utf8')).replace(/\r?\n$/, '')
  const part = values.exercises ? 'exercises' : 'record'
  const found = await unwrapStore(resolve(folder), { name, passphrase }, part)
  if (!found) {
    say('There is no Desk in this folder, or name and passphrase do not fit.')
    return 2
  }
  const verdict = await verifyRecord(found.folder, found.key, kept)
  found.key.fill(0)
  for (const line of describe(verdict)) say(line)
  return verdict.flaws.length === 0 ? 0 : 1
}

/** What was typed behind the command; nothing where it was not understood. */
function readWords(words: readonly string[]) {
  try {
    const { positionals, values } = parseArgs({ args: [...words], allowPositionals: true, options })
    const [folder, ...more] = positionals
    const kept = values.against === undefined ? undefined : readEnd(values.against)
    const isUnderstood = more.length === 0 && (values.against === undefined || kept !== undefined)
    return folder === undefined || !isUnderstood ? undefined : { folder, values, kept }
  } catch (fault) {
    if (fault instanceof TypeError) return undefined
    throw fault
  }
}

const options = {
  user: { type: 'string' },
  'passphrase-file': { type: 'string' },
  exercises: { type: 'boolean' },
  against: { type: 'string' },
} as const

/** An end as it is shown when a Desk is locked: a number, and a hash or how it begins. */
function readEnd(text: string): EndMark | undefined {
  const [, n, hash] = /^\s*(\d+)\s+([0-9a-f]{8,64})\s*$/i.exec(text.replaceAll('-', '')) ?? []
  return n === undefined || hash === undefined ? undefined : { n: Number(n), hash: hash.toLowerCase() }
}

function describe({ length, end, attachments, flaws, unfinished }: Verdict): readonly string[] {
  return [
    flaws.length === 0
      ? `The record holds: ${length} lines and ${attachments} attachments.`
      : `The record does not hold. ${length} lines and ${attachments} attachments can be read.`,
    ...flaws.map(
      ({ flaw, noted }) =>
        `- ${describeFlaw(flaw)}${noted ? ` Noted by ${noted.by} on ${noted.at.toISOString()} (line ${noted.n}).` : ''}`,
    ),
    ...(unfinished > 0
      ? [
          `Behind it stand ${unfinished} bytes of a line that was never finished; opening the Desk cuts them off.`,
        ]
      : []),
    `End: ${end.n} ${end.hash}`,
  ]
}

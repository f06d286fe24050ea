import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { amal, beginDesk, emptyFolder, filesIn, note, valueOf } from '../../test/desk-folder.ts'
import { createRecord, openRecord } from './open-record.ts'
import { describeFlaw, verifyRecord } from './verify-record.ts'

/** A record of nine notes and an attachment, its lines to be tampered with. */
async function nineNotes() {
  const folder = emptyFolder()
  const key = randomBytes(32)
  await createRecord(folder, key)
  await addNotes(folder, key, 9)
  const path = join(folder, 'lines')
  return {
    folder,
    key,
    /** Changes the file's lines; line 0 is its head. */
    change: (how: (lines: string[]) => readonly string[]) => {
      const lines = readFileSync(path, 'latin1').trimEnd().split('\n')
      writeFileSync(path, `${how(lines).join('\n')}\n`)
    },
    flaws: async (kept?: { readonly n: number; readonly hash: string }) =>
      (await verifyRecord(folder, key, kept)).flaws.map(({ flaw }) => describeFlaw(flaw)),
  }
}

async function addNotes(folder: string, key: Buffer, count: number) {
  const record = await openRecord(folder, Buffer.from(key))
  for (let number = 0; number < count; number += 1)
    valueOf(
      await record.append({
        ...note(`note ${number}`),
        files: number === 4 ? [{ name: 'iocs.csv', bytes: Buffer.from('1,2') }] : [],
      }),
    )
  const end = record.end()
  await record.close()
  return end
}

test('a record that nobody touched holds', async () => {
  const { folder, key } = await nineNotes()
  expect(await verifyRecord(folder, key)).toMatchObject({
    length: 9,
    attachments: 1,
    flaws: [],
    unfinished: 0,
  })
})

test('POC-35: any one byte that is changed is noticed, and the line is named', async () => {
  const { folder, key } = await nineNotes()
  const path = join(folder, 'lines')
  const file = readFileSync(path)
  let line = 0
  for (const [at, byte] of file.entries()) {
    if (at % 7 === 0 || byte === 10) {
      const changed = Buffer.from(file)
      changed[at] = byte === 65 ? 66 : 65
      writeFileSync(path, changed)
      const { flaws } = await verifyRecord(folder, key)
      // A line feed that is changed in the head joins head and first line.
      expect([at, flaws[0]?.flaw.line]).toEqual([at, line])
    }
    if (byte === 10) line += 1
  }
})

test('a line that was dropped is named', async () => {
  const { change, flaws } = await nineNotes()
  change((lines) => lines.toSpliced(4, 1))
  expect(await flaws()).toEqual(['line 4 is missing.'])
})

test('several lines that were dropped are named', async () => {
  const { change, flaws } = await nineNotes()
  change((lines) => lines.toSpliced(4, 3))
  expect(await flaws()).toEqual(['lines 4 to 6 are missing.'])
})

test('two lines that were put in another order are named', async () => {
  const { change, flaws } = await nineNotes()
  change((lines) => lines.with(4, lines[5] ?? '').with(5, lines[4] ?? ''))
  expect(await flaws()).toEqual([
    'line 4 was moved: it stands where line 6 should.',
    'line 5 was moved: it stands where line 4 should.',
  ])
})

test('a line that was written twice is named', async () => {
  const { change, flaws } = await nineNotes()
  change((lines) => lines.toSpliced(6, 0, lines[3] ?? ''))
  expect(await flaws()).toEqual(['line 3 was moved: it stands where line 6 should.'])
})

test('an end that was cut off is noticed', async () => {
  const { change, flaws } = await nineNotes()
  change((lines) => lines.slice(0, 8))
  expect(await flaws()).toEqual(['lines 8 to 9, the last ones, were cut off.'])
})

test('an end that was cut off with its mark is noticed, too', async () => {
  const { folder, change, flaws } = await nineNotes()
  change((lines) => lines.slice(0, 8))
  truncateSync(join(folder, 'end'), 0)
  expect(await flaws()).toEqual([
    'the mark of the end is gone or was changed: whether lines behind line 7 were cut off cannot be told.',
  ])
})

test('an older copy of the whole folder does not contain the end that somebody kept', async () => {
  const { folder, key, flaws } = await nineNotes()
  const older = emptyFolder()
  cpSync(folder, older, { recursive: true })
  const kept = await addNotes(folder, key, 2)
  expect(await flaws({ ...kept, hash: kept.hash.slice(0, 12) })).toEqual([])
  rmSync(folder, { recursive: true })
  cpSync(older, folder, { recursive: true })
  expect(await flaws(kept)).toEqual(['the end that you kept, line 11, is not in it.'])
})

test('a line from another record is named', async () => {
  const [one, other] = [await nineNotes(), await nineNotes()]
  const [, , , , , line = ''] = readFileSync(join(other.folder, 'lines'), 'latin1').split('\n')
  one.change((lines) => lines.with(5, line))
  expect((await one.flaws())[0]).toBe('line 5 is not of this record.')
})

test('lines of a copy that went on elsewhere are named', async () => {
  const { folder, key, change, flaws } = await nineNotes()
  const copy = emptyFolder()
  cpSync(folder, copy, { recursive: true })
  await addNotes(folder, key, 3)
  await addNotes(copy, key, 3)
  const elsewhere = readFileSync(join(copy, 'lines'), 'latin1').trimEnd().split('\n')
  change((lines) => [...lines.slice(0, 11), ...elsewhere.slice(11)])
  expect((await flaws())[0]).toBe('line 11 is of a copy of this record that went on elsewhere.')
})

test('an attachment that was changed or taken away is named with its line', async () => {
  const { folder, flaws } = await nineNotes()
  const [name = ''] = readdirSync(join(folder, 'files'))
  const path = join(folder, 'files', name)
  writeFileSync(path, readFileSync(path).fill(0, 20, 21))
  expect((await flaws())[0]).toMatch(/^an attachment of line 5 was changed \(SHA-256 [0-9a-f]{64}\)/)
  rmSync(path)
  expect((await flaws())[0]).toMatch(/^an attachment of line 5 is missing/)
})

test('verify-record asks for name and passphrase, says what is wrong, and changes nothing', async () => {
  const { store, record, folder } = await beginDesk()
  for (const text of ['one', 'two']) valueOf(await record.append(note(text)))
  const { n, hash } = record.end()
  await store.close()
  expect(verify([folder], `${amal.name}\n${amal.passphrase}\n`)).toEqual({
    status: 0,
    said: `The record holds: 3 lines and 0 attachments.\nEnd: ${n} ${hash}\n`,
  })
  expect(verify([folder], `${amal.name}\nanother passphrase\n`).status).toBe(2)
  const path = join(folder, 'store/record/lines')
  writeFileSync(path, readFileSync(path, 'latin1').replace(/^2 .*\n/m, ''))
  const before = filesIn(folder)
  const secret = join(emptyFolder(), 'secret')
  writeFileSync(secret, `${amal.passphrase}\n`)
  expect(verify([folder, '--user', amal.name, '--passphrase-file', secret], '')).toEqual({
    status: 1,
    said: `The record does not hold. 2 lines and 0 attachments can be read.\n- line 2 is missing.\nEnd: ${n} ${hash}\n`,
  })
  expect(verify([folder, '--exercises'], `${amal.name}\n${amal.passphrase}\n`).status).toBe(0)
  expect(filesIn(folder)).toEqual(before)
  // Four programs are started, one after the other.
}, 120_000)

test.each([[[]], [['one', 'two']], [['one', '--never-heard-of']], [['one', '--against', 'yesterday']]])(
  'verify-record with the words %j says how it is used',
  (words) => {
    const { status, said } = verify(words, '')
    expect([status, said.startsWith('Usage: verify-record <folder>')]).toEqual([2, true])
  },
)

function verify(words: readonly string[], input: string) {
  const program = new URL('../cli.ts', import.meta.url).pathname
  const { status, stdout } = spawnSync(process.execPath, [program, 'verify-record', ...words], {
    input,
    encoding: 'utf8',
  })
  return { status, said: stdout }
}

import { randomBytes } from 'node:crypto'
import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { linkHash, verifyChain } from '@parley/kernel'
import { expect, test } from 'vitest'
import { emptyFolder, filesIn, note, notesIn, refusalOf, valueOf } from '../../test/desk-folder.ts'
import { firstPlace, sealedPart, sealLine } from './line.ts'
import { createRecord, openRecord, readRecord } from './open-record.ts'
import { nonceLength } from './seal.ts'

async function newRecord() {
  const folder = emptyFolder()
  const key = randomBytes(32)
  await createRecord(folder, key)
  const open = () => openRecord(folder, Buffer.from(key))
  return { folder, key, open, path: join(folder, 'lines'), record: await open() }
}

test('POC-35: what was written down is read again after closing, in its order and with who and when', async () => {
  const { record, open } = await newRecord()
  for (const text of ['one', 'دو', '三']) valueOf(await record.append(note(text)))
  await record.close()
  expect(record.lines()).toEqual([])
  const again = await open()
  expect(notesIn(again)).toEqual(['one', 'دو', '三'])
  expect(again.lines()[2]).toMatchObject({ n: 3, by: 'Amal Haddad', at: new Date('2026-11-27T03:00:00Z') })
  await again.close()
})

test('many that write at the same time are all kept, one after the other', async () => {
  const { record, open } = await newRecord()
  const texts = Array.from({ length: 200 }, (_, number) => `note ${number}`)
  const lines = await Promise.all(texts.map((text) => record.append(note(text))))
  expect(lines.map((line) => valueOf(line).n)).toEqual(texts.map((_, number) => number + 1))
  await record.close()
  expect(notesIn(await open())).toEqual(texts)
})

test('closing waits for what is being written; afterwards the record is locked', async () => {
  const { record, open } = await newRecord()
  const writing = Array.from({ length: 20 }, (_, number) =>
    record.append({ ...note(`note ${number}`), files: [{ name: 'a', bytes: randomBytes(9) }] }),
  )
  await record.close()
  for (const each of writing) valueOf(await each)
  expect(refusalOf(await record.append(note('too late')))).toBe('desk/locked')
  expect(refusalOf(await record.readFile('0'))).toBe('desk/locked')
  const again = await open()
  expect(notesIn(again)).toHaveLength(20)
  for (const line of again.lines())
    for (const { sha } of line.files) expect(valueOf(await again.readFile(sha))).toHaveLength(9)
})

test('no nonce is used twice, not even for the same text at the same place', async () => {
  const { record, path, key } = await newRecord()
  await Promise.all(Array.from({ length: 3_000 }, () => record.append(note('the same'))))
  await record.close()
  const nonces = readFileSync(path, 'latin1').trim().split('\n').slice(1).map(nonceOf)
  const again = Array.from({ length: 3_000 }, () => nonceOf(sealLine(key, firstPlace('0'), 'the same').text))
  expect(new Set([...nonces, ...again]).size).toBe(6_000)
})

function nonceOf(line: string): string {
  return sealedPart(line).toString('hex', 0, nonceLength)
}

test('the lines are a chain of the kernel', async () => {
  const { record, path } = await newRecord()
  for (const text of ['one', 'two', 'three']) valueOf(await record.append(note(text)))
  const texts = readFileSync(path, 'latin1').trim().split('\n')
  const hashes = texts.slice(1).map((text) => text.split(' ')[1] ?? '')
  const links = async function* () {
    for (const [at, content] of texts.entries())
      yield { content, hash: hashes[at] ?? (await linkHash(hashes.at(-1) ?? '', content)) }
  }
  expect(await verifyChain(links())).toEqual({ length: 4, last: record.end().hash })
})

test('an unfinished last line is cut off when the record is opened, and it is said', async () => {
  const { record, open, path } = await newRecord()
  for (const text of ['one', 'two']) valueOf(await record.append(note(text)))
  await record.close()
  appendFileSync(path, '3 0000')
  const again = await open()
  expect(again.cutOff).toBe(6)
  expect(again.breaks()).toEqual([])
  valueOf(await again.append(note('three')))
  await again.close()
  const third = await open()
  expect([notesIn(third), third.cutOff]).toEqual([['one', 'two', 'three'], 0])
})

test('a confirmed line that is cut is never taken for an unfinished one', async () => {
  const { record, open, path } = await newRecord()
  for (const text of ['one', 'two']) valueOf(await record.append(note(text)))
  await record.close()
  truncateSync(path, readFileSync(path).length - 1)
  const before = readFileSync(path)
  const again = await open()
  expect(again.breaks()).toEqual([{ what: 'end-missing', line: 2, to: 2 }])
  expect([again.cutOff, notesIn(again)]).toEqual([0, ['one']])
  expect(refusalOf(await again.append(note('three')))).toBe('desk/record-damaged')
  expect(readFileSync(path)).toEqual(before)
})

test('once damage is noted the record goes on, and says for ever who noted what', async () => {
  const { record, open, path, folder, key } = await newRecord()
  for (const text of ['one', 'two', 'three']) valueOf(await record.append(note(text)))
  await record.close()
  const lines = readFileSync(path, 'latin1').split('\n')
  writeFileSync(path, lines.map((line, at) => (at === 2 ? line.replace(/.$/, '!') : line)).join('\n'))
  const again = await open()
  expect([notesIn(again), again.breaks()]).toEqual([['one', 'three'], [{ what: 'line-changed', line: 2 }]])
  valueOf(await again.noteDamage({ at: new Date(0), by: 'Amal Haddad' }))
  valueOf(await again.append(note('four')))
  await again.close()
  const third = await open()
  expect([notesIn(third), third.breaks()]).toEqual([['one', 'three', 'four'], []])
  expect(third.lines()[2]).toMatchObject({ content: { places: [{ what: 'line-changed', line: 2 }] } })
  expect((await readRecord(folder, key)).breaks).toEqual([{ what: 'line-changed', line: 2 }])
})

test('a record whose file is gone opens, and says so', async () => {
  const { record, open, path } = await newRecord()
  valueOf(await record.append(note('one')))
  await record.close()
  truncateSync(path, 0)
  const again = await open()
  expect(again.breaks().map(({ what }) => what)).toEqual(['head-changed', 'end-missing'])
  valueOf(await again.noteDamage({ at: new Date(0), by: 'Amal Haddad' }))
  valueOf(await again.append(note('two')))
  await again.close()
  expect(notesIn(await open())).toEqual(['two'])
})

test('a line of a newer version is kept and shown as such', async () => {
  const { record, open, key, path } = await newRecord()
  valueOf(await record.append(note('one')))
  const { n, hash } = record.end()
  await record.close()
  const newer = {
    at: '2027-01-01T00:00:00Z',
    by: 'Amal',
    what: 'case.weighed',
    case: 'c',
    content: { grams: 3 },
  }
  const place = {
    ...firstPlace(readFileSync(path, 'latin1').split(/[ \n]/)[2] ?? ''),
    n: n + 1,
    before: hash,
  }
  appendFileSync(path, `${sealLine(key, place, JSON.stringify(newer)).text}\n`)
  const again = await open()
  expect(again.lines()[1]).toMatchObject({
    known: false,
    what: 'case.weighed',
    case: 'c',
    content: { grams: 3 },
  })
  valueOf(await again.append(note('three')))
  expect(again.breaks()).toEqual([])
})

test('attachments are read by their hash, each under a nonce and a name of its own that tells nothing', async () => {
  const { record, folder } = await newRecord()
  const bytes = Buffer.from('indicators of the incident '.repeat(100))
  const line = valueOf(
    await record.append({
      ...note('with files'),
      files: ['iocs.csv', 'same.csv'].map((name) => ({ name, bytes })),
    }),
  )
  const [one, other] = line.files
  expect([one?.name, other?.name, one?.sha === other?.sha]).toEqual(['iocs.csv', 'same.csv', true])
  expect(valueOf(await record.readFile(one?.sha ?? ''))).toEqual(bytes)
  expect(refusalOf(await record.readFile('0'.repeat(64)))).toBe('desk/file-missing')
  const files = [...filesIn(join(folder, 'files'))]
  expect(files).toHaveLength(1)
  expect(files[0]?.[0]).toMatch(/^[0-9a-f]{64}$/)
  expect(files[0]?.[0]).not.toBe(one?.sha)
  writeFileSync(join(folder, 'files', files[0]?.[0] ?? ''), Buffer.alloc(200))
  expect(refusalOf(await record.readFile(one?.sha ?? ''))).toBe('desk/file-changed')
})

test('the same attachment at the same time is whole, and one that was damaged is kept anew', async () => {
  const { record, folder } = await newRecord()
  const files = [{ name: 'iocs.csv', bytes: Buffer.alloc(300_000, 'ioc;') }]
  const append = async () =>
    valueOf(await record.append({ ...note('with a file'), files })).files[0]?.sha ?? ''
  const shas = await Promise.all(Array.from({ length: 8 }, append))
  expect([...filesIn(join(folder, 'files'))]).toHaveLength(1)
  expect(valueOf(await record.readFile(shas[0] ?? ''))).toEqual(files[0]?.bytes)
  const [name = ''] = filesIn(join(folder, 'files')).keys()
  writeFileSync(join(folder, 'files', name), 'damaged')
  expect(valueOf(await record.readFile(await append()))).toEqual(files[0]?.bytes)
})

test('what is not the content of such a line is not written', async () => {
  const { record } = await newRecord()
  // @ts-expect-error: the types forbid it, too
  await expect(record.append({ ...note(''), what: 'duty.taken' })).rejects.toThrow('does not say this')
  expect(record.end().n).toBe(0)
})

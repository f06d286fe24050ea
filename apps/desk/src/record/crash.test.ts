import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { emptyFolder, filesIn, note, notesIn, valueOf } from '../../test/desk-folder.ts'
import { createRecord, openRecord, readRecord } from './open-record.ts'

const program = new URL('../../test/write-notes.ts', import.meta.url).pathname

test(
  'a record that is killed again and again loses no line that was confirmed',
  { timeout: 180_000 },
  async () => {
    const { folder, key } = await newRecord()
    let confirmed = 0
    for (let round = 0; round < 8; round += 1) {
      const child = await startWriter(folder, key)
      expect(child.started).toBeGreaterThanOrEqual(confirmed)
      for (let line = 0; line < 400; line += 1) child.send(`${50 + ((line * 37) % 800)}`)
      await child.until((said) => said.length > 20 + round * 7)
      child.process.kill('SIGKILL')
      await child.ended
      confirmed = Math.max(confirmed, ...child.said.map((word) => Number(word.replace('kept ', ''))))
      const { breaks, lines } = await readRecord(folder, key)
      expect(breaks).toEqual([])
      expect(lines.length).toBeGreaterThanOrEqual(confirmed)
    }
    expect(confirmed).toBeGreaterThan(100)
  },
)

test(
  'on a full disk nothing is half-written, and once there is space the record goes on',
  { timeout: 120_000 },
  async () => {
    const { folder, key } = await newRecord()
    const child = await startWriter(folder, key)
    limitFiles(child.process, '60000')
    for (let line = 0; line < 60; line += 1) {
      child.send('1500')
      await child.until((said) => said.length > line)
    }
    const kept = child.said.filter((word) => word.startsWith('kept')).length
    expect(kept).toBeGreaterThan(10)
    expect(new Set(child.said.slice(kept))).toEqual(new Set(['desk/disk-full']))
    const full = await readRecord(folder, key)
    expect([full.breaks, full.lines.length, full.unfinished]).toEqual([[], kept, 0])
    expect([...filesIn(folder).keys()].filter((name) => name.endsWith('.new'))).toEqual([])
    limitFiles(child.process, 'unlimited')
    child.send('1500')
    await child.until((said) => said.length > 60)
    expect(child.said.at(-1)).toBe(`kept ${kept + 1}`)
    child.process.kill('SIGKILL')
    await child.ended
    const after = await readRecord(folder, key)
    expect([after.breaks, after.lines.length]).toEqual([[], kept + 1])
  },
)

test(
  'POC-35: whatever is cut off in a crash, nothing that was confirmed is lost',
  { timeout: 180_000 },
  async () => {
    const act = fc.oneof(
      fc.record({
        act: fc.constant('append' as const),
        texts: fc.array(fc.string(), { minLength: 1, maxLength: 4 }),
      }),
      fc.record({
        act: fc.constant('kill' as const),
        texts: fc.array(fc.string(), { minLength: 1, maxLength: 3 }),
        /** How much of what was being written reached the disk, and whether its mark did. */
        share: fc.double({ min: 0, max: 1, noNaN: true }),
        isMarked: fc.constantFrom('before', 'torn', 'after'),
      }),
      fc.record({ act: fc.constant('reopen' as const) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
        const { folder, key } = await newRecord()
        let record = await openRecord(folder, Buffer.from(key))
        let confirmed: readonly string[] = []
        for (const each of acts) {
          if (each.act === 'append') {
            const lines = await Promise.all(each.texts.map((text) => record.append(note(text))))
            lines.map(valueOf)
            confirmed = [...confirmed, ...each.texts]
          } else {
            await record.close()
            if (each.act === 'kill') await crash(folder, key, each)
            record = await openRecord(folder, Buffer.from(key))
            const seen = notesIn(record)
            expect(record.breaks()).toEqual([])
            expect(seen.slice(0, confirmed.length)).toEqual(confirmed)
            // What nobody was told of may be there all the same, in its order.
            const more = each.act === 'kill' ? each.texts : []
            expect(more.slice(0, seen.length - confirmed.length)).toEqual(seen.slice(confirmed.length))
            confirmed = seen
          }
        }
        await record.close()
      }),
      { numRuns: 60 },
    )
  },
)

test('POC-35: an act of several lines is there whole or not at all, wherever a crash cuts it', async () => {
  const { folder, key } = await newRecord()
  const [lines, end] = [join(folder, 'lines'), join(folder, 'end')]
  const record = await openRecord(folder, Buffer.from(key))
  valueOf(await record.append(note('before')))
  const [marks, before] = [readFileSync(end), readFileSync(lines).length]
  valueOf(await record.appendAll([note('one'), note('two'), note('three')]))
  await record.close()
  const whole = readFileSync(lines)
  for (let size = before; size < whole.length; size += 11) {
    writeFileSync(lines, whole.subarray(0, size))
    writeFileSync(end, marks)
    const again = await openRecord(folder, Buffer.from(key))
    expect([again.breaks(), notesIn(again)]).toEqual([[], ['before']])
    valueOf(await again.append(note('after')))
    await again.close()
    const { breaks, lines: read } = await readRecord(folder, key)
    expect([breaks, read.length]).toEqual([[], 2])
  }
  writeFileSync(lines, whole)
  writeFileSync(end, marks)
  const last = await openRecord(folder, Buffer.from(key))
  expect(notesIn(last)).toEqual(['before', 'one', 'two', 'three'])
  await last.close()
})

test('POC-35: on a full disk an act of several lines is refused whole', { timeout: 120_000 }, async () => {
  const { folder, key } = await newRecord()
  const child = await startWriter(folder, key)
  limitFiles(child.process, '20000')
  for (let act = 0; act < 8; act += 1) {
    child.send('900 901 902 903')
    await child.until((said) => said.length > act)
  }
  const kept = child.said.filter((word) => word.startsWith('kept')).length
  expect([kept > 1, kept < 8]).toEqual([true, true])
  child.process.kill('SIGKILL')
  await child.ended
  const { breaks, lines, unfinished } = await readRecord(folder, key)
  expect([breaks, lines.length, unfinished]).toEqual([[], kept * 4, 0])
})

interface Crash {
  readonly texts: readonly string[]
  readonly share: number
  readonly isMarked: string
}

/** Leaves the folder as a crash in the middle of writing these notes would: the mark only once the lines are there. */
async function crash(folder: string, key: Buffer, { texts, share, isMarked }: Crash): Promise<void> {
  const path = join(folder, 'lines')
  const marksBefore = readFileSync(join(folder, 'end'))
  const before = readFileSync(path).length
  const record = await openRecord(folder, Buffer.from(key))
  await Promise.all(texts.map((text) => record.append(note(text))))
  await record.close()
  const after = readFileSync(path).length
  const cutAt = before + Math.round((after - before) * share)
  if (cutAt < after || isMarked === 'before') {
    truncateSync(path, cutAt)
    writeFileSync(join(folder, 'end'), marksBefore)
  } else if (isMarked === 'torn') {
    const marksAfter = readFileSync(join(folder, 'end'))
    const changed = marksAfter.findIndex((byte, at) => byte !== marksBefore[at])
    writeFileSync(
      join(folder, 'end'),
      Buffer.concat([marksAfter.subarray(0, changed + 20), marksBefore.subarray(changed + 20)]),
    )
  }
}

async function newRecord(): Promise<{ readonly folder: string; readonly key: Buffer }> {
  const folder = join(emptyFolder(), 'record')
  const key = randomBytes(32)
  await createRecord(folder, key)
  return { folder, key }
}

/** As a disk that is full: files of this process may not grow beyond so many bytes. */
function limitFiles({ pid }: ChildProcess, bytes: string): void {
  const { status, stderr } = spawnSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`])
  if (status !== 0) throw new Error(`prlimit: ${String(stderr)}`)
}

async function startWriter(folder: string, key: Buffer) {
  const child = spawn(process.execPath, [program, folder, key.toString('hex')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = once(child, 'exit')
  const said: string[] = []
  const waiting = new Set<() => void>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    said.push(line)
    for (const wake of waiting) wake()
  })
  const until = async (isSo: (said: readonly string[]) => boolean): Promise<void> => {
    while (!isSo(said)) {
      const { promise, resolve } = Promise.withResolvers<void>()
      waiting.add(resolve)
      await promise
      waiting.delete(resolve)
    }
  }
  await until((words) => words.length > 0)
  const started = Number(said.shift()?.replace('open ', ''))
  child.stdin.on('error', () => undefined)
  return {
    process: child,
    ended,
    said,
    started,
    until,
    send: (line: string) => child.stdin.write(`${line}\n`),
  }
}

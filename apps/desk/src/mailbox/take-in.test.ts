import { createHash } from 'node:crypto'
import type { Result } from '@parley/kernel'
import { describeFile } from '@parley/protocol'
import { processorTime } from '@parley/testkit'
import { describe, expect, test, vi } from 'vitest'
import { beginDesk, refusalOf, valueOf } from '../../test/desk-folder.ts'
import { deliveredAgain, merrow, parleyMail, parleyMessage, plainMail } from '../../test/mails.ts'
import type { KnownLine } from '../record/events.ts'
import type { Sender } from '../snapshot/find-sender.ts'
import type { Correspondents } from './correspondents.ts'
import { openMailReader } from './mail-reader.ts'
import { type Taken, takeIn, takeInAll } from './take-in.ts'

const at = new Date('2026-11-27T02:12:00Z')
const by = 'desk@cirt.example'

async function openedDesk(correspondents?: Correspondents) {
  const desk = await beginDesk()
  const take = async (raw: Uint8Array) =>
    valueOf(await takeIn(desk, raw, { at, by, ...(correspondents && { correspondents }) }))
  return { ...desk, take }
}

function received({ record }: Pick<Awaited<ReturnType<typeof openedDesk>>, 'record'>) {
  return record
    .lines()
    .filter((line): line is KnownLine<'message.received'> => line.what === 'message.received' && line.known)
}

function warningsOf(desk: Parameters<typeof received>[0]): readonly string[] {
  return received(desk).at(-1)?.content.warnings ?? []
}

const listed = { ...merrow, name: merrow.entity, isDisputed: false }

function knowing(address: string, sender: Sender): Correspondents {
  return { findSender: (asked) => (asked === address ? sender : 'unknown'), keysOf: () => [] }
}

describe('where a mail goes', () => {
  test('POC-32: an inquiry in Parley’s form opens a case, with what it asks and its clock, from when it came', async () => {
    const desk = await openedDesk()
    const message = parleyMessage()
    const taken = await desk.take(parleyMail(message))
    expect(taken).toMatchObject({ kind: 'new', isExercise: false })
    const [opened] = [...desk.cases.all()]
    expect(opened).toMatchObject({
      side: 'theirs',
      counterpart: merrow,
      reference: 'K7QM-4TXD',
      isOpen: true,
    })
    expect(opened?.timed.theirs?.until.toISOString()).toBe('2026-11-27T08:12:00.000Z')
    expect(received(desk)[0]?.content).toMatchObject({ message: { id: message.id }, tlp: 'AMBER' })
    expect(received(desk)[0]?.content.text).toContain('Las bombas del puerto')
  })

  test('an answer finds its case by the thread; one without it by the e-mail that it answers, or by the spoken reference', async () => {
    const desk = await openedDesk()
    const message = parleyMessage()
    await desk.take(parleyMail(message))
    const [{ id } = { id: '' }] = [...desk.cases.all()]
    const again = parleyMessage({ thread: message.thread, kind: 'update', values: {} })
    const reply = plainMail('We write with Mutt.', { 'In-Reply-To': `<${message.id}@merrow.example>` })
    const spoken = plainMail('About K7QM-4TXD, as I said on the telephone.')
    for (const each of [parleyMail(again), reply, spoken])
      expect(await desk.take(each)).toMatchObject({ kind: 'new', case: id })
    expect([...desk.cases.all()]).toHaveLength(1)
    expect(desk.mails.unfiled()).toEqual([])
  })

  test('RULE-2: plain mail that belongs to no case waits for a person, and is then put where it belongs', async () => {
    const desk = await openedDesk()
    await desk.take(parleyMail(parleyMessage()))
    const [{ id } = { id: '' }] = [...desk.cases.all()]
    const taken = await desk.take(plainMail('Do you know 198.51.100.7?'))
    expect(taken).not.toHaveProperty('case')
    expect(desk.mails.unfiled().map(({ n }) => n)).toEqual([taken.line])
    const content = { line: taken.line }
    valueOf(await desk.record.append({ at, by, case: id, what: 'mail.filed', content }))
    expect(desk.mails.unfiled()).toEqual([])
    expect(desk.cases.find(id)?.lines.map(({ n }) => n)).toContain(taken.line)
    expect(desk.cases.search('198.51.100.7').map((each) => each.id)).toEqual([id])
  })

  test('several mails of one matter that come at once are one case', async () => {
    const desk = await openedDesk()
    const first = parleyMessage()
    const next = parleyMessage({ thread: first.thread, kind: 'update', values: {} })
    const raws = [parleyMail(first), parleyMail(next), deliveredAgain(parleyMail(first))]
    const taken = valueOf(
      await takeInAll(
        desk,
        raws.map((raw) => ({ raw, at })),
        { by },
      ),
    )
    expect(taken.map(({ kind }) => kind)).toEqual(['new', 'new', 'known'])
    expect([...desk.cases.all()]).toHaveLength(1)
  })

  test('a locked Desk takes nothing in, and says so', async () => {
    const desk = await beginDesk()
    await desk.store.lock()
    expect(refusalOf(await takeIn(desk, plainMail('x'), { at, by }))).toBe('desk/locked')
  })
})

describe('POC-35: bad input', () => {
  test('POC-35: the same mail delivered twice counts once, whichever way it took', async () => {
    const desk = await openedDesk()
    const mail = parleyMail(parleyMessage())
    const first = await desk.take(mail)
    for (const again of [mail, deliveredAgain(mail), Buffer.from(mail.toString().replaceAll('\r\n', '\n'))])
      expect(await desk.take(again)).toEqual({ kind: 'known', line: first.line })
    expect(received(desk)).toHaveLength(1)
  })

  test('POC-35: a mail that has the id of another and says something else is taken in, and said so', async () => {
    const desk = await openedDesk()
    const message = parleyMessage()
    await desk.take(parleyMail(message))
    const other = parleyMessage({ ...message, values: { known: 'Todo está bien.' } })
    expect(await desk.take(parleyMail(other))).toMatchObject({ kind: 'new' })
    expect(warningsOf(desk)).toContain('used-id')
  })

  test('POC-35: a broken machine part never hides the text', async () => {
    const desk = await openedDesk()
    const broken = parleyMail(parleyMessage())
      .toString()
      .replace(/(vnd\.parley[\s\S]*?\r\n\r\n)[A-Za-z0-9+/=\r\n]+/, '$1bm90IGpzb24=\r\n')
    await desk.take(Buffer.from(broken))
    expect(warningsOf(desk)).toEqual(['broken-machine-part'])
    expect(received(desk)[0]?.content.text).toContain('Las bombas del puerto')
    expect(desk.mails.unfiled()).toHaveLength(1)
  })

  test('POC-35: a machine part that says other than the text is not used, and its case is found all the same', async () => {
    const desk = await openedDesk()
    const first = parleyMessage()
    await desk.take(parleyMail(first))
    const next = parleyMessage({ thread: first.thread, tlp: 'GREEN' })
    const changed = parleyMail(next).toString().replaceAll('TLP:GREEN', 'TLP:RED')
    await desk.take(Buffer.from(changed))
    expect(warningsOf(desk)).toContain('not-the-same-text')
    expect(received(desk).at(-1)?.content).not.toHaveProperty('message')
    expect(received(desk).at(-1)?.content).not.toHaveProperty('tlp')
    expect([...desk.cases.all()]).toHaveLength(1)
  })

  test('RULE-4: a message whose reservations were cut off is shown with that on top', async () => {
    const desk = await openedDesk()
    const text = ['=== REAL ===', 'Inquiry', '', '| The pumps stopped.'].join('\n')
    await desk.take(plainMail(text))
    expect(warningsOf(desk)).toEqual(['reservations-missing'])
  })

  test('POC-35: a message in a newer template is shown as text, and told from a broken one', async () => {
    const desk = await openedDesk()
    const message = parleyMessage()
    const newer = parleyMail(message).toString()
    const json = /vnd\.parley[\s\S]*?\r\n\r\n([A-Za-z0-9+/=\r\n]+)/.exec(newer)?.[1] ?? ''
    const changed = Buffer.from(json, 'base64').toString().replace('"template":1', '"template":2')
    await desk.take(Buffer.from(newer.replace(json, `${Buffer.from(changed).toString('base64')}\r\n`)))
    expect(warningsOf(desk)).toEqual(['newer-template'])
  })

  test('EXERCISE of which none is known here is treated as real until clarified', async () => {
    const desk = await openedDesk()
    const message = parleyMessage({ nature: 'EXERCISE', exercise: 'Harbour Light' })
    expect(await desk.take(parleyMail(message))).toMatchObject({ isExercise: false })
    expect(warningsOf(desk)[0]).toBe('says-exercise')
    expect([...desk.cases.all()][0]?.nature).toBe('REAL')
    expect(desk.exercises.record.lines()).toEqual([])
  })

  test('what belongs to an exercise that is known here goes to its record, and a real message never does', async () => {
    const desk = await openedDesk()
    const message = parleyMessage({ nature: 'EXERCISE', exercise: 'Harbour Light' })
    const content = {
      title: 'Practice',
      side: 'ours',
      counterpart: merrow,
      nature: 'EXERCISE',
      exercise: 'Harbour Light',
      thread: message.thread,
    } as const
    valueOf(await desk.exercises.record.append({ at, by, case: 'one', what: 'case.opened', content }))
    expect(await desk.take(parleyMail(message))).toMatchObject({ isExercise: true, case: 'one' })
    const real = parleyMessage({ thread: message.thread })
    expect(await desk.take(parleyMail(real))).toMatchObject({ isExercise: false })
    expect(received(desk)).toHaveLength(1)
  })

  test('a sender that the directory does not know, that looks like another or that is another State’s opens no case', async () => {
    const address = 'duty@merrow.example'
    const other = { known: { state: 'QT', kind: 'technical', name: 'Taravia CERT', isDisputed: false } }
    for (const [sender, warning] of [
      ['unknown', 'sender-unknown'],
      [{ lookalike: { ...other.known, address } }, 'sender-lookalike'],
      [other, 'sender-other'],
      [{ known: { ...listed, isDisputed: true } }, 'sender-disputed'],
    ] as const) {
      const desk = await openedDesk(knowing(address, sender))
      expect(await desk.take(parleyMail(parleyMessage()))).not.toHaveProperty('case')
      expect(warningsOf(desk)).toEqual([warning])
    }
    const desk = await openedDesk(knowing(address, { known: listed }))
    await desk.take(parleyMail(parleyMessage()))
    expect([warningsOf(desk), [...desk.cases.all()].length]).toEqual([[], 1])
  })

  test('POC-30: a sender in doubt does nothing in a case: no acknowledgement, no channel, no consent', async () => {
    const desk = await openedDesk(knowing('duty@merrow.example', { known: listed }))
    const first = parleyMessage()
    await desk.take(parleyMail(first))
    const forged = parleyMessage({ thread: first.thread, kind: 'acknowledgement', tlp: 'GREEN', values: {} })
    await desk.take(parleyMail(forged, { from: 'duty@rnerrow.example' }))
    const [each] = [...desk.cases.all()]
    expect(warningsOf(desk)).toContain('sender-unknown')
    expect([each?.acknowledged, each?.lines.length]).toEqual([{}, 4])
  })

  test('RULE-5: a message of a third State never gets into the case of two others', async () => {
    const desk = await openedDesk()
    const first = parleyMessage()
    await desk.take(parleyMail(first))
    const third = parleyMessage({ thread: first.thread, from: { ...merrow, state: 'QT' }, tlp: 'GREEN' })
    expect(await desk.take(parleyMail(third))).not.toHaveProperty('case')
    expect(warningsOf(desk)).toContain('other-side')
    expect(desk.mails.unfiled()).toHaveLength(1)
  })

  test('files that are not those of the list are said so; the original and each file are kept, encrypted', async () => {
    const desk = await openedDesk()
    const file = { name: 'indicators.csv', bytes: new TextEncoder().encode('ioc;198.51.100.77') }
    const message = parleyMessage({ attachments: [await describeFile(file)] })
    const mail = parleyMail(message, { files: [file] })
    await desk.take(mail)
    expect(warningsOf(desk)).toEqual([])
    const [line] = received(desk)
    expect(line?.files.map(({ name }) => name)).toEqual(['original.eml', 'indicators.csv'])
    const original = valueOf(await desk.record.readFile(line?.content.original ?? ''))
    expect(original.equals(mail)).toBe(true)
    const swapped = mail
      .toString()
      .replace('aW9jOzE5OC41MS4xMDAuNzc=', Buffer.from('ioc;203.0.113.9').toString('base64'))
    await desk.take(Buffer.from(swapped.replaceAll(message.id, crypto.randomUUID())))
    expect(warningsOf(desk)).toContain('not-the-same-text')
    await desk.take(Buffer.from(swapped))
    expect(warningsOf(desk)).toContain('files-differ')
  })

  test(
    'POC-35: a mail with an attachment of 20 MB is opened, and its file has the hash that it had',
    { timeout: 60_000 },
    async () => {
      const desk = await openedDesk()
      const bytes = new Uint8Array(20 * 1024 * 1024).map((_, at) => (at * 7) % 251)
      const file = { name: 'image.bin', bytes }
      const mail = parleyMail(parleyMessage({ attachments: [await describeFile(file)] }), { files: [file] })
      const begun = processorTime()
      await desk.take(mail)
      expect(processorTime() - begun).toBeLessThan(15_000)
      expect(warningsOf(desk)).toEqual([])
      expect(received(desk)[0]?.files[1]?.sha).toBe(createHash('sha256').update(bytes).digest('hex'))
    },
  )

  test.each([
    ['deep nesting', nested(200)],
    ['huge headers', Buffer.from(`From: a@b.example\r\n${'X-Filler: y\r\n'.repeat(100_000)}\r\nHello`)],
    ['thousands of parts', manyParts(5_000)],
    [
      'a million empty lines',
      Buffer.concat([Buffer.from('From: a@b.example\n'), Buffer.alloc(1_000_000, '\n')]),
    ],
    ['no mail at all', Buffer.from([0xff, 0xfe, 0, 1, 2])],
    ['nothing', Buffer.alloc(0)],
  ])('POC-35: a parser bomb (%s) is kept whole, and the next mail is read', async (_, bomb) => {
    const desk = await openedDesk()
    const after = parleyMail(parleyMessage())
    const taken = valueOf(
      await takeInAll(
        desk,
        [bomb, after].map((raw) => ({ raw, at })),
        { by },
      ),
    )
    expect(taken.map(({ kind }) => kind)).toEqual(['new', 'new'])
    const [line] = received(desk)
    const kept: Result<Buffer> = await desk.record.readFile(line?.content.original ?? '')
    expect(valueOf(kept).equals(bomb)).toBe(true)
    expect([...desk.cases.all()]).toHaveLength(1)
  })

  test(
    'POC-35: what takes too long or too much is given up, kept whole, and the next mail is read',
    { timeout: 60_000 },
    async () => {
      const desk = await beginDesk()
      for (const measure of [{ longest: 1 }, { memory: 4 }]) {
        const reader = openMailReader(measure)
        const mail = plainMail('x'.repeat(4_000_000), { Subject: JSON.stringify(measure) })
        const taken: Taken = valueOf(await takeIn(desk, mail, { at, by, reader }))
        await reader.close()
        expect(taken.kind).toBe('new')
        expect(warningsOf(desk)).toEqual(['unreadable'])
      }
      await takeIn(desk, plainMail('Next'), { at, by })
      expect(warningsOf(desk)).toEqual([])
    },
  )

  test('POC-35: a fault while a mail is held against the directory loses none, and the next is read', async () => {
    const desk = await openedDesk({
      findSender: (address) => (address === 'bad@merrow.example' ? expect.unreachable() : undefined),
      keysOf: () => [],
    })
    await desk.take(plainMail('Trips us', { From: 'bad@merrow.example' }))
    expect(warningsOf(desk)).toEqual(['unreadable'])
    await desk.take(plainMail('Next'))
    expect(warningsOf(desk)).toEqual([])
  })

  test('POC-35: what a fault kept from being written down is not known the next time', async () => {
    const desk = await openedDesk()
    const mail = parleyMail(parleyMessage())
    const { appendAll } = desk.record
    const broken = vi.spyOn(desk.record, 'appendAll').mockRejectedValueOnce(new Error('the disk is gone'))
    await expect(desk.take(mail)).rejects.toThrow('the disk is gone')
    broken.mockImplementation(appendAll)
    expect(await desk.take(mail)).toMatchObject({ kind: 'new' })
    expect(received(desk)).toHaveLength(1)
  })

  test('RULE-1: HTML with remote images becomes text: nothing is fetched, and no address of theirs is left', async () => {
    const desk = await openedDesk()
    const html =
      '<p>Hello</p><img src="http://tracker.hostile.example/x.gif"><script>fetch("//x")</script><p>there</p>'
    await desk.take(
      plainMail(html, {
        'Content-Type': 'text/html; charset=utf-8',
        'Disposition-Notification-To': 'x@hostile.example',
      }),
    )
    expect(received(desk)[0]?.content.text).toBe('Hello\nthere')
  })
})

function nested(levels: number): Buffer {
  const open = Array.from(
    { length: levels },
    (_, at) => `Content-Type: multipart/mixed; boundary="b${at}"\r\n\r\n--b${at}\r\n`,
  )
  return Buffer.from(`From: a@b.example\r\n${open.join('')}\r\nHello`)
}

function manyParts(count: number): Buffer {
  const parts = `--b\r\nContent-Type: text/plain\r\n\r\nx\r\n`.repeat(count)
  return Buffer.from(
    `From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${parts}--b--\r\n`,
  )
}

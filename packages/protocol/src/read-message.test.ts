import fc from 'fast-check'
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { anyLine, anyMessage } from '../test/any-message.ts'
import { inquiry, valid } from '../test/messages.ts'
import { compareFiles, describeFile } from './attachments.ts'
import { machinePart, machineType, messageMail } from './message-mail.ts'
import { messageSubject, messageText } from './message-text.ts'
import { hasReservations, type MailPart, readMessageParts } from './read-message.ts'
import { reservations } from './reservations.ts'

const addressing = {
  from: { name: 'CERT Sarenia', address: 'cert@sarenia.example' },
  to: { name: 'الفريق الوطني للاستجابة', address: 'cert@toravia.example' },
  messageId: '<6a4c0c5e@sarenia.example>',
  attachments: [],
}

test('the e-mail of any message is read back by a mail library: text, machine part, files, headers', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyMessage,
      fc.uint8Array({ maxLength: 3_000 }),
      anyLine(60),
      async (message, bytes, name) => {
        const file = {
          name: `${name.replace(/[/\\]/g, '_').slice(0, 40).toWellFormed().trim()}.bin`,
          bytes: Uint8Array.from(bytes),
        }
        const sent = valid({ ...message, attachments: [await describeFile(file)] })
        const raw = messageMail(sent, { ...addressing, attachments: [file], inReplyTo: '<a@b.example>' })
        expect(
          new TextDecoder()
            .decode(raw)
            .split('\r\n')
            .every((line) => line.length <= 998 && /^[ -~\t]*$/.test(line)),
        ).toBe(true)
        const mail = await PostalMime.parse(raw)
        expect(mail.subject).toBe(messageSubject(sent))
        expect(mail.to?.[0]).toMatchObject(addressing.to)
        expect(mail).toMatchObject({
          messageId: addressing.messageId,
          inReplyTo: '<a@b.example>',
          references: '<a@b.example>',
        })
        const parts = partsOf(mail)
        expect(readMessageParts(parts)).toEqual({ kind: 'parley', message: sent, warnings: [] })
        const [, received] = mail.attachments
        expect(received?.filename).toBe(file.name)
        expect(new Uint8Array(contentOf(received))).toEqual(file.bytes)
      },
    ),
    { numRuns: 80 },
  )
})

test('an address, an id or a file that does not belong there is a fault', () => {
  const unlisted = { name: 'a.csv', bytes: new Uint8Array(3) }
  for (const wrong of [
    { to: { address: 'a@b.example\r\nBcc: c@d.example' } },
    { to: { address: 'a b@c.example' } },
    { from: { address: '' } },
    { messageId: 'no-brackets@a.example' },
    { inReplyTo: '<a@b>\r\nX: y' },
    { references: ['<a b@c>'] },
    { attachments: [unlisted] },
  ])
    expect(() => messageMail(inquiry, { ...addressing, ...wrong })).toThrow(TypeError)
  const named = messageMail(inquiry, {
    ...addressing,
    from: { name: 'A\r\nBcc: x@y.example', address: 'a@b.example' },
  })
  expect(new TextDecoder().decode(named)).not.toMatch(/^Bcc:/m)
})

test('a machine part that says other than the text is not used, and said so', () => {
  const parts = partsFor(messageText(inquiry), machinePart(valid({ ...inquiry, tlp: 'CLEAR' })))
  const { id, thread, reference } = inquiry
  expect(readMessageParts(parts)).toEqual({
    kind: 'parley',
    claimed: { id, thread, reference },
    warnings: ['not-the-same-text'],
  })
})

test.each([
  ['broken', '{"parley":"message"', 'broken-machine-part'],
  ['of a newer format', '{"parley":"message","version":2}', 'newer-format'],
  ['of a newer template', machinePart(inquiry).replace('"template":1', '"template":7'), 'newer-template'],
])('a machine part that is %s never hides the text', (_, json, warning) => {
  expect(readMessageParts(partsFor(messageText(inquiry), json))).toEqual({
    kind: 'parley',
    warnings: [warning],
  })
})

test('two machine parts, or bytes that are no UTF-8, are a broken one', () => {
  const [text, machine] = partsFor(messageText(inquiry), machinePart(inquiry))
  if (text === undefined || machine === undefined) throw new Error('no parts')
  const broken = { kind: 'parley', warnings: ['broken-machine-part'] }
  expect(readMessageParts([text, machine, machine])).toEqual(broken)
  expect(readMessageParts([text, { type: machineType, content: Uint8Array.of(0x7b, 0xff) }])).toEqual(broken)
})

test('RULE-4: a message whose reservations were cut off is said to lack them', () => {
  const text = messageText(inquiry)
  expect(hasReservations(text)).toBe(true)
  for (const reservation of reservations) {
    const cut = text
      .split('\n')
      .filter(
        (line) => !['ar', 'es'].some((each) => line.includes(reservation.text[each === 'ar' ? 'ar' : 'es'])),
      )
    expect(readMessageParts(partsFor(cut.join('\n'), machinePart(inquiry)))).toMatchObject({
      warnings: ['not-the-same-text', 'reservations-missing'],
    })
  }
  expect(readMessageParts(partsFor('Hello', '{'))).toMatchObject({
    warnings: ['broken-machine-part', 'reservations-missing'],
  })
})

test('an ordinary e-mail is plain mail', () => {
  expect(readMessageParts([{ type: 'text/plain; charset=utf-8', content: messageText(inquiry) }])).toEqual({
    kind: 'plain',
  })
  expect(readMessageParts([])).toEqual({ kind: 'plain' })
})

test('reading never throws, whatever the parts are', () => {
  const anyPart = fc.record({
    type: fc.constantFrom('text/plain', machineType, `${machineType}; charset=utf-8`, 'text/html'),
    content: fc.oneof(fc.string(), fc.json(), fc.uint8Array(), fc.constant(machinePart(inquiry))),
  })
  fc.assert(
    fc.property(fc.array(anyPart), (parts) => {
      expect(['plain', 'parley']).toContain(readMessageParts(parts).kind)
    }),
  )
})

test('files that came otherwise than the message lists them are named', async () => {
  const listed = await Promise.all([file('a', '1'), file('b', '2'), file('c', '3')].map(describeFile))
  const found = await compareFiles({ attachments: listed }, [file('a', '1'), file('b', 'x'), file('d', '4')])
  expect(found).toEqual({ missing: ['c'], different: ['b'], unlisted: ['d'] })
})

function file(name: string, text: string) {
  return { name, bytes: new TextEncoder().encode(text) }
}

function partsFor(text: string, json: string): readonly MailPart[] {
  return [
    { type: 'text/plain; charset=utf-8', content: text },
    { type: machineType, content: new TextEncoder().encode(json) },
  ]
}

type Email = Awaited<ReturnType<typeof PostalMime.parse>>

function partsOf(mail: Email): readonly MailPart[] {
  return [
    { type: 'text/plain', content: mail.text ?? '' },
    ...mail.attachments.map((each) => ({ type: each.mimeType, content: new Uint8Array(contentOf(each)) })),
  ]
}

function contentOf(part: Email['attachments'][number] | undefined): ArrayBuffer {
  if (!(part?.content instanceof ArrayBuffer)) throw new Error('no bytes')
  return part.content
}

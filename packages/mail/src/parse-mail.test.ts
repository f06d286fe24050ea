import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgeMail } from './judge-mail.ts'
import { largestMail, parseMail } from './parse-mail.ts'
import type { ReceivedMail } from './received-mail.ts'

const folder = join(import.meta.dirname, 'corpus')
const corpus = readdirSync(folder).map((name) => readFileSync(join(folder, name)))

test('a person’s text comes without the quoted check, whatever program quoted it', async () => {
  for (const name of readdirSync(folder).filter((name) =>
    /^(?:personal|unsure)--(?!.*encrypted)/.test(name),
  )) {
    const { ownText } = await read(readFileSync(join(folder, name)))
    expect(ownText).not.toMatch(/0385|directory\.example|^>/m)
    expect(ownText).toMatch(/\p{L}/u)
  }
})

test.each([
  [
    'personal--windows-1256.ar',
    'رد: فحص الاتصال',
    'ليلى منصور',
    'وصلت رسالتكم، ونحن متاحون على مدار الساعة.\n\nليلى منصور',
  ],
  [
    'personal--koi8-r-bottom-posted.ru',
    'Re: Проверка связи',
    'Ирина Петрова',
    'Сообщение получено, контактный пункт работает круглосуточно.',
  ],
  ['personal--apple-mail-gb18030.zh', '回复：通信检查', '王小明', '您好，我们已收到本次检查，值班人员在岗。'],
  [
    'personal--outlook-html-only.es',
    'RE: Comprobación de comunicaciones',
    'Ruiz, Marta',
    'Buenos días:\nSomos el punto de contacto técnico y seguimos aquí.\n\nMarta Ruiz',
  ],
])('old character sets and encoded words are read: %s', async (name, subject, writer, ownText) => {
  const mail = await read(readFileSync(join(folder, `${name}.eml`)))
  expect([mail.subject, mail.from[0]?.name, mail.ownText]).toEqual([subject, writer, ownText])
})

test('the envelope marks come before To, so that a subaddress is found behind an alias', async () => {
  const mail = await read(
    lines(
      'Delivered-To: checks+K7@directory.example',
      'X-Original-To: checks+k7@directory.example',
      'To: Info <info@directory.example>, other@cert.example',
      '',
      'x',
    ),
  )
  expect(mail.recipients).toEqual([
    'checks+k7@directory.example',
    'info@directory.example',
    'other@cert.example',
  ])
})

test('all ids of a thread are found, in a message that repeats and folds its headers', async () => {
  const mail = await read(
    lines(
      'Message-ID: <a@b.example>',
      'In-Reply-To: <c1@d.example> (sent)',
      'References: <c0@d.example>',
      '\t<c1@d.example>',
      '',
      'x',
    ),
  )
  expect([mail.messageId, mail.inReplyTo, mail.references]).toEqual([
    '<a@b.example>',
    ['<c1@d.example>'],
    ['<c0@d.example>', '<c1@d.example>'],
  ])
})

test('a report tells the message that came back and the original recipient', async () => {
  const mail = await read(
    readFileSync(join(folder, 'report-failed-dead-address--postfix-unknown-user.en.eml')),
  )
  expect(mail.returned).toEqual({
    messageId: '<c1.k7m2q9@directory.example>',
    recipients: ['office@gone.example'],
  })
  expect(mail.recipients).toEqual(['bounce+k7m2q9@directory.example'])
  expect(mail.reports).toMatchObject([
    { action: 'failed', status: '5.1.1', originalRecipient: 'office@gone.example' },
  ])
})

test('a code that stands in the copy inside a report is in no text of the mail', async () => {
  const mail = await read(readFileSync(join(folder, 'report-failed-dead-address--exchange-online.en.eml')))
  expect(mail.text + mail.ownText).not.toContain('4172')
})

test('a mail over 1 MiB is refused, not read', async () => {
  expect(await parseMail(new Uint8Array(largestMail + 1))).toMatchObject({
    ok: false,
    refusal: { code: 'mail/too-large' },
  })
  const just = lines('Subject: long', '', 'x'.repeat(largestMail)).subarray(0, largestMail)
  expect((await parseMail(just)).ok).toBe(true)
})

test('parts nested without end are refused', async () => {
  const nested = Array.from(
    { length: 40 },
    (_, depth) => `Content-Type: multipart/mixed; boundary=b${depth}\r\n\r\n--b${depth}\r\n`,
  )
  expect(await parseMail(bytes(nested.join('')))).toMatchObject({
    ok: false,
    refusal: { code: 'mail/unreadable' },
  })
})

test('a mail of nothing but line breaks is refused before it costs anything', async () => {
  const empty = lines('Subject: nothing', '', '\n'.repeat(1_000_000))
  expect(await parseMail(empty)).toMatchObject({ ok: false, refusal: { code: 'mail/unreadable' } })
})

test('random bytes never throw', async () => {
  await expect(survives(fc.uint8Array({ maxLength: 2_000 }))).resolves.toBeUndefined()
})

test('real mail, torn and stirred, never throws', async () => {
  const torn = fc
    .tuple(
      fc.constantFrom(...corpus),
      fc.nat(),
      fc.nat(),
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 30 }),
    )
    .map(([mail, from, to, changes]) => {
      const piece = Uint8Array.from(
        mail.subarray(from % (mail.length / 4), mail.length - (to % (mail.length / 2))),
      )
      for (const [at, byte] of changes) piece[at % piece.length] = byte
      return piece
    })
  await expect(survives(torn)).resolves.toBeUndefined()
})

test('header lines made of what mail is made of never throw', async () => {
  const piece = fc.constantFrom(
    'Content-Type: ',
    'multipart/report',
    'multipart/mixed',
    '; boundary="',
    '"',
    'b',
    '--b',
    '\r\n',
    '\r\n\r\n',
    'message/delivery-status',
    'text/html',
    'charset=',
    '=?utf-8?B?',
    '?=',
    '<',
    '>',
    '@',
    ':',
    'Action: failed',
    'From: ',
    'On x wrote:',
    '<blockquote>',
    '&#xD800;',
    '=E9',
    '\0',
  )
  const message = fc.array(piece, { maxLength: 60 }).map((pieces) => bytes(pieces.join('')))
  await expect(survives(message)).resolves.toBeUndefined()
})

function survives(mails: fc.Arbitrary<Uint8Array>): Promise<void> {
  const property = fc.asyncProperty(mails, async (raw) => {
    const mail = await parseMail(raw)
    if (mail.ok) judgeMail(mail.value)
  })
  return fc.assert(property, { numRuns: 500 })
}

async function read(raw: Uint8Array): Promise<ReceivedMail> {
  const mail = await parseMail(raw)
  if (!mail.ok) throw new Error(mail.refusal.code)
  return mail.value
}

function lines(...all: readonly string[]): Uint8Array {
  return bytes(all.join('\r\n'))
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

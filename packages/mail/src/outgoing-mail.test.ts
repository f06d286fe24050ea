import fc from 'fast-check'
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { composeMail, type OutgoingMail } from './outgoing-mail.ts'

const mail: OutgoingMail = {
  from: { name: 'Directory', address: 'checks@directory.example' },
  to: 'duty@cert.example',
  replyTo: 'checks+abc@directory.example',
  returnPath: 'bounce+abc@directory.example',
  messageId: '<c1.abc@directory.example>',
  subject: 'Communication check',
  text: 'Please answer.\n',
  html: '<p>Please answer.</p>',
  language: 'en',
  at: new Date('2026-11-03T09:00:00Z'),
}

test('the message carries what it was given, plain text before HTML', async () => {
  const email = await PostalMime.parse(await composeMail({ ...mail, inReplyTo: '<c0@directory.example>' }))
  expect(email).toMatchObject({
    from: { name: 'Directory', address: 'checks@directory.example' },
    to: [{ address: 'duty@cert.example' }],
    replyTo: [{ address: 'checks+abc@directory.example' }],
    messageId: '<c1.abc@directory.example>',
    inReplyTo: '<c0@directory.example>',
    references: '<c0@directory.example>',
    subject: 'Communication check',
    date: '2026-11-03T09:00:00.000Z',
  })
  const source = new TextDecoder().decode(await composeMail(mail))
  expect(source.indexOf('text/plain')).toBeLessThan(source.indexOf('text/html'))
  expect(source).toContain('Content-Language: en\r\n')
  expect(source).not.toMatch(/(?<!\r)\n/)
})

test('headers that the caller passes are written, and none of our own beside them', async () => {
  const given = await namesOf({ ...mail, headers: { 'Auto-Submitted': 'auto-generated' } })
  expect(given).toContain('auto-submitted')
  expect(await namesOf(mail)).not.toContain('auto-submitted')
})

test('no name, subject, language or header value can begin a header of its own', async () => {
  const expected = await namesOf({ ...mail, headers: { 'X-Round': '1' } })
  await fc.assert(
    fc.asyncProperty(hostileText(), async (text) => {
      const names = await namesOf({
        ...mail,
        from: { ...mail.from, name: text },
        subject: text,
        language: text,
        headers: { 'X-Round': text },
      })
      expect(names.filter((name) => name === 'bcc' || name === 'x-evil')).toEqual([])
      expect(new Set(names)).toEqual(new Set(expected))
    }),
    { numRuns: 200 },
  )
})

test.each([
  ['en', 'Please confirm = that; it costs “100 %”.'],
  ['fr', 'Vérifié à l’été, en français'],
  ['es', '¿Recibió este mensaje? Sí, señor.'],
  ['ru', 'Проверка связи: подтвердите получение'],
  ['ar', 'فحص الاتصال: يرجى تأكيد الاستلام \u20661234\u00a05678\u00a09012\u2069'],
  ['zh', '通信检查：请确认收到此信息'],
])(
  'what is written in %s is read as it was written, in names, subjects and long lines too',
  async (language, words) => {
    const long = `${`${words} `.repeat(30)}end`
    const text = `${words}\n\n. a dot, trailing space \n--=_parley\n${long}\nFrom here\n`
    const email = await PostalMime.parse(
      await composeMail({
        ...mail,
        from: { ...mail.from, name: words },
        subject: long,
        text,
        html: `<p>${text}</p>`,
        language,
      }),
    )
    expect(email.from?.name).toBe(words)
    expect(email.subject).toBe(long)
    expect(unix(email.text).trimEnd()).toBe(text.trimEnd())
    expect(unix(email.html).trim()).toBe(`<p>${text}</p>`)
  },
)

test('no line is longer than mail servers take, in headers and bodies', async () => {
  const long = 'связь '.repeat(300)
  const raw = await composeMail({ ...mail, subject: long, text: 'é'.repeat(3_000), html: long })
  const lines = new TextDecoder().decode(raw).split('\r\n')
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(78)
})

test.each([
  ['to', { to: 'duty@cert.example\r\nBcc: all@evil.example' }],
  ['to, two of them', { to: 'duty@cert.example, all@evil.example' }],
  ['from', { from: { name: '', address: 'checks@directory.example>\nBcc: <all@evil.example' } }],
  ['replyTo', { replyTo: 'a@b.example\r\nBcc: all@evil.example' }],
  ['messageId', { messageId: '<a@b.example>\r\nBcc: all@evil.example' }],
  ['inReplyTo', { inReplyTo: '<a@b.example>\nBcc: all@evil.example' }],
  ['a header name', { headers: { 'X-A: b\r\nBcc': 'all@evil.example' } }],
])('what cannot stand in a header is a fault that quotes nothing: %s', async (_field, differs) => {
  const composing = composeMail({ ...mail, ...differs })
  await expect(composing).rejects.toThrow(TypeError)
  await expect(composing).rejects.not.toThrow(/evil/)
})

function unix(text = ''): string {
  return text.replaceAll('\r\n', '\n')
}

async function namesOf(mail: OutgoingMail): Promise<readonly string[]> {
  return (await PostalMime.parse(await composeMail(mail))).headers.map(({ key }) => key)
}

function hostileText() {
  const pieces = fc.constantFrom(
    '\r\n',
    '\n',
    '\r',
    '\u2028',
    '\0',
    'Bcc: a@evil.example',
    'X-Evil: 1',
    ':',
    'تحقق',
    '=?utf-8?Q?=0D=0A?=',
  )
  return fc
    .array(fc.oneof(pieces, fc.string({ maxLength: 5 })), { maxLength: 8 })
    .map((parts) => `a${parts.join('')}`)
}

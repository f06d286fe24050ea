import { globSync, readFileSync } from 'node:fs'
import { ok } from '@parley/kernel'
import { processorTime } from '@parley/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openMail, type OpenedMail } from './open-mail.ts'
import { parseMail } from './parse-mail.ts'

function opened(...lines: readonly string[]): OpenedMail {
  const read = openMail(Buffer.from(lines.join('\r\n')))
  if (!read.ok) throw new Error(read.refusal.code)
  return read.value
}

function words(of: string): string {
  return of.replace(/\s+/g, ' ').trim().slice(0, 60)
}

function head(type: string): readonly string[] {
  return ['From: a@b.example', `Content-Type: multipart/${type}; boundary=x`, '']
}

test('every mail of the corpus is opened: sender, id and the first words as the other parser reads them', async () => {
  const files = globSync('corpus/*.eml', { cwd: import.meta.dirname })
  expect(files.length).toBeGreaterThan(100)
  const differing: string[] = []
  for (const file of files) {
    const raw = readFileSync(`${import.meta.dirname}/${file}`)
    const [one, other] = [openMail(raw), await parseMail(raw)]
    if (!one.ok || !other.ok) throw new Error(file)
    const { from, messageId, text } = one.value
    if (from[0]?.address !== other.value.from[0]?.address || messageId !== other.value.messageId)
      differing.push(file)
    else if (words(text) !== words(other.value.text))
      differing.push(`${file}: ${words(text)} / ${words(other.value.text)}`)
  }
  expect(differing).toEqual([])
})

test('files keep their bytes and their names, also in pieces and in Arabic', () => {
  const mail = opened(
    'From: a@b.example',
    'Content-Type: multipart/mixed; boundary=x',
    '',
    '--x',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Hello',
    '--x',
    "Content-Type: application/octet-stream; name*0*=UTF-8''%D9%85%D8; name*1*=%B1%D9%81%D9%82.bin",
    'Content-Transfer-Encoding: base64',
    'Content-Disposition: attachment',
    '',
    'AAEC',
    'Aw==',
    '--x',
    'Content-Type: message/rfc822',
    '',
    'From: c@d.example',
    '',
    'Inside',
    '--x--',
  )
  expect(mail.text.trim()).toBe('Hello')
  expect(mail.parts.flatMap(({ file }) => (file ? [[file.name, [...file.bytes].slice(0, 4)]] : []))).toEqual([
    ['مرفق.bin', [0, 1, 2, 3]],
    ['', [...Buffer.from('From')]],
  ])
})

test('of two texts that say the same the plain one is read, and HTML becomes text', () => {
  const parts = [
    '--x',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<p>From HTML</p><img src="http://hostile.example/x">',
    '--x',
    'Content-Type: text/plain; charset=iso-8859-1',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    'Caf=E9',
    '--x--',
  ]
  expect(opened(...head('alternative'), ...parts).text.trim()).toBe('Café')
  expect(opened(...head('mixed'), ...parts).text).toBe('From HTML\n\nCafé')
})

test('a mail that was cut off is read as far as it goes; one that has no parts is read as it stands', () => {
  expect(opened(...head('mixed'), '--x', '', 'The first', '--x', '', 'and half of the sec').text).toContain(
    'half of the sec',
  )
  expect(opened(...head('mixed'), 'no part at all').text).toBe('no part at all')
})

test.each([
  [
    'nesting',
    Array.from(
      { length: 30 },
      (_, at) => `Content-Type: multipart/mixed; boundary=x${at}x\r\n\r\n--x${at}x\r\n`,
    ).join(''),
  ],
  ['headers', `X-A: ${'y'.repeat(70)}\r\n`.repeat(5_000)],
  ['parts', `Content-Type: multipart/mixed; boundary=x\r\n\r\n${'--x\r\n\r\n'.repeat(2_000)}`],
])('what passes all measure in %s is refused, not thrown', (_, raw) => {
  expect(openMail(Buffer.from(raw))).toMatchObject({ ok: false, refusal: { code: 'mail/unreadable' } })
})

test('whatever the bytes are, it is opened or refused, and costs in step with its length', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3_000 }), (bytes) => {
      const read = openMail(bytes)
      expect(read.ok || read.refusal.code === 'mail/unreadable').toBe(true)
    }),
  )
  const hostile = [
    `Content-Transfer-Encoding: quoted-printable\r\n\r\n${' '.repeat(2_000_000)}x`,
    `Content-Type: text/plain${'; a="'.repeat(40_000)}\r\n\r\nx`,
    `Content-Type: text/plain;${' '.repeat(200_000)}x\r\n\r\nx`,
    `Content-Type: multipart/mixed; boundary=x\r\n\r\n${'\n--y'.repeat(500_000)}`,
    `Content-Type: text/html\r\n\r\n${'<'.repeat(2_000_000)}`,
  ]
  for (const raw of hostile) {
    const begun = processorTime()
    openMail(Buffer.from(raw))
    expect(processorTime() - begun).toBeLessThan(3_000)
  }
  expect(openMail(Buffer.alloc(0))).toMatchObject(ok({ text: '', parts: [{ type: 'text/plain' }] }))
})

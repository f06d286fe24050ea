import { processorTime } from '@parley/testkit'
import { readPrivateKey } from 'openpgp'
import { expect, test } from 'vitest'
import { bytes, entity, later, lines, makeKey, now, open, text, year } from './examples.ts'
import { signEntity, verifyMail } from './index.ts'

const ours = await open((await makeKey()).armored)
const theirs = await open((await makeKey()).armored)

/** A message as it goes out, with header fields that belong to no part. */
async function signedMail(of: string = entity, by = ours, at = now): Promise<string> {
  return `From: checks@directory.example\r\nSubject: Check\r\nMIME-Version: 1.0\r\n${text(await signEntity(bytes(of), by, at))}`
}

function verified(mail: string, keys: readonly string[] = [ours.publicKey], at = now) {
  return verifyMail(bytes(mail), keys, at)
}

test('what was signed is good, with whose key and when, and gives back what was signed alone', async () => {
  const result = await verified(await signedMail())
  expect(result).toMatchObject({ kind: 'good', fingerprint: ours.fingerprint, signedAt: now })
  expect(result.kind === 'good' && text(result.content)).toBe(entity)
})

test.each([
  ['with a last line end', entity],
  ['without one', entity.trimEnd()],
  ['with several', `${entity}\r\n\r\n`],
  ['with nothing in it', 'Content-Type: text/plain\r\n\r\n'],
  ['of parts', lines('Content-Type: multipart/mixed; boundary=b', '', '--b', '', 'one', '--b--')],
  [
    'of parts with a boundary like ours',
    lines('Content-Type: multipart/mixed; boundary="=_signed"', '', '--=_signed', '', 'one', '--=_signed--'),
  ],
])('an entity %s is signed and verified as it is', async (_what, of) => {
  const result = await verified(await signedMail(of))
  expect(result.kind === 'good' && text(result.content)).toBe(of)
})

test('one byte altered anywhere in what was signed is seen', async () => {
  const mail = bytes(await signedMail())
  const start = text(mail).indexOf('Content-Type: text/plain')
  for (let at = start; at < start + entity.length - 2; at += 1) {
    const altered = mail.slice()
    altered[at] = (altered[at] ?? 0) ^ 1
    expect((await verifyMail(altered, [ours.publicKey], now)).kind, `byte ${at}`).not.toBe('good')
  }
})

test('line ends alone may differ where the message lies; broken lines, spaces and empty lines may not', async () => {
  const mail = await signedMail()
  expect((await verified(mail.replaceAll('\r\n', '\n'))).kind).toBe('good')
  const altered = { kind: 'bad', why: 'altered' }
  expect(await verified(mail.replace('Please answer.', 'Please\r\nanswer.'))).toEqual(altered)
  expect(await verified(mail.replace('Please answer.', 'Please answer. '))).toEqual(altered)
  expect(await verified(mail.replace('- a dash', '\r\n- a dash'))).toEqual(altered)
})

test('a signature by a key that we were not given is of an unknown key', async () => {
  const byOthers = await signedMail(entity, theirs)
  const keyId = theirs.fingerprint.slice(-16)
  expect(await verified(byOthers)).toEqual({ kind: 'unknown-key', keyIds: [keyId] })
  expect((await verified(byOthers, [ours.publicKey, theirs.publicKey])).kind).toBe('good')
  expect(await verified(byOthers, [])).toEqual({ kind: 'unknown-key', keyIds: [keyId] })
  expect(await verified(byOthers, ['no key at all'])).toEqual({ kind: 'unknown-key', keyIds: [keyId] })
})

test('the signature of one message proves nothing of another', async () => {
  const [one, other] = [await signedMail(), await signedMail(entity.replace('answer', 'pay'))]
  expect(await verified(one.replace(signatureOf(one), signatureOf(other)))).toEqual({
    kind: 'bad',
    why: 'altered',
  })
})

test('a key that has expired or was revoked since signs nothing good, and the reason is said', async () => {
  const short = await makeKey({ keyExpirationTime: year })
  const mail = await signedMail(entity, await open(short.armored), new Date('2025-06-01T00:00:00Z'))
  expect((await verified(mail, [short.publicKey], new Date('2025-06-02T00:00:00Z'))).kind).toBe('good')
  expect(await verified(mail, [short.publicKey])).toEqual({ kind: 'bad', why: 'key-expired' })

  const key = await readPrivateKey({ armoredKey: short.armored })
  const revoked = await key.revoke(undefined, new Date('2025-07-01T00:00:00Z'))
  expect(await verified(mail, [revoked.toPublic().armor()], new Date('2025-06-02T00:00:00Z'))).toEqual({
    kind: 'bad',
    why: 'key-revoked',
  })
})

test('a subkey that expired signs nothing good', async () => {
  const { armored, publicKey } = await makeKey({ subkeys: [{ sign: true }] })
  const byPrimary = await open(armored)
  const mail = await signedMail(entity, byPrimary)
  expect((await verified(mail, [publicKey])).kind).toBe('good')
  const withShort = await makeKey({ subkeys: [{ sign: true, keyExpirationTime: year }] })
  const old = await signedMail(entity, await open(withShort.armored), new Date('2025-06-01T00:00:00Z'))
  expect(await verified(old, [withShort.publicKey])).toEqual({ kind: 'bad', why: 'key-expired' })
})

test('a message dated after it came is not good; minutes between two clocks are nothing', async () => {
  expect((await verified(await signedMail(entity, ours, later(5)))).kind).toBe('good')
  expect(await verified(await signedMail(entity, ours, later(60)))).toEqual({ kind: 'bad', why: 'altered' })
})

test.each([
  ['a wrong hash named', (mail: string) => mail.replace('micalg=pgp-sha512', 'micalg=pgp-md5')],
  ['no hash named', (mail: string) => mail.replace(' micalg=pgp-sha512;', '')],
  [
    'parameters in capitals',
    (mail: string) => mail.replace('protocol=', 'PROTOCOL=').replace('boundary=', 'Boundary='),
  ],
  [
    'text before the first part',
    (mail: string) => mail.replace('\r\n\r\n--', '\r\n\r\nThis is signed.\r\n--'),
  ],
  ['text behind the last part', (mail: string) => `${mail}-- \r\nA list’s footer\r\n`],
  ['white space behind the delimiters', (mail: string) => mail.replace(/^--=_signed\r/gm, '--=_signed \t\r')],
  ['the signature part in base64', inBase64],
])('what is not signed may be otherwise: %s', async (_what, change) => {
  const mail = await signedMail()
  expect(change(mail)).not.toBe(mail)
  expect((await verified(change(mail))).kind).toBe('good')
})

test.each([
  [
    'a third part',
    (mail: string) => mail.replace(/--=_signed--\s*$/, '--=_signed\r\n\r\nmore\r\n--=_signed--\r\n'),
  ],
  ['no end', (mail: string) => mail.replace(/--=_signed--\s*$/, '')],
  ['another boundary', (mail: string) => mail.replace('boundary="=_signed"', 'boundary="=_other"')],
  ['no boundary', (mail: string) => mail.replace('; boundary="=_signed"', '')],
  [
    'a signature that is text',
    (mail: string) => mail.replace('application/pgp-signature; name', 'text/plain; name'),
  ],
  [
    'armor that is none',
    (mail: string) =>
      mail.replace(/-----BEGIN[^]*-----END/, '-----BEGIN PGP SIGNATURE-----\r\n\r\nnothing\r\n-----END'),
  ],
  [
    'armor of 10 MB',
    (mail: string) => mail.replace('-----BEGIN PGP SIGNATURE-----', `${'A'.repeat(76)}\r\n`.repeat(130_000)),
  ],
  [
    'an unknown encoding',
    (mail: string) =>
      mail.replace('Content-Description: OpenPGP signature', 'Content-Transfer-Encoding: x-uuencode'),
  ],
])('what is built wrongly is bad, at once: %s', async (_what, change) => {
  const mail = await signedMail()
  expect(change(mail)).not.toBe(mail)
  const began = processorTime()
  expect(await verified(change(mail))).toEqual({ kind: 'bad', why: 'malformed' })
  expect(processorTime() - began).toBeLessThan(2_000)
})

test.each([
  ['plain mail', `From: a@b.example\r\n\r\nHello\r\n`],
  ['nothing', ''],
  ['a header without end', 'Content-Type: multipart/signed'.repeat(100)],
  [
    'S/MIME',
    'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=b\r\n\r\n--b\r\n',
  ],
  ['two types', 'Content-Type: text/plain\r\nContent-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n'],
])('no signature at all: %s', async (_what, mail) => {
  expect(await verified(mail)).toEqual({ kind: 'none' })
})

test('a signed message inside another proves nothing of the whole', async () => {
  const inner = text(await signEntity(bytes(entity), ours, now))
  const mail = lines(
    'Content-Type: multipart/mixed; boundary=list',
    '',
    '--list',
    inner,
    '--list',
    '',
    'A footer, or a lie',
    '--list--',
  )
  expect(await verified(mail)).toEqual({ kind: 'none' })
})

test('an entity that a relay could change is a fault, and is never signed', async () => {
  for (const line of [
    'a trailing space ',
    'a trailing tab\t',
    'From here on',
    'é',
    'x'.repeat(999),
    'a\0b',
    'a\rb',
  ])
    await expect(signEntity(bytes(`Content-Type: text/plain\r\n\r\n${line}\r\n`), ours, now)).rejects.toThrow(
      TypeError,
    )
})

function signatureOf(mail: string): string {
  return mail.slice(mail.indexOf('-----BEGIN'), mail.indexOf('-----END'))
}

function inBase64(mail: string): string {
  const [start, end] = [mail.indexOf('-----BEGIN'), mail.indexOf('\r\n--=_signed--')]
  const encoded = btoa(mail.slice(start, end)).replace(/.{76}/g, '$&\r\n')
  const described = mail
    .slice(0, start)
    .replace('Content-Description', 'Content-Transfer-Encoding: base64\r\nContent-Description')
  return `${described}${encoded}${mail.slice(end)}`
}

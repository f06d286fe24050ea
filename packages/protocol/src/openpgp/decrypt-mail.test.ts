import fc from 'fast-check'
import { createMessage, decrypt, encrypt, enums, readKey, readMessage } from 'openpgp'
import { expect, test } from 'vitest'
import { bytes, entity, makeKey, now, open, text, year } from './examples.ts'
import { decryptMail, encryptEntity, encryptText, type OwnKey, signEntity, verifyMail } from './index.ts'
import { privateHalf } from './own-key.ts'

const ours = await open((await makeKey()).armored)
const theirs = await open((await makeKey()).armored)

test('what was encrypted is read by those whom it is for, with the signature within it', async () => {
  const mail = await encryptedMail({ to: [theirs.publicKey, ours.publicKey], by: ours })
  expect(mail).not.toContain('Please answer')
  for (const reader of [ours, theirs]) {
    const read = await decryptMail(bytes(mail), reader, [ours.publicKey], now)
    expect(read).toMatchObject({
      kind: 'decrypted',
      signature: { kind: 'good', fingerprint: ours.fingerprint },
    })
    expect(read.kind === 'decrypted' && text(read.content)).toBe(entity)
  }
  const unsigned = await encryptedMail({ to: [theirs.publicKey] })
  expect(await decryptMail(bytes(unsigned), theirs, [ours.publicKey], now)).toMatchObject({
    kind: 'decrypted',
    signature: { kind: 'none' },
  })
})

test('a signed message that was encrypted whole is verified inside (RFC 3156, 6.1)', async () => {
  const inner = text(await signEntity(bytes(entity), ours, now))
  const mail = await encryptedMail({ to: [theirs.publicKey] }, inner)
  const read = await decryptMail(bytes(mail), theirs, [ours.publicKey], now)
  expect(read.kind === 'decrypted' && read.signature).toMatchObject({
    kind: 'good',
    fingerprint: ours.fingerprint,
  })
})

test('a text alone is a block of armor that its reader opens', async () => {
  const sealed = await encryptText('Please answer. أجيبوا', {
    to: [theirs.publicKey, ours.publicKey],
    at: now,
  })
  if (!sealed.ok) throw new Error(sealed.refusal.why)
  expect(sealed.value).toMatch(/^-----BEGIN PGP MESSAGE-----\r?\n/)
  const { data } = await decrypt({
    message: await readMessage({ armoredMessage: sealed.value }),
    decryptionKeys: privateHalf(theirs),
    date: now,
  })
  expect(data).toBe('Please answer. أجيبوا')
  expect(await encryptText('x', { to: ['none'], at: now })).toMatchObject({ ok: false })
})

test('what is for others stays closed, and what was altered on its way is not read', async () => {
  const mail = await encryptedMail({ to: [ours.publicKey], by: ours })
  expect(await decryptMail(bytes(mail), theirs, [], now)).toEqual({ kind: 'not-for-us' })
  const armor = mail.slice(mail.indexOf('-----BEGIN PGP MESSAGE-----') + 30).replace(/^\s+/, '')
  const middle = armor.slice(400, 410)
  const altered = mail.replace(middle, middle.split('').toReversed().join(''))
  expect(await decryptMail(bytes(altered), ours, [], now)).toEqual({ kind: 'unreadable' })
  const more = mail.replace(
    /--=_encrypted--/,
    '--=_encrypted\r\n\r\n<img src="//evil.example/\r\n--=_encrypted--',
  )
  expect(await decryptMail(bytes(more), ours, [], now)).toEqual({ kind: 'unreadable' })
})

test('a small message that unpacks to a large one is not unpacked to its end', async () => {
  const large = await encrypt({
    message: await createMessage({ binary: new Uint8Array(65 * 1024 * 1024) }),
    encryptionKeys: await readKey({ armoredKey: ours.publicKey }),
    config: { preferredCompressionAlgorithm: enums.compression.zlib },
  })
  expect(large.length).toBeLessThan(200_000)
  const mail = (await encryptedMail({ to: [ours.publicKey] })).replace(
    /-----BEGIN[^]*-----END PGP MESSAGE-----/,
    large,
  )
  expect(await decryptMail(bytes(mail), ours, [], now)).toEqual({ kind: 'unreadable' })
})

test('nothing is encrypted to nobody, to what is no key, or to a key that has expired', async () => {
  const expired = await makeKey({ keyExpirationTime: year })
  expect(await encryptedTo()).toEqual({ ok: false, refusal: { why: 'no-key' } })
  expect(await encryptedTo(ours.publicKey, 'none')).toEqual({
    ok: false,
    refusal: { why: 'key-unfit', position: 1 },
  })
  expect(await encryptedTo(expired.publicKey)).toEqual({
    ok: false,
    refusal: { why: 'key-unfit', position: 0 },
  })
})

test('whatever a stranger writes, verifying and decrypting give an answer', async () => {
  const pieces = fc.constantFrom(
    'Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary="b"',
    'Content-Type: multipart/encrypted; boundary=b',
    'Content-Type: application/pgp-signature',
    '-----BEGIN PGP SIGNATURE-----',
    '-----BEGIN PGP MESSAGE-----',
    '-----END PGP SIGNATURE-----',
    '--b',
    '--b--',
    '\r\n',
    '\n',
    '\r',
    'wsAzAAA=',
    '=\0é',
  )
  await fc.assert(
    fc.asyncProperty(fc.array(pieces, { maxLength: 14 }), async (parts) => {
      const raw = bytes(parts.join('\r\n'))
      expect((await verifyMail(raw, [ours.publicKey], now)).kind).not.toBe('good')
      expect((await decryptMail(raw, ours, [], now)).kind).not.toBe('decrypted')
    }),
    { numRuns: 300 },
  )
})

function encryptedTo(...to: readonly string[]) {
  return encryptEntity(bytes(entity), { to, at: now })
}

async function encryptedMail(
  how: { readonly to: readonly string[]; readonly by?: OwnKey },
  of = entity,
): Promise<string> {
  const encrypted = await encryptEntity(bytes(of), { ...how, at: now })
  if (!encrypted.ok) throw new Error(encrypted.refusal.why)
  return `From: checks@directory.example\r\nMIME-Version: 1.0\r\n${text(encrypted.value)}`
}

import { type Gnupg, openGnupg } from '@parley/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  checkSigning,
  decryptMail,
  encryptEntity,
  openOwnKey,
  type OwnKey,
  signEntity,
  verifyMail,
} from './index.ts'

const entity =
  'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nV=C3=A9rifi=C3=A9=20\r\n\r\n- a dash\r\n'

let gpg: Gnupg
beforeAll(() => {
  gpg = openGnupg()
})
afterAll(() => gpg.close())

/** A key that GnuPG made and we opened. */
async function keyOf(email: string, algorithm: string, words: readonly string[] = []): Promise<OwnKey> {
  gpg.makeKey(email, { algorithm })
  const armored = gpg.run([...words, '--armor', '--export-secret-keys', email]).toString()
  const opened = await openOwnKey(armored)
  if (!opened.ok) throw new Error(opened.refusal)
  return opened.value
}

test.each(['ed25519', 'nistp256', 'rsa4096', 'default'])(
  'GnuPG verifies what we sign with its key of %s, and we what it signs',
  async (algorithm) => {
    const email = `${algorithm}@directory.example`
    const own = await keyOf(email, algorithm)
    expect(await checkSigning(own, now())).toMatchObject({ ok: true })
    const mail = text(await signEntity(bytes(entity), own, now()))
    expect(mail).toContain('micalg=pgp-sha512')
    expect(gnupgVerifies(mail)).toContain(`VALIDSIG ${own.fingerprint}`)
    expect(gnupgVerifies(mail.replace('a dash', 'a dish'))).toContain('BADSIG')

    for (const words of [
      [],
      ['--textmode'],
      ['--digest-algo', 'SHA256'],
      ['--no-emit-version', '--comment', 'x'],
    ])
      expect(await verifyMail(bytes(signedByGnupg(email, words)), [own.publicKey], now())).toMatchObject({
        kind: 'good',
        fingerprint: own.fingerprint,
      })
  },
)

test('a hash that can be forged proves nothing, whoever signed with it', async () => {
  const own = await keyOf('old-hash@directory.example', 'rsa2048')
  const mail = signedByGnupg('old-hash@directory.example', ['--digest-algo', 'SHA1'])
  expect(await verifyMail(bytes(mail), [own.publicKey], now())).toEqual({ kind: 'bad', why: 'altered' })
})

test('subkeys that were exported without their primary key sign as well', async () => {
  const email = 'offline@directory.example'
  const publicKey = gpg.makeKey(email, { algorithm: 'ed25519' })
  const [fingerprint = ''] =
    /[0-9A-F]{40}/.exec(gpg.run(['--with-colons', '--list-keys', email]).toString()) ?? []
  gpg.run(['--passphrase', '', '--quick-add-key', fingerprint, 'ed25519', 'sign', '1y'])
  const opened = await openOwnKey(gpg.run(['--armor', '--export-secret-subkeys', email]).toString())
  if (!opened.ok) throw new Error(opened.refusal)
  const signing = await checkSigning(opened.value, now())
  expect(signing.ok && signing.value.until?.getTime()).toBeGreaterThan(now().getTime())
  const mail = text(await signEntity(bytes(entity), opened.value, now()))
  expect(gnupgVerifies(mail)).toContain(fingerprint)
  expect(await verifyMail(bytes(mail), [publicKey], now())).toMatchObject({ kind: 'unknown-key' })
  expect(await verifyMail(bytes(mail), [opened.value.publicKey], now())).toMatchObject({
    kind: 'good',
    fingerprint,
  })
})

test('a key with a passphrase, as GnuPG exports it', async () => {
  const email = 'locked@directory.example'
  gpg.run(['--passphrase', 'correct horse', '--quick-generate-key', email, 'ed25519', 'default', 'never'])
  const how = ['--pinentry-mode', 'loopback', '--passphrase', 'correct horse']
  const armored = gpg.run([...how, '--armor', '--export-secret-keys', email]).toString()
  expect(await openOwnKey(armored)).toEqual({ ok: false, refusal: 'locked' })
  const opened = await openOwnKey(armored, 'correct horse')
  expect(opened.ok && gnupgVerifies(text(await signEntity(bytes(entity), opened.value, now())))).toContain(
    'GOODSIG',
  )
})

test('GnuPG decrypts what we encrypt and verifies it, and we what it encrypts and signs', async () => {
  const ours = await keyOf('ours@directory.example', 'default')
  const theirs = await keyOf('theirs@cert.example', 'rsa2048')
  gpg.run(['--passphrase', '', '--quick-add-key', theirs.fingerprint, 'rsa2048', 'encr', 'never'])
  const theirKey = gpg.run(['--armor', '--export', 'theirs@cert.example']).toString()
  const encrypted = await encryptEntity(bytes(entity), { to: [theirKey], by: ours, at: now() })
  if (!encrypted.ok) throw new Error(encrypted.refusal.why)
  const armor = partOf(text(encrypted.value), 'MESSAGE')
  expect(gpg.run(['--decrypt'], armor).toString()).toBe(entity)
  expect(gpg.statusOf(['--decrypt'], armor)).toContain(`VALIDSIG ${ours.fingerprint}`)

  const words = [
    '--armor',
    '--sign',
    '--local-user',
    theirs.fingerprint,
    '--encrypt',
    '--recipient',
    ours.fingerprint,
  ]
  const back = text(encrypted.value).replace(armor, () => gpg.run(words, entity).toString())
  expect(await decryptMail(bytes(back), ours, [theirKey], now())).toMatchObject({
    kind: 'decrypted',
    content: bytes(entity),
    signature: { kind: 'good', fingerprint: theirs.fingerprint },
  })
})

test('a key that GnuPG let expire or revoked signs nothing good', async () => {
  const email = 'old@directory.example'
  const publicKey = gpg.makeKey(email, { algorithm: 'ed25519', expires: '1y', at: '20200101T000000' })
  const mail = signedByGnupg(email, ['--faked-system-time', '20200102T000000!'])
  const then = new Date('2020-02-01T00:00:00Z')
  expect((await verifyMail(bytes(mail), [publicKey], then)).kind).toBe('good')
  expect(await verifyMail(bytes(mail), [publicKey], now())).toEqual({ kind: 'bad', why: 'key-expired' })

  const own = await keyOf('lost@directory.example', 'ed25519')
  const byLost = signedByGnupg('lost@directory.example')
  const [certificate = ''] = /:?(-----BEGIN[^]*)/.exec(revocationOf(own)) ?? []
  gpg.run(['--import'], certificate.replace(/^:/, ''))
  const revoked = gpg.run(['--armor', '--export', own.fingerprint]).toString()
  expect(await verifyMail(bytes(byLost), [revoked], now())).toEqual({ kind: 'bad', why: 'key-revoked' })
})

/** The certificate that GnuPG makes with each key, with a colon in front against haste. */
function revocationOf(own: OwnKey): string {
  return gpg.read(`openpgp-revocs.d/${own.fingerprint}.rev`)
}

function signedByGnupg(email: string, words: readonly string[] = []): string {
  const signature = gpg.run([...words, '--local-user', email, '--armor', '--detach-sign'], entity).toString()
  return [
    'From: duty@cert.example',
    'Content-Type: multipart/signed; boundary="nextPart"; micalg="pgp-sha512"; protocol="application/pgp-signature"',
    '',
    '--nextPart',
    entity,
    '--nextPart',
    'Content-Type: application/pgp-signature; name="signature.asc"',
    '',
    signature.replaceAll('\n', '\r\n'),
    '--nextPart--',
    '',
  ].join('\r\n')
}

/** What GnuPG says of the parts as a mail program hands them to it. */
function gnupgVerifies(mail: string): string {
  const [, signed = ''] = mail.split(/(?:^|\r\n)--=_signed\r\n/)
  const signature = gpg.file('signature.asc', partOf(mail, 'SIGNATURE'))
  return gpg.statusOf(['--verify', signature, '-'], signed)
}

function partOf(mail: string, name: 'MESSAGE' | 'SIGNATURE'): string {
  return new RegExp(`-----BEGIN PGP ${name}-----[^]*-----END PGP ${name}-----`).exec(mail)?.[0] ?? ''
}

/** Keys are made while the tests run: a time before them is a time at which they cannot sign. */
function now(): Date {
  return new Date()
}

function bytes(of: string): Uint8Array {
  return new TextEncoder().encode(of)
}

function text(of: Uint8Array): string {
  return new TextDecoder().decode(of)
}

import { type Gnupg, openGnupg } from '@parley/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { beginDesk, valueOf } from '../../test/desk-folder.ts'
import { parleyMail, parleyMessage } from '../../test/mails.ts'
import type { Correspondents } from './correspondents.ts'
import { takeIn } from './take-in.ts'

const sender = 'duty@merrow.example'
let gnupg: Gnupg
let key: string

beforeAll(() => {
  gnupg = openGnupg()
  key = gnupg.makeKey(`Merrow <${sender}>`)
})
afterAll(() => gnupg?.close())

/** The mail of a message as another program signs it (RFC 3156): the part from its Content-Type on. */
function signedMail(as = sender): string {
  const mail = parleyMail(parleyMessage()).toString()
  const start = mail.indexOf('Content-Type: multipart/mixed')
  const content = mail.slice(start).trimEnd()
  const words = ['--armor', '--detach-sign', '--local-user', as]
  const signature = gnupg.run(words, content).toString().replace(/\r?\n/g, '\r\n')
  return [
    `${mail.slice(0, start)}Content-Type: multipart/signed; micalg=pgp-sha256;`,
    ' protocol="application/pgp-signature"; boundary="signed"',
    '',
    '--signed',
    content,
    '--signed',
    'Content-Type: application/pgp-signature; name="signature.asc"',
    '',
    signature,
    '--signed--',
    '',
  ].join('\r\n')
}

async function taken(mail: string, keys: readonly string[]) {
  const desk = await beginDesk()
  const at = new Date()
  const correspondents: Correspondents = { findSender: () => undefined, keysOf: () => keys }
  valueOf(await takeIn(desk, Buffer.from(mail), { at, by: 'desk@cirt.example', correspondents }))
  const line = desk.record.lines().find(({ what }) => what === 'message.received')
  if (!line?.known || line.what !== 'message.received') throw new Error('nothing came in')
  return { ...line.content, files: line.files.length, cases: [...desk.cases.all()].length }
}

test('POC-35: a message that gpg signed is read as it was signed, and says by which key', async () => {
  const { warnings, signedBy, message, files } = await taken(signedMail(), [key])
  expect([warnings, files]).toEqual([undefined, 1])
  expect(message).toMatchObject({ kind: 'inquiry' })
  expect(gnupg.run(['--fingerprint', '--with-colons', sender]).toString()).toContain(signedBy)
})

test('POC-35: a signature that does not verify is said on top, and its message opens no case', async () => {
  const altered = signedMail().replace('Las bombas', 'Las trampas')
  const { warnings, signedBy, cases } = await taken(altered, [key])
  expect(warnings).toContain('signature-broken')
  expect([signedBy, cases]).toEqual([undefined, 0])
})

test('POC-35: a key that is not known here is said so: the message is read, and whose it is stays open', async () => {
  const { warnings, signedBy, message } = await taken(signedMail(), [])
  expect([warnings, signedBy]).toEqual([['key-unknown'], undefined])
  expect(message).toMatchObject({ kind: 'inquiry' })
})

test('POC-35: a key that had expired when the mail came proves nothing', async () => {
  const user = `Old <old@merrow.example>`
  const old = gnupg.makeKey(user, { at: '20200101T000000', expires: '2d' })
  const words = ['--faked-system-time', '20200101T010000!', '--armor', '--detach-sign']
  const mail = signedMail()
  const content = /--signed\r\n(Content-Type: multipart\/mixed[\s\S]*?)\r\n--signed\r\n/.exec(mail)?.[1] ?? ''
  const signature = gnupg.run([...words, '--local-user', 'old@merrow.example'], content).toString()
  const past = mail.replace(
    /-----BEGIN PGP SIGNATURE[\s\S]*?END PGP SIGNATURE-----/,
    signature.trim().replace(/\r?\n/g, '\r\n'),
  )
  expect((await taken(past, [old])).warnings).toEqual(['signature-unfit'])
})

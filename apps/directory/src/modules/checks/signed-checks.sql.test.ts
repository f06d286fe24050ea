import { hour } from '@parley/kernel'
import { composeMail, composeReply } from '@parley/mail'
import { verifyMail } from '@parley/protocol/openpgp'
import { settableClock } from '@parley/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openpgpKeyOf } from '../../../test/key-examples.ts'
import { email, nominate, stateCode } from '../../../test/nominate.ts'
import { startRound } from '../../../test/start-round.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { openSigningKey, type SigningKey } from '../../platform/mail/signing-key.ts'

const sahiliya = stateCode('XA')

let world: World
let signingKey: SigningKey
let round: string
beforeAll(async () => {
  const clock = settableClock()
  const { privateKey } = await openpgpKeyOf(['checks@directory.example'])
  signingKey = await openSigningKey(privateKey, undefined, clock.now())
  world = await openWorld({ clock, signingKey })
  await world.participate(sahiliya)
  await nominate(world, sahiliya, 'technical', { addresses: [email('poc@cert.example')] })
  round = await startRound(world)
  await world.work('send-messages')
})
afterAll(() => world.close())

const checksSent = () => world.sent.filter(({ to }) => to === 'poc@cert.example')

test('POC-17: a check and its reminder are signed with the manager’s key and name its fingerprint; the reminder gives no new 48 hours', async () => {
  world.clock.advance(25 * hour)
  await world.work('send-messages')
  expect(checksSent()).toHaveLength(2)
  const [check, reminder] = checksSent()
  expect(check?.text).toContain('acknowledge within 48 hours')
  expect(reminder?.text).toContain('48 hours, counted from that first message')
  for (const mail of checksSent()) {
    const result = await verifyMail(await composeMail(mail), [signingKey.publicKey], world.clock.now())
    expect(result).toMatchObject({ kind: 'good', fingerprint: signingKey.fingerprint })
    expect(mail.text.replaceAll(' ', '')).toContain(signingKey.fingerprint)
  }
})

test('POC-17: a correction is signed too, and verifies with that key alone and in these words alone', async () => {
  const manager = await world.visitor({ role: 'manager' })
  const { text } = await manager.get(`${round}/correction?reason=link`)
  const seen = /name="seen" value="([^"]+)"/.exec(text)?.[1] ?? ''
  const sent = await manager.post(`${round}/correction`, { reason: 'link', seen, confirmed: 'yes' })
  expect(sent.status).toBe(303)
  await world.work('send-messages')
  const correction = checksSent().at(-1)
  if (!correction) throw new Error('no correction')
  expect(correction.subject).toMatch(/^Correction: /)
  expect(correction.text.replaceAll(' ', '')).toContain(signingKey.fingerprint)
  const raw = await composeMail(correction)
  const now = world.clock.now()
  expect(await verifyMail(raw, [signingKey.publicKey], now)).toMatchObject({
    kind: 'good',
    fingerprint: signingKey.fingerprint,
  })
  const another = await openpgpKeyOf(['checks@directory.example'])
  expect(await verifyMail(raw, [another.publicKey], now)).toMatchObject({ kind: 'unknown-key' })
  const mail = Buffer.from(raw).toString('latin1')
  const altered = mail.replace('Dear colleague', 'Dear Colleague')
  expect(altered).not.toBe(mail)
  expect(await verifyMail(Buffer.from(altered, 'latin1'), [signingKey.publicKey], now)).toEqual({
    kind: 'bad',
    why: 'altered',
  })
})

test('POC-17: a reply to a signed check answers it, with the signature’s parts quoted or not', async () => {
  const [first] = checksSent()
  if (!first) throw new Error('not sent')
  const reply = await composeReply(await composeMail(first), {
    from: { name: '', address: 'poc@cert.example' },
    text: 'We are here, thank you.\n\n-----BEGIN PGP SIGNATURE-----\n\niQ==\n-----END PGP SIGNATURE-----',
    at: world.clock.now(),
  })
  if (!reply) throw new Error('no reply')
  expect(await world.directory.receive(reply, world.clock.now())).toBe('acknowledged')
})

test('POC-16: the page that announces the rounds shows the fingerprint and gives the public key to anybody', async () => {
  const visitor = await world.visitor()
  const page = await visitor.get('/en')
  expect(page.text.replaceAll(' ', '')).toContain(signingKey.fingerprint)
  const key = await visitor.get('/en/checks-key.asc')
  expect(key.headers.get('content-type')).toContain('application/pgp-keys')
  expect(key.text).toContain('BEGIN PGP PUBLIC KEY BLOCK')
})

test('nothing but a check is signed', async () => {
  const others = world.sent.filter(({ text }) => !/checks\/\d{12}/.test(text))
  expect(others.filter((mail) => mail.wrap !== undefined)).toEqual([])
})

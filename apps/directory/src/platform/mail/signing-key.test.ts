import { day } from '@parley/kernel'
import { verifyMail } from '@parley/protocol/openpgp'
import { expect, test } from 'vitest'
import { openpgpKeyOf } from '../../../test/key-examples.ts'
import { UnsafeSettings } from '../config/settings.ts'
import { endsSoon, maySign, openSigningKey } from './signing-key.ts'

const now = new Date('2026-11-03T09:00:00Z')
const emails = ['checks@directory.example']

async function problemOf(armored: string, passphrase?: string): Promise<string> {
  const fault = await openSigningKey(armored, passphrase, now).catch((each: unknown) => each)
  return fault instanceof UnsafeSettings ? fault.problems.join() : 'none'
}

test('a key that cannot sign is refused at the start, with the reason and nothing of the key', async () => {
  const { privateKey, publicKey } = await openpgpKeyOf(emails)
  const locked = await openpgpKeyOf(emails, { passphrase: 'correct horse' })
  const expired = await openpgpKeyOf(emails, { keyExpirationTime: 86_400 })
  expect(await problemOf('nothing')).toContain('not a private OpenPGP key')
  expect(await problemOf(publicKey)).toContain('public key')
  expect(await problemOf(`${privateKey}\n${locked.privateKey}`)).toContain('PARLEY_SIGNING_KEY: ')
  expect(await problemOf(locked.privateKey)).toContain('PARLEY_SIGNING_PASSPHRASE: needed')
  expect(await problemOf(locked.privateKey, 'battery staple')).toBe(
    'PARLEY_SIGNING_PASSPHRASE: does not open the key',
  )
  expect(await problemOf(expired.privateKey)).toContain('has expired')
  expect(await problemOf(locked.privateKey, 'correct horse')).toBe('none')
})

test('what is logged of a key is its public half alone', async () => {
  const { privateKey } = await openpgpKeyOf(emails)
  const key = await openSigningKey(privateKey, undefined, now)
  expect(JSON.stringify(key)).not.toContain('PRIVATE')
  const signed = await key.sign(Buffer.from('Content-Type: text/plain\r\n\r\nHello\r\n'), now)
  expect(await verifyMail(signed, [key.publicKey], now)).toMatchObject({
    kind: 'good',
    fingerprint: key.fingerprint,
  })
})

test('a key is told to end thirty days before it does, and signs nothing from then on', async () => {
  const { privateKey } = await openpgpKeyOf(emails, { keyExpirationTime: 3 * 365 * 86_400 })
  const key = await openSigningKey(privateKey, undefined, now)
  const until = key.until?.getTime() ?? 0
  expect(endsSoon(key, new Date(until - 31 * day))).toBe(false)
  expect(endsSoon(key, new Date(until - 30 * day))).toBe(true)
  expect(maySign(key, new Date(until - 1))).toBe(true)
  expect(maySign(key, new Date(until))).toBe(false)
  expect(maySign(undefined, now)).toBe(false)
})

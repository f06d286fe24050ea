import { readPrivateKey } from 'openpgp'
import { expect, test } from 'vitest'
import { makeKey, now, open, year } from './examples.ts'
import { checkSigning, openOwnKey } from './index.ts'

test('a private key opens with its passphrase alone, and never shows what is in it', async () => {
  const { armored, publicKey } = await makeKey({ passphrase: 'correct horse' })
  expect(await openOwnKey(armored)).toEqual({ ok: false, refusal: 'locked' })
  expect(await openOwnKey(armored, 'battery staple')).toEqual({ ok: false, refusal: 'passphrase-wrong' })
  expect(await openOwnKey(publicKey)).toEqual({ ok: false, refusal: 'public' })
  expect(await openOwnKey('nothing')).toEqual({ ok: false, refusal: 'unreadable' })
  expect(await openOwnKey(`${armored}\n${(await makeKey()).armored}`)).toEqual({
    ok: false,
    refusal: 'several',
  })
  const own = await open(armored, 'correct horse')
  expect(JSON.stringify(own)).not.toContain('PRIVATE')
  expect(
    Object.values(own)
      .flat()
      .every((value) => typeof value === 'string'),
  ).toBe(true)
  expect(own.publicKey).toContain('BEGIN PGP PUBLIC KEY BLOCK')
})

test('a key says whether it can sign, and until when', async () => {
  const own = await open((await makeKey()).armored)
  expect(await checkSigning(own, now)).toEqual({ ok: true, value: {} })
  const short = await open((await makeKey({ keyExpirationTime: 2 * year })).armored)
  expect(await checkSigning(short, now)).toEqual({
    ok: true,
    value: { until: new Date('2027-01-01T00:00:00Z') },
  })
  expect(await checkSigning(short, new Date('2027-01-01T00:00:00Z'))).toEqual({
    ok: false,
    refusal: 'expired',
  })
  const early = new Date('2024-01-01T00:00:00Z')
  expect(await checkSigning(own, early)).toEqual({ ok: false, refusal: 'cannot-sign' })
  const key = await readPrivateKey({ armoredKey: (await makeKey()).armored })
  const revoked = await open((await key.revoke(undefined, new Date('2025-07-01T00:00:00Z'))).armor())
  expect(await checkSigning(revoked, now)).toEqual({ ok: false, refusal: 'revoked' })
})

test('a key whose private half does not fit its public one is found out before it is needed', async () => {
  const one = await readPrivateKey({ armoredKey: (await makeKey()).armored })
  const other = await readPrivateKey({ armoredKey: (await makeKey()).armored })
  Object.assign(one.keyPacket, { privateParams: Reflect.get(other.keyPacket, 'privateParams') })
  expect(await checkSigning(await open(one.armor()), now)).toEqual({ ok: false, refusal: 'cannot-sign' })
})

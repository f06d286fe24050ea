import { config, generateKey, type KeyOptions, readKey as readOpenpgp, readPrivateKey } from 'openpgp'
import { expect, test } from 'vitest'
import { certificate, openpgpKeyOf, weakCertificate } from '../../../test/key-examples.ts'
import { largestKey } from './domain/key.ts'
import { readKey } from './read-key.ts'

const now = new Date('2026-11-20T08:00:00Z')
const own = 'poc@cert.sahiliya.example'

async function read(pasted: string, scheme: 'openpgp' | 'smime' = 'openpgp') {
  const result = await readKey(scheme, pasted, [own], now)
  if (!result.ok) throw new Error(result.refusal.code)
  return result.value
}

async function refusalOf(pasted: string, scheme: 'openpgp' | 'smime' = 'openpgp') {
  const result = await readKey(scheme, pasted, [own], now)
  return result.ok ? undefined : result.refusal
}

test('POC-09: a public key is kept with its fingerprint and the user id that names the entry', async () => {
  const { publicKey } = await openpgpKeyOf([own])
  const key = await read(publicKey)
  const original = await readOpenpgp({ armoredKey: publicKey })
  expect(key.fingerprint).toBe(original.getFingerprint().toUpperCase())
  expect(key.names).toEqual([`Duty team <${own}>`])
  expect(key.warnings).toEqual([])
  expect(key.expiresAt).toBeUndefined()
})

test('a private key is refused, and no word of it stands in the refusal', async () => {
  const { privateKey } = await openpgpKeyOf([own])
  const disguised = privateKey.replaceAll('PRIVATE KEY BLOCK', 'PUBLIC KEY BLOCK')
  const refused = { code: 'directory/key-private', kind: 'invalid', field: 'openpgp' }
  expect(await refusalOf(privateKey)).toEqual(refused)
  expect(await refusalOf(disguised)).toEqual(refused)
  const pem = '-----BEGIN PRIVATE KEY-----\nMIG\n-----END PRIVATE KEY-----'
  expect(await refusalOf(`${certificate}\n${pem}`, 'smime')).toEqual({ ...refused, field: 'smime' })
})

test('of hundreds of foreign user ids none is kept', async () => {
  const foreign = Array.from({ length: 180 }, (_, each) => `someone-${each}@elsewhere.example`)
  const { publicKey } = await openpgpKeyOf([...foreign, own.toUpperCase()])
  expect(publicKey.length).toBeGreaterThan(40_000)
  const key = await read(publicKey)
  expect(key.names).toEqual([`Duty team <${own.toUpperCase()}>`])
  expect(key.armored.length).toBeLessThan(2_000)
  expect((await readOpenpgp({ armoredKey: key.armored })).users.length).toBe(1)
})

test('a key that names no address of the entry keeps one user id, with a warning', async () => {
  const key = await read((await openpgpKeyOf(['one@elsewhere.example', 'two@elsewhere.example'])).publicKey)
  expect(key.names).toEqual(['Duty team <one@elsewhere.example>'])
  expect(key.warnings).toEqual(['not-named'])
})

test('signatures of others are dropped', async () => {
  const [ours, theirs] = [await openpgpKeyOf([own]), await openpgpKeyOf(['x@elsewhere.example'])]
  const signer = await readPrivateKey({ armoredKey: theirs.privateKey })
  const signed = await (await readOpenpgp({ armoredKey: ours.publicKey })).signAllUsers([signer], now)
  expect(signed.users[0]?.otherCertifications.length).toBe(1)
  const kept = await readOpenpgp({ armoredKey: (await read(signed.armor())).armored })
  expect(kept.users[0]?.otherCertifications).toEqual([])
})

test('subkeys that have ended are dropped; without one to encrypt to, that is said', async () => {
  const day = 24 * 60 * 60
  const subkeys: KeyOptions['subkeys'] = [{ keyExpirationTime: 10 * day }, {}]
  const key = await read((await openpgpKeyOf([own], { subkeys })).publicKey)
  expect((await readOpenpgp({ armoredKey: key.armored })).subkeys.length).toBe(1)
  const ended = await read(
    (await openpgpKeyOf([own], { subkeys: [{ keyExpirationTime: 10 * day }] })).publicKey,
  )
  expect(ended.warnings).toEqual(['signs-only'])
})

test('the end of a key is its own or that of its last subkey, whichever comes first', async () => {
  const day = 24 * 60 * 60
  const { publicKey } = await openpgpKeyOf([own], {
    keyExpirationTime: 1000 * day,
    subkeys: [{ keyExpirationTime: 900 * day }, { keyExpirationTime: 800 * day }],
  })
  expect((await read(publicKey)).expiresAt).toEqual(new Date(Date.UTC(2025, 0, 901)))
})

test('an old and weak key is the choice of the State: it is kept and marked', async () => {
  const { publicKey } = await generateKey({
    type: 'rsa',
    rsaBits: 1024,
    userIDs: { email: own },
    date: new Date('2025-01-01T00:00:00Z'),
    config: { ...config, minRSABits: 1024 },
  })
  expect((await read(publicKey)).warnings).toEqual(['weak'])
})

test('a key in the format of version 6 is kept, and it is said that other programs may not read it', async () => {
  const v6 = { type: 'curve25519', config: { ...config, v6Keys: true } } as const
  expect((await read((await openpgpKeyOf([own], v6)).publicKey)).warnings).toEqual(['new-format'])
})

test.each([
  ['directory/key-unreadable', ''],
  [
    'directory/key-unreadable',
    '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----',
  ],
  ['directory/key-unreadable', certificate],
  ['directory/key-too-large', 'x'.repeat(largestKey + 1)],
])('%s is the answer to what is no key', async (code, pasted) => {
  expect((await refusalOf(pasted))?.code).toBe(code)
})

test('two keys at once are refused', async () => {
  const [one, two] = [await openpgpKeyOf([own]), await openpgpKeyOf([own])]
  const bytes = await Promise.all(
    [one, two].map(async ({ publicKey }) => (await readOpenpgp({ armoredKey: publicKey })).write()),
  )
  const base64 = Buffer.concat(bytes).toString('base64')
  const both = `-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n${base64}\n-----END PGP PUBLIC KEY BLOCK-----`
  expect((await refusalOf(both))?.code).toBe('directory/key-several')
  expect((await refusalOf(`${certificate}\n${weakCertificate}`, 'smime'))?.code).toBe('directory/key-several')
})

test('a certificate is kept with its subject, issuer and SHA-256 fingerprint', async () => {
  const key = await read(certificate, 'smime')
  expect(key.names).toEqual(['O=Sahiliya CERT, CN=Duty team'])
  expect(key.issuer).toBe('O=Sahiliya CERT, CN=Duty team')
  expect(key.fingerprint).toMatch(/^[0-9A-F]{64}$/)
  expect(key.warnings).toEqual([])
  expect(key.expiresAt?.getUTCFullYear()).toBeGreaterThan(2120)
  expect((await read(weakCertificate, 'smime')).warnings).toEqual(['weak', 'not-named'])
  const broken = certificate.replace(/\n.{10}/, '\nAAAAAAAAAA')
  expect((await refusalOf(broken, 'smime'))?.code).toBe('directory/key-unreadable')
})

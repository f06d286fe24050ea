import { X509Certificate } from 'node:crypto'
import { day, groupFingerprint } from '@parley/kernel'
import ICAL from 'ical.js'
import { readKey } from 'openpgp'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addExample, exampleContent } from '../../../test/entry-examples.ts'
import { certificate, openpgpKeyOf } from '../../../test/key-examples.ts'
import { email, stateCode } from '../../../test/nominate.ts'
import { wholeDatabase } from '../../../test/whole-database.ts'
import { openWorld, type Visitor, type World } from '../../../test/world.ts'
import { saveMission } from '../community/index.ts'
import type { Entry } from './domain/entry.ts'

const own = 'poc@cert.sahiliya.example'
const [XA, XB] = [stateCode('XA'), stateCode('XB')]

let world: World
let entry: Entry
let mission: Visitor
let counterpart: Visitor
beforeEach(async () => {
  world = await openWorld()
  await world.participate(XA, XB)
  const content = exampleContent('Sahiliya CERT', { addresses: [email(own)], workingLanguages: ['fr'] })
  entry = await addExample(world, XA, 'technical', content)
  mission = await world.visitor({ role: 'mission', state: XA })
  counterpart = await world.visitor({ role: 'poc', kind: 'technical', state: XB })
})
afterEach(() => world.close())

const card = () => `/en/entries/${entry.id}`
const keys = () => `${card()}/keys`

async function fingerprintOf(armoredKey: string): Promise<string> {
  return groupFingerprint((await readKey({ armoredKey })).getFingerprint().toUpperCase())
}

test('POC-09: a key that the State sets is on its card at once, for all participating States, and in its vCard', async () => {
  const { publicKey } = await openpgpKeyOf([own])
  const saved = await mission.post(keys(), { openpgp: publicKey, smime: certificate })
  expect(saved.location).toBe(`${card()}?saved=yes`)
  const { text } = await counterpart.get(card())
  const fingerprint = await fingerprintOf(publicKey)
  expect(text).toContain(`<bdi dir="ltr">${fingerprint}</bdi>`)
  expect(text).toContain('O=Sahiliya CERT, CN=Duty team')
  const vcard = ICAL.Component.fromString((await counterpart.get(`${card()}/card.vcf`)).text)
  const [pgp, smime] = vcard.getAllProperties('key').map((key) => String(key.getFirstValue()))
  const octets = Buffer.from(pgp?.replace('data:application/pgp-keys;base64,', '') ?? '', 'base64')
  const exported = (await readKey({ binaryKey: octets })).getFingerprint().toUpperCase()
  expect(groupFingerprint(exported)).toBe(fingerprint)
  const der = certificate.replace(/-----.*-----|\n/g, '')
  expect(smime).toBe(`data:application/pkix-cert;base64,${der}`)
})

test('POC-09: a private key is refused with a sentence, shown to nobody again and kept nowhere', async () => {
  const { privateKey } = await openpgpKeyOf([own])
  const refused = await mission.post(keys(), { openpgp: privateKey })
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('This is a private key. It was not kept.')
  const database = await wholeDatabase(world.directory.database)
  const words = privateKey.split('\n').filter((line) => line.length > 30)
  for (const word of words) {
    expect(refused.text).not.toContain(word)
    expect(database).not.toContain(word)
  }
  expect(words.length).toBeGreaterThan(2)
})

test('a key replaces the one of its kind; the history holds both fingerprints and no key', async () => {
  const [first, second] = [await openpgpKeyOf([own]), await openpgpKeyOf([own])]
  await mission.post(keys(), { openpgp: first.publicKey })
  await mission.post(keys(), { openpgp: second.publicKey })
  const { text } = await counterpart.get(card())
  // The former one stands there as long as any former value: its reader is warned.
  expect(text).toMatch(new RegExp(`${await fingerprintOf(first.publicKey)}</bdi>[^.]*shown until`))
  expect(text).toContain(await fingerprintOf(second.publicKey))
  const history = (await mission.get('/en/our-history')).text
  expect(history).toContain('A key of an entry was set')
  for (const { publicKey } of [first, second])
    expect(history).toContain((await fingerprintOf(publicKey)).replaceAll(' ', ''))
  expect(history).not.toContain('PUBLIC KEY')
  expect((await mission.get('/en/our-state')).text).toContain('OpenPGP key')
})

test('a POC sets the key of its own kind and State; another State and the other kind cannot', async () => {
  const { publicKey } = await openpgpKeyOf([own])
  const ours = await world.visitor({ role: 'poc', kind: 'technical', state: XA })
  const otherKind = await world.visitor({ role: 'poc', kind: 'diplomatic', state: XA })
  expect((await otherKind.post(keys(), { openpgp: publicKey })).status).toBe(403)
  expect((await counterpart.post(keys(), { openpgp: publicKey })).status).toBe(403)
  expect((await counterpart.get(keys())).status).toBe(403)
  expect((await ours.post(keys(), { openpgp: publicKey })).status).toBe(303)
  expect((await counterpart.get(`${keys()}/openpgp/remove`)).status).toBe(403)
  expect((await counterpart.post(`${keys()}/openpgp/remove`)).status).toBe(403)
  expect((await ours.get(`${keys()}/openpgp/remove`)).text).toContain(await fingerprintOf(publicKey))
  await ours.post(`${keys()}/openpgp/remove`)
  const removed = (await counterpart.get(card())).text
  expect(removed).not.toContain('OpenPGP key')
  expect(removed).toMatch(new RegExp(`${await fingerprintOf(publicKey)}</bdi>[^.]*shown until`))
})

test('who wants to change a key proves again who they are', async () => {
  world.clock.advance(11 * 60 * 1000)
  const { publicKey } = await openpgpKeyOf([own])
  expect((await mission.post(keys(), { openpgp: publicKey })).status).toBe(403)
  expect((await counterpart.get(card())).text).not.toContain(await fingerprintOf(publicKey))
})

test('RULE-9: what the manager sets on a note verbale is marked until the State confirms, and its look is a line', async () => {
  const manager = await world.visitor({ role: 'manager' })
  const { publicKey } = await openpgpKeyOf([own])
  await manager.get(keys())
  expect((await manager.post(keys(), { openpgp: publicKey })).status).toBe(422)
  await manager.post(keys(), { openpgp: publicKey, noteVerbale: 'NV/2026/44' })
  expect((await counterpart.get(card())).text).toContain('NV/2026/44')
  expect((await mission.get('/en/our-history')).text).toContain('A contact card was opened')
})

test('a key that is for the card only stays on the card', async () => {
  const { publicKey } = await openpgpKeyOf([own])
  await mission.post(keys(), { openpgp: publicKey, cardOnly: 'yes' })
  expect((await counterpart.get(card())).text).toContain(await fingerprintOf(publicKey))
})

test('a State that leaves takes its keys along, and finds them when it comes back in time', async () => {
  const { publicKey } = await openpgpKeyOf([own])
  await mission.post(keys(), { openpgp: publicKey })
  await mission.post('/en/leave', { sure: 'yes' })
  await world.work('relay')
  expect((await counterpart.get(card())).status).toBe(404)
  await world.participate(XA)
  await world.work('restore-with-state')
  expect((await counterpart.get(card())).text).toContain(await fingerprintOf(publicKey))
})

test('POC-09: the end of a key is told to the Mission and the POC 30 days ahead and when it has come, once each', async () => {
  await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    saveMission(tx, XA, { email: 'mission@sahiliya.example', telephone: undefined, language: 'ar' }),
  )
  const { publicKey } = await openpgpKeyOf([own], {
    date: new Date(world.clock.now().getTime() - day),
    keyExpirationTime: (41 * day) / 1000,
  })
  await mission.post(keys(), { openpgp: publicKey })
  const told = async () => {
    world.sent.length = 0
    for (let each = 0; each < 3; each += 1) await world.work('watch-keys', 'relay')
    // Users of the State are told of its new entry besides.
    const ofKeys = world.sent.filter(({ to }) => !to.endsWith('@person.example'))
    return ofKeys.map(({ to, subject }) => [to, subject])
  }
  await told()
  expect(await told()).toEqual([])
  world.clock.advance(11 * day)
  expect(await told()).toEqual([
    ['mission@sahiliya.example', 'تنتهي قريبا صلاحية مفتاح في قيدكم'],
    [own, 'Une clé de votre entrée expire bientôt'],
  ])
  const reader = await world.visitor({ role: 'poc', kind: 'technical', state: XB })
  expect((await reader.get(card())).text).toContain('valid until')
  world.clock.advance(30 * day)
  expect((await told()).map(([to]) => to)).toEqual(['mission@sahiliya.example', own])
  expect(await told()).toEqual([])
  const later = await world.visitor({ role: 'poc', kind: 'technical', state: XB })
  expect((await later.get(card())).text).toContain('<span class="chip stop">expired</span>')
})

test('POC-11: when a key changes, the entry’s addresses and the Mission are warned, and a disputed one comes back whole', async () => {
  const [first, second] = [await openpgpKeyOf([own]), await openpgpKeyOf([own])]
  await mission.post(keys(), { openpgp: first.publicKey })
  for (let run = 0; run < 3; run += 1) await world.work('relay')
  world.sent.length = 0
  await mission.post(keys(), { openpgp: second.publicKey })
  for (let run = 0; run < 3; run += 1) await world.work('relay')
  const warning = world.sent.find(({ to }) => to === own)?.text ?? ''
  const [link = ''] = /\/fr\/not-right\/\S+/.exec(warning) ?? []
  expect((await (await world.visitor()).post(link)).status).toBe(200)
  for (let run = 0; run < 3; run += 1) await world.work('relay')
  const both = (await counterpart.get(card())).text
  expect(both).toContain('disputed')
  for (const key of [first, second]) expect(both).toContain(await fingerprintOf(key.publicKey))
  const [, decision = ''] = /href="([^"]+\/changes\/[^"]+)"/.exec((await mission.get(card())).text) ?? []
  expect((await mission.post(decision, { outcome: 'restored', version: '1' })).status).toBe(303)
  const restored = (await counterpart.get(card())).text
  expect(restored).toContain(await fingerprintOf(first.publicKey))
  expect(restored).not.toContain(await fingerprintOf(second.publicKey))
  expect(restored).not.toContain('disputed')
})

async function mails(): Promise<World['sent']> {
  for (let run = 0; run < 4; run += 1) await world.work('relay')
  return world.sent.splice(0)
}

async function saysNew(reader: Visitor): Promise<boolean> {
  return /new since/.test((await reader.get(card())).text.split('OpenPGP key')[1] ?? '')
}

test('POC-11: a new key is told to every other user of its State and is new on the card for 30 days', async () => {
  await world.visitor({ role: 'poc', kind: 'diplomatic', state: XA })
  world.clock.advance(day)
  mission = await world.visitor({ role: 'mission', state: XA })
  await mails()
  const { publicKey } = await openpgpKeyOf([own])
  await mission.post(keys(), { openpgp: publicKey })
  const told = (await mails()).filter(({ subject }) => subject === 'A new key in an entry of your State')
  // Two who have signed in for this State before, and not the one who did it.
  expect(told.length).toBe(2)
  for (const { text } of told) {
    expect(text).toContain(await fingerprintOf(publicKey))
    expect(text).toContain('“Sahiliya CERT”')
    expect(text).not.toContain('PUBLIC KEY')
  }
  expect((await mission.get('/en/our-state')).text).toContain('A key of an entry was set')
  // The same key again, for the card only, is no new one.
  await mission.post(keys(), { openpgp: publicKey, cardOnly: 'yes' })
  expect(await mails()).toEqual([])
  counterpart = await world.visitor({ role: 'poc', kind: 'technical', state: XB })
  expect(await saysNew(counterpart)).toBe(true)
  world.clock.advance(30 * day)
  expect(await saysNew(await world.visitor({ role: 'poc', kind: 'technical', state: XB }))).toBe(false)
})

test('POC-11: whoever was reached by a key that is removed is warned, as by a change of address', async () => {
  const { publicKey } = await openpgpKeyOf([own])
  await mission.post(keys(), { openpgp: publicKey })
  await mails()
  await mission.post(`${keys()}/openpgp/remove`)
  const warned = (await mails()).filter(({ to }) => to === own)
  expect(warned).toHaveLength(1)
  expect(warned[0]?.text).toContain('/fr/not-right/')
})

test('RULE-9: the manager removes a key on a note verbale only; the card says so and the Mission is told', async () => {
  await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    saveMission(tx, XA, { email: 'mission@sahiliya.example', telephone: undefined, language: 'en' }),
  )
  const { publicKey } = await openpgpKeyOf([own])
  await mission.post(keys(), { openpgp: publicKey })
  await mails()
  const manager = await world.visitor({ role: 'manager' })
  const remove = `${keys()}/openpgp/remove`
  expect((await manager.get(remove)).text).toContain('name="noteVerbale"')
  expect((await manager.post(remove)).status).toBe(422)
  expect((await counterpart.get(card())).text).toContain('OpenPGP key')
  expect((await manager.post(remove, { noteVerbale: 'NV/2026/45' })).status).toBe(303)
  const { text } = await counterpart.get(card())
  expect(text).not.toContain('OpenPGP key')
  expect(text).toContain('NV/2026/45')
  expect((await mails()).filter(({ to }) => to === 'mission@sahiliya.example')).toHaveLength(2)
  expect((await manager.get(remove)).status).toBe(404)
  const history = (await mission.get('/en/our-history')).text
  expect(history).toContain('A key of an entry was removed')
})

test('POC-09: the public key is a file under the name and media type that programs for mail know', async () => {
  const { publicKey } = await openpgpKeyOf([own])
  await mission.post(keys(), { openpgp: publicKey, smime: certificate })
  const shown = (await counterpart.get(card())).text
  expect(shown).toContain(`href="${keys()}/openpgp"`)
  const asc = await counterpart.get(`${keys()}/openpgp`)
  expect(asc.headers.get('content-type')).toBe('application/pgp-keys')
  expect(asc.headers.get('content-disposition')).toBe(
    `attachment; filename="XA-technical-${entry.id.slice(0, 8)}.asc"`,
  )
  expect(groupFingerprint((await readKey({ armoredKey: asc.text })).getFingerprint().toUpperCase())).toBe(
    await fingerprintOf(publicKey),
  )
  const pem = await counterpart.get(`${keys()}/smime`)
  expect(pem.headers.get('content-type')).toBe('application/pem-certificate-chain')
  expect(pem.headers.get('content-disposition')).toContain('.pem"')
  expect(new X509Certificate(pem.text).fingerprint256).toBe(new X509Certificate(certificate).fingerprint256)
  for (const absent of ['pgp', 'OPENPGP', '..%2f']) {
    expect((await counterpart.get(`${keys()}/${absent}`)).status).toBe(404)
    expect((await mission.get(`${keys()}/${absent}/remove`)).status).toBe(404)
  }
  // Who may not read the card gets no key, and the manager’s taking is a line (RULE-9).
  const auditor = await world.visitor({ role: 'auditor' })
  expect((await auditor.get(`${keys()}/openpgp`)).status).toBe(403)
  await (await world.visitor({ role: 'manager' })).get(`${keys()}/openpgp`)
  expect((await mission.get('/en/our-history')).text).toContain('A contact card was opened')
})

test('POC-11: a disputed key is marked itself, beside the former one', async () => {
  const [first, second] = [await openpgpKeyOf([own]), await openpgpKeyOf([own])]
  await mission.post(keys(), { openpgp: first.publicKey })
  await mails()
  await mission.post(keys(), { openpgp: second.publicKey })
  const [link = ''] =
    /\/fr\/not-right\/\S+/.exec((await mails()).find(({ to }) => to === own)?.text ?? '') ?? []
  await (await world.visitor()).post(link)
  await mails()
  const { text } = await counterpart.get(card())
  expect(text.match(/<span class="chip warn">disputed<\/span>/g)).toHaveLength(2)
})

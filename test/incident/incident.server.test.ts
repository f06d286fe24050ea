import { Writable } from 'node:stream'
import { minute, systemClock } from '@parley/kernel'
import { type Gnupg, type MailServers, openGnupg, settableClock, startMailServers } from '@parley/testkit'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { filesIn } from '../../apps/desk/test/desk-folder.ts'
import { findTyped } from '../../apps/desk/test/find-typed.ts'
import { verifyRecordCommand } from '../../apps/desk/src/record/verify-record.command.ts'
import { insertKey } from '../../apps/directory/src/modules/directory/store/keys.ts'
import { openLog } from '../../apps/directory/src/platform/telemetry/log.ts'
import { addExample, exampleContent } from '../../apps/directory/test/entry-examples.ts'
import { issue } from '../../apps/directory/test/issue.ts'
import { email, phone, stateCode } from '../../apps/directory/test/nominate.ts'
import { wholeDatabase } from '../../apps/directory/test/whole-database.ts'
import { openWorld, origin as directoryOrigin, type World } from '../../apps/directory/test/world.ts'
import { mailDomain, type Office, openIncidentOffice } from './offices.ts'

// One inquiry, from its first mail to its end, between the Desks of two fictional States, with a second office of one
// of them, real mail servers between them, and a Directory that they need only to find each other.

const valdoria = stateCode('XF')
const sahiliya = stateCode('XA')
const typed = {
  known: 'zarzuela: el sistema de despacho no responde',
  technical: '198.51.100.77 y quetzalito.example',
  agreed: 'الوحدة المناوبة زعفران',
  answer: 'رصدنا الشيء نفسه قرنفل',
  outcome: 'aclarado con membrillo',
} as const
const words = ['zarzuela', 'quetzalito', '198.51.100.77', 'زعفران', 'قرنفل', 'membrillo'] as const
const urgentNumber = '+99955501742'
const untilSnapshot = 61 * minute

const certValdoria: Wanted = {
  mailbox: 'cert-valdoria',
  state: 'XF',
  kind: 'technical',
  entity: 'CERT Valdoria',
  language: 'es',
  person: 'Ana Ruiz',
}
const certSahiliya: Wanted = {
  mailbox: 'cert-sahiliya',
  state: 'XA',
  kind: 'technical',
  entity: 'CERT Sahiliya',
  language: 'ar',
  person: 'Huda Karim',
}
const mfaSahiliya: Wanted = {
  mailbox: 'mfa-sahiliya',
  state: 'XA',
  kind: 'diplomatic',
  entity: 'MFA Sahiliya',
  language: 'ar',
  person: 'Omar Nabil',
}

let servers: MailServers
let gnupg: Gnupg
beforeAll(async () => {
  servers = await startMailServers({
    domain: mailDomain,
    mailboxes: ['cert-valdoria', 'cert-sahiliya', 'mfa-sahiliya'],
  })
  gnupg = openGnupg()
})
afterAll(async () => {
  gnupg?.close()
  await servers?.stop()
})

let world: World
let logged: string
let isDirectoryOn: boolean
beforeEach(async () => {
  logged = ''
  isDirectoryOn = true
  const to = new Writable({
    write: (piece, _, done) => {
      logged += String(piece)
      done()
    },
  })
  // The Directory is an hour behind until its snapshot is due; Desks and mail servers live now.
  const opened = await openWorld({
    clock: settableClock(new Date(Date.now() - untilSnapshot)),
    log: openLog('trace', Object.assign(to, { write: to.write })),
  })
  onTestFinished(() => opened.close())
  world = opened
  await world.participate(valdoria, sahiliya)
})

/** The way from a Desk to the Directory: no other server is there. */
const toDirectory: typeof fetch = async (asked, init) => {
  if (!isDirectoryOn) throw new TypeError('fetch failed')
  const request = new Request(asked, { ...init, redirect: 'manual' })
  const headers = new Headers(request.headers)
  headers.set('host', directoryOrigin.host)
  return world.directory.street.fetch(new Request(request, { headers }), {})
}

type Wanted = Parameters<typeof openIncidentOffice>[0]

/** Its Mission nominates an office, with its key. */
async function nominateOffice({ mailbox, state, kind, entity, language }: Wanted): Promise<void> {
  const address = `${mailbox}@${mailDomain}`
  const content = { addresses: [email(address), phone(urgentNumber)], workingLanguages: [language] }
  const entry = await addExample(world, stateCode(state), kind, exampleContent(entity, content))
  gnupg.makeKey(`${mailbox} <${address}>`)
  const listed = gnupg.run(['--with-colons', '--list-keys', address]).toString()
  const [, fingerprint = ''] = /^fpr:+([0-9A-F]{40}):/m.exec(listed) ?? []
  const armored = gnupg.run(['--armor', '--export', address]).toString()
  await world.directory.database.transaction({ role: 'worker' }, (tx) =>
    insertKey(tx, world.clock.now(), entry, {
      scheme: 'openpgp',
      armored,
      fingerprint,
      names: [address],
      warnings: [],
      cardOnly: false,
    }),
  )
}

async function openOffice(wanted: Wanted): Promise<Office> {
  const office = await openIncidentOffice(wanted, { servers, clock: systemClock, fetch: toDirectory })
  const armored = gnupg.run(['--armor', '--export-secret-keys', office.address]).toString()
  await office.post('/mail-settings/key', { armored })
  return office
}

/** As its Mission told it: address, token, and the fingerprint of the letter. */
async function followDirectory(office: Office): Promise<void> {
  const state = stateCode(office.state)
  const token = await issue(world, state, ['snapshot:read'])
  const mission = await world.visitor({ role: 'mission', state })
  const [letter = ''] =
    /(?:[0-9a-f]{4} ){15}[0-9a-f]{4}/.exec((await mission.get('/en/our-tokens')).text) ?? []
  await office.post('/directory/follow', { address: directoryOrigin.origin, token })
  const compare = await office.post('/directory/pull')
  for (const group of letter.split(' ')) expect(compare.text).toContain(group)
  await office.post('/directory/compare', { compared: 'yes' })
}

/** What was typed and where it went: the Directory's tables, its queues among them, its logs and what it mailed. */
async function placesOfDirectory(): Promise<ReadonlyMap<string, Buffer>> {
  return new Map([
    ['database', Buffer.from(await wholeDatabase(world.directory.database))],
    ['log', Buffer.from(logged)],
    ['mail', Buffer.from(JSON.stringify(world.sent))],
  ])
}

async function inquire(from: Office, to: Office, values: Readonly<Record<string, string>>) {
  const preview = await from.post('/write/inquiry', {
    title: 'Puerto',
    state: to.state,
    kind: to.kind,
    entity: to.entity,
    language: to.language,
    ...values,
  })
  return from.send(preview, to.address)
}

test('POC-13, POC-19, POC-28 … POC-33: an incident from the inquiry in Spanish to its end, acknowledged in Arabic, handed to the other office, and none of its words at the Directory', async () => {
  const wanted = [certValdoria, certSahiliya, mfaSahiliya] as const
  for (const each of wanted) await nominateOffice(each)
  world.clock.advance(untilSnapshot)
  await world.work('seal', 'checkpoint', 'snapshot')
  const [valdorian, duty, ministry] = [
    await openOffice(certValdoria),
    await openOffice(certSahiliya),
    await openOffice(mfaSahiliya),
  ]
  const offices = [valdorian, duty, ministry]
  for (const office of offices) await followDirectory(office)

  // The number to ring is in the Desk, and so is whom to write to.
  expect((await valdorian.get('/directory/states/XA')).text).toContain(urgentNumber)
  await inquire(valdorian, duty, {
    'v-purpose': 'request',
    'v-significance': 'urgent',
    'v-known': typed.known,
    'v-technical': typed.technical,
    'v-answer-within': '6',
    'v-channel': 'telephone',
    'v-channel-address': urgentNumber,
    'v-lead-agency': 'CERT Valdoria',
  })
  await duty.until(() => [...duty.opened().cases.all()].length > 0)
  const theirs = duty.only()
  const received = theirs.lines.find(({ what }) => what === 'message.received')
  expect(received).toMatchObject({ content: { channel: 'encrypted-e-mail' } })
  expect(received?.known && received.what === 'message.received' && received.content.warnings).toBeFalsy()
  expect(received?.known && received.what === 'message.received' && received.content.signedBy).toBeTruthy()
  const inquiryShown = await duty.get(`/cases/${theirs.id}`)
  for (const each of ['zarzuela', 'quetzalito']) expect(inquiryShown.text).toContain(each)

  // Acknowledged in one action, in Arabic; it agrees to nothing.
  const ours = valdorian.only()
  await duty.send(await duty.post(`/cases/${theirs.id}/acknowledge`), valdorian.address)
  await valdorian.until(() => valdorian.opened().cases.find(ours.id)?.acknowledged.theirs !== undefined)
  const acknowledged = await valdorian.get(`/cases/${ours.id}`)
  expect(acknowledged.text).toContain('إقرار بالاستلام')
  expect(valdorian.opened().cases.find(ours.id)?.agreedChannel).toBeUndefined()

  // An estimate, and the channel that was proposed is agreed.
  const estimate = await duty.post(`/cases/${theirs.id}/look-into`, { hours: '8', agree: 'yes' })
  await duty.send(estimate, valdorian.address)
  await valdorian.until(() => valdorian.opened().cases.find(ours.id)?.agreedChannel !== undefined)
  expect(valdorian.opened().cases.find(ours.id)).toMatchObject({
    answered: { theirs: { answer: 'looking-into-it' } },
    agreedChannel: { channel: 'telephone' },
  })
  expect(duty.opened().cases.find(theirs.id)?.agreedChannel).toMatchObject({ channel: 'telephone' })

  // What only our own government is told, and then the case goes to the ministry.
  await duty.refused(`/cases/${theirs.id}/escalate`, { office: 'Cabinet', note: typed.agreed })
  const handingOver = await duty.get(`/cases/${theirs.id}/hand-over`)
  const [, spoken = ''] = /name="passphrase" value="([^"]+)"/.exec(handingOver.text) ?? []
  const file = await duty.post(`/cases/${theirs.id}/hand-over`, {
    kind: 'diplomatic',
    entity: ministry.entity,
    passphrase: spoken,
  })
  await ministry.post('/hand-over', { file: file.text, passphrase: spoken })
  await ministry.post('/hand-over/take')
  const handed = ministry.only()
  expect((await ministry.get(`/cases/${handed.id}`)).text).toContain('zarzuela')
  expect(ministry.whats(handed.id)).not.toContain('case.escalated')
  expect(duty.whats(theirs.id)).toContain('case.handed-over')
  expect(ministry.whats(handed.id)).toContain('case.taken-over')

  // The ministry answers, in the same matter; Valdoria closes.
  const response = await ministry.post('/write/response', {
    case: handed.id,
    language: 'es',
    'v-answer': 'immediate',
    'v-response': typed.answer,
  })
  await ministry.send(response, valdorian.address)
  await valdorian.until(() => valdorian.opened().cases.find(ours.id)?.answered.theirs?.answer === 'immediate')
  expect((await valdorian.get(`/cases/${ours.id}`)).text).toContain('قرنفل')
  const closing = await valdorian.post('/write/closing', {
    case: ours.id,
    language: 'ar',
    'v-outcome': typed.outcome,
  })
  await valdorian.send(closing, ministry.address)
  await ministry.until(
    () => ministry.whats(handed.id).filter((what) => what === 'message.received').length > 1,
  )
  expect(valdorian.only().isOpen).toBe(false)
  expect((await ministry.get(`/cases/${handed.id}`)).text).toContain('membrillo')

  // The Directory is gone, and it works again: the other way round, with the copy of the directory that is there.
  isDirectoryOn = false
  expect(await duty.refused('/directory/pull')).toBe(409)
  await inquire(duty, valdorian, { 'v-known': typed.agreed, 'v-answer-within': '2' })
  await valdorian.until(() => [...valdorian.opened().cases.all()].length === 2)
  const second = [...valdorian.opened().cases.all()].find(({ id }) => id !== ours.id)
  const reply = await valdorian.post(`/cases/${second?.id}/acknowledge`)
  await valdorian.send(reply, duty.address)
  await duty.until(() =>
    [...duty.opened().cases.all()].some(
      (each) => each.id !== theirs.id && each.acknowledged.theirs !== undefined,
    ),
  )
  isDirectoryOn = true

  // Every record holds.
  for (const { folder, person, passphrase, address } of offices) {
    const said: string[] = []
    const ask = async (_: string, isSecret = false) => (isSecret ? passphrase : person)
    const verdict = await verifyRecordCommand([folder], { say: (line) => said.push(line), ask })
    expect({ address, verdict, said }).toMatchObject({ address, verdict: 0 })
  }

  // RULE-1: nothing that was typed is at the Directory; the same search finds a word that was planted in each place.
  await world.work()
  expect(findTyped(await placesOfDirectory(), words)).toEqual([])
  await addExample(world, sahiliya, 'technical', exampleContent('Office zarzuela'))
  logged += '{"msg":"zarzuela"}'
  world.sent.push({ ...plantedMail, text: 'zarzuela' })
  expect(findTyped(await placesOfDirectory(), words)).toEqual([
    'database: zarzuela',
    'log: zarzuela',
    'mail: zarzuela',
  ])

  // RULE-5: a copy of a Desk's folder holds neither the words nor the names and numbers; it would be found.
  const secrets = [...words, urgentNumber, 'CERT Valdoria', 'CERT Sahiliya', 'Puerto']
  for (const { folder } of offices) {
    const files = filesIn(folder)
    expect(files.size).toBeGreaterThan(3)
    expect(findTyped(files, secrets)).toEqual([])
    const [some = ''] = files.keys()
    const planted = new Map([
      ...files,
      [some, Buffer.concat([files.get(some) ?? Buffer.of(), Buffer.from('zarzuela')])],
    ])
    expect(findTyped(planted, secrets)).toEqual([`${some}: zarzuela`])
  }
}, 240_000)

const plantedMail: World['sent'][number] = {
  from: { name: '', address: 'checks@directory.example' },
  to: 'nobody@elsewhere.example',
  returnPath: 'checks@directory.example',
  messageId: '<planted@directory.example>',
  subject: '',
  text: '',
  language: 'en',
  at: new Date(0),
}

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeFromNumber, day, minute } from '@parley/kernel'
import type { OutgoingMail } from '@parley/mail'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { email, nominate, stateCode } from '../../../test/nominate.ts'
import { pressStart } from '../../../test/start-round.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { checksTables } from './store.ts'

// Each file is named `<what becomes of the check>--<what it is>.<language>.eml`; `{{…}}` stands for what we sent.
const folder = join(import.meta.dirname, 'incoming')
const names = readdirSync(folder).filter((name) => name.endsWith('.eml'))

const states = ['XA', 'XC', 'XD', 'XE'].map(stateCode)
const norvalia = stateCode('XB')
const other = 'desk@mfa.norvalia.example'

let world: World
let earlier: readonly OutgoingMail[]
let sent: readonly OutgoingMail[]

beforeAll(async () => {
  world = await openWorld()
  await world.participate(...states, norvalia)
  for (const [at, name] of names.entries()) {
    const state = states[at % states.length] ?? norvalia
    const kind = at % 2 === Math.floor(at / states.length) % 2 ? 'technical' : 'diplomatic'
    await nominate(world, state, kind, { addresses: [email(addressFor(name))] })
  }
  await nominate(world, norvalia, 'diplomatic', { addresses: [email(other)] })
  earlier = await sendRound()
  world.clock.advance(6 * day + minute)
  await world.work('close-rounds')
  sent = await sendRound()
  world.clock.advance(5 * minute)
})
afterAll(() => world.close())

/** What becomes of a check by a mail: the verdict, and how the check stands after it. */
const conclusions: Readonly<Record<string, { verdict: string; status: string; relation?: string }>> = {
  'answered-same-address': { verdict: 'acknowledged', status: 'answered', relation: 'same-address' },
  'answered-same-domain': { verdict: 'acknowledged', status: 'answered', relation: 'same-domain' },
  'answered-elsewhere': { verdict: 'acknowledged', status: 'answered', relation: 'elsewhere' },
  // An answer to an earlier round is recorded there, and says nothing of this one.
  'earlier-round': { verdict: 'acknowledged', status: 'waiting' },
  undeliverable: { verdict: 'report', status: 'undeliverable' },
  delivered: { verdict: 'report', status: 'waiting' },
  waiting: { verdict: 'report', status: 'waiting' },
  automatic: { verdict: 'automatic', status: 'waiting' },
  'to-be-read': { verdict: 'to-be-read', status: 'waiting' },
}

test.each(names)('POC-17: %s', async (name) => {
  const raw = Buffer.from(filledIn(name))
  const { verdict, status, relation } = conclusions[name.slice(0, name.indexOf('--'))] ?? {}
  const before = await standingOf(other)
  expect(await world.directory.receive(raw, world.clock.now())).toBe(verdict)
  const standing = { status, relation: relation ?? null }
  expect(await standingOf(addressFor(name))).toMatchObject(standing)
  const acts = await countActs()
  // The same mail once more, as a server that crashed delivers it, or somebody who replays it.
  expect(await world.directory.receive(raw, world.clock.now())).toBe(verdict)
  expect(await standingOf(addressFor(name))).toMatchObject(standing)
  expect(await countActs()).toBe(acts)
  // An answer to one State's check never touches another's.
  expect(await standingOf(other)).toEqual(before)
})

test('POC-17: an answer that is sent again under another Message-ID changes nothing', async () => {
  const name = 'answered-same-address--own-reply-address.en.eml'
  const acts = await countActs()
  const replayed = filledIn(name).replace(/^Message-ID: .*$/m, 'Message-ID: <again@mail.example>')
  const fromElsewhere = replayed.replace(/^From: .*$/m, 'From: <somebody@elsewhere.example>')
  expect(await world.directory.receive(Buffer.from(fromElsewhere), world.clock.now())).toBe('acknowledged')
  expect(await standingOf(addressFor(name))).toMatchObject({ status: 'answered', relation: 'same-address' })
  expect(await countActs()).toBe(acts)
})

test('POC-17: a success notice makes the message delivered, a delay notice does not', async () => {
  expect(await standingOf(addressFor('delivered--success-notice.es.eml'))).toMatchObject({
    message: 'delivered',
  })
  expect(await standingOf(addressFor('waiting--delay-notice.ru.eml'))).toMatchObject({ message: 'sent' })
})

test('POC-17: a mail full of codes is nobody’s answer, though one of them is right', async () => {
  const guesses = Array.from({ length: 1_000 }, (_, number) => codeFromNumber(BigInt(number)))
  const codes = [...guesses, codeIn(sentTo(sent, other))].join('\n\n')
  const raw = `From: guess@elsewhere.example\r\nTo: checks@directory.example\r\nSubject: Re: check\r\n\r\nHere.\r\n\r\n${codes}\r\n`
  expect(await world.directory.receive(Buffer.from(raw), world.clock.now())).toBe('to-be-read')
  expect(await standingOf(other)).toMatchObject({ status: 'waiting' })
})

async function sendRound(): Promise<readonly OutgoingMail[]> {
  const before = world.sent.length
  const manager = await world.visitor({ role: 'manager' })
  expect((await pressStart(manager)).status).toBe(303)
  await world.work('send-messages')
  return world.sent.slice(before)
}

function addressFor(name: string): string {
  return `poc-${names.indexOf(name)}@cert.sahiliya.example`
}

function sentTo(mails: readonly OutgoingMail[], address: string): OutgoingMail {
  const mail = mails.find(({ to }) => to === address)
  if (!mail) throw new Error(`nothing was sent to ${address}`)
  return mail
}

function codeIn(mail: OutgoingMail): string {
  const code = /checks\/(\d{12})/.exec(mail.text)?.[1]
  if (code === undefined) throw new Error('no code in the message')
  return code
}

/** The mail with what we sent in its place. */
function filledIn(name: string): string {
  const address = addressFor(name)
  const [mail, before, foreign] = [sentTo(sent, address), sentTo(earlier, address), sentTo(sent, other)]
  const code = codeIn(mail)
  const replyTo = mail.replyTo ?? ''
  const groups = [code.slice(0, 4), code.slice(4, 8), code.slice(8)]
  const values = new Map<string, string>([
    ['address', address],
    ['domain', address.replace(/^.*@/, '')],
    ['message-id', mail.messageId],
    ['altered-message-id', mail.messageId.replace(/.(?=.@)/, (letter) => (letter === 'a' ? 'b' : 'a'))],
    ['reply-to', replyTo],
    ['REPLY-TO', replyTo.toUpperCase()],
    ['return-path', mail.returnPath],
    ['return-token', mail.returnPath.replace(/^.*\+|@.*$/g, '')],
    ['code', code],
    ['wrong-code', code.slice(0, 11) + String((Number(code.charAt(11)) + 1) % 10)],
    ['other-code', codeIn(foreign)],
    ['other-address', other],
    ['earlier-message-id', before.messageId],
    ['earlier-reply-to', before.replyTo ?? ''],
    ['earlier-code', codeIn(before)],
    ...groups.flatMap((group, at): readonly [string, string][] => [
      [String(at + 1), group],
      [inDigits(String(at + 1), 0x660), inDigits(group, 0x660)],
      [inDigits(String(at + 1), 0xff10), inDigits(group, 0xff10)],
    ]),
  ])
  return readFileSync(join(folder, name), 'utf8').replace(/\{\{([^}]+)\}\}/g, (_, word: string) => {
    const value = values.get(word)
    if (value === undefined) throw new Error(`${name} names ${word}`)
    return value
  })
}

function inDigits(text: string, zero: number): string {
  return text.replace(/\d/g, (digit) => String.fromCharCode(zero + Number(digit)))
}

/** How the check of an address stands in the newest round. */
async function standingOf(address: string) {
  return world.directory.database.transaction({ role: 'manager' }, (tx) =>
    checksTables(tx)
      .selectFrom('checks.message as message')
      .innerJoin('checks.check as check', 'check.id', 'message.check_id')
      .innerJoin('checks.round as round', 'round.id', 'message.round_id')
      .select(['check.status', 'check.relation', 'message.status as message'])
      .where('message.address', '=', address)
      .orderBy('round.number', 'desc')
      .executeTakeFirst(),
  )
}

async function countActs(): Promise<number> {
  return world.directory.database.transaction({ role: 'worker' }, async (tx) => {
    const rows = await tx
      .withTables<{ 'history.act': { verb: string } }>()
      .selectFrom('history.act')
      .select('verb')
      .execute()
    return rows.length
  })
}

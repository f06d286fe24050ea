import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgeMail, type Judgement } from './judge-mail.ts'
import { ownTextOf } from './own-text.ts'
import { parseMail } from './parse-mail.ts'
import type { ReceivedMail } from './received-mail.ts'
import { signalsOf } from './signals.ts'

// Each file is named `<what must be concluded>--<what it is>.<language>.eml`.
const folder = join(import.meta.dirname, 'corpus')
const names = readdirSync(folder).filter((name) => name.endsWith('.eml'))
const languages = ['ar', 'en', 'es', 'fr', 'ru', 'zh']
// Chinese dates are all numbers.
const months = ['ar', 'en', 'es', 'fr', 'ru'].map(monthsIn)

test.each(names)('%s', async (name) => {
  expect(verdictOf(judgeMail(await read(name)))).toBe(concludedIn(name))
})

test('the corpus holds every verdict in every one of the six languages that it can be written in', () => {
  for (const kind of ['personal', 'automatic', 'unsure', 'report'])
    expect(named(kind).length).toBeGreaterThanOrEqual(20)
  for (const language of languages)
    for (const kind of ['personal', 'automatic'])
      expect(named(kind).filter((name) => name.endsWith(`.${language}.eml`)).length).toBeGreaterThanOrEqual(6)
})

test('the corpus holds at least 160 messages, 65 of them automatic, 25 of these without a header that says so', async () => {
  const automatic = await Promise.all(named('automatic').map(read))
  const byWordsAlone = automatic.filter((mail) =>
    signalsOf(mail).every(({ weight }) => weight === 'strong-wording' || weight === 'weak-wording'),
  )
  expect(names.length).toBeGreaterThanOrEqual(160)
  expect(automatic.length).toBeGreaterThanOrEqual(65)
  expect(byWordsAlone.length).toBeGreaterThanOrEqual(25)
})

test.each(named('automatic'))('other names, dates and numbers change nothing: %s', async (name) => {
  const mail = await read(name)
  const changes = fc.record({
    person: fc.constantFrom('Ana Sol', 'Олег Ветров', '陈晨', 'سمير حداد', 'Zoë O’Neill', 'N. N.'),
    digits: fc.infiniteStream(fc.integer({ min: 0, max: 9 })),
    month: fc.integer({ min: 0, max: 11 }),
  })
  fc.assert(
    fc.property(changes, ({ person, digits, month }) => {
      const change = (text: string) =>
        inMonth(text.replaceAll(mail.from[0]?.name || person, person), month).replace(/\d/g, () =>
          String(digits.next().value),
        )
      const changed = { ...mail, subject: change(mail.subject), ownText: change(mail.ownText) }
      expect(judgeMail(changed).kind).toBe('automatic')
    }),
    { numRuns: 20 },
  )
})

test.each(named('personal'))('a thread of automatic mail below changes nothing: %s', async (name) => {
  const mail = await read(name)
  const thread = (await Promise.all(named('automatic').map(read))).map(({ text }) => text).join('\n\n')
  const quoted = thread.replace(/^/gm, '> ')
  for (const below of [
    `On Tue, 3 Nov 2026 at 10:12, Desk <desk@cert.example> wrote:\n${quoted}`,
    `From: Desk <desk@cert.example>\nSent: Tuesday, November 3, 2026 10:12 AM\n\n${thread}`,
    `-----Original Message-----\n${thread}`,
    quoted,
  ]) {
    const text = `${mail.text}\n\n${below}`
    expect(verdictOf(judgeMail({ ...mail, text, ownText: ownTextOf(text) }))).toBe(concludedIn(name))
  }
})

test.each(named('personal--'))('a person who answers above an automatic reply is heard: %s', async (name) => {
  const { ownText, ...mail } = await read(name)
  const automatic = await read('automatic--vacation-no-header.fr.eml')
  const text = `${ownText}\n\nDe : Paul <paul@minrex.example>\nEnvoyé : mardi 3 novembre 2026\n\n${automatic.text}`
  expect(judgeMail({ ...mail, text, ownText: ownTextOf(text) }).kind).toBe('personal')
})

function named(kind: string): readonly string[] {
  return names.filter((name) => name.startsWith(kind))
}

function concludedIn(name: string): string {
  return name.slice(0, name.indexOf('--'))
}

async function read(name: string): Promise<ReceivedMail> {
  const mail = await parseMail(readFileSync(join(folder, name)))
  if (!mail.ok) throw new Error(mail.refusal.code)
  return mail.value
}

/** The text with another month in its dates. */
function inMonth(text: string, month: number): string {
  return months.reduce((changed, all) => {
    const inDate = new RegExp(`(\\d (?:de )?)(?:${all.join('|')})`, 'g')
    return changed.replace(inDate, `$1${all[month] ?? ''}`)
  }, text)
}

function monthsIn(language: string): readonly string[] {
  const format = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', timeZone: 'UTC' })
  return Array.from({ length: 12 }, (_, month) => {
    const parts = format.formatToParts(new Date(Date.UTC(2026, month, 16)))
    return parts.find(({ type }) => type === 'month')?.value ?? ''
  })
}

function verdictOf(judgement: Judgement): string {
  if (judgement.kind === 'personal')
    return judgement.says === 'nothing' ? 'personal-adds-nothing' : 'personal'
  if (judgement.kind !== 'report') return judgement.kind
  const [delivery] = judgement.deliveries
  if (delivery === undefined) return 'report-unreadable'
  return delivery.action === 'failed' ? `report-failed-${delivery.cause}` : `report-${delivery.action}`
}

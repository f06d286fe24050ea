import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { judgeMail, type Judgement } from './judge-mail.ts'
import { parseMail } from './parse-mail.ts'

// Each file is named `<what must be concluded>--<what it is>.<language>.eml`.
const folder = join(import.meta.dirname, 'corpus')
const names = readdirSync(folder).filter((name) => name.endsWith('.eml'))

test.each(names)('%s', async (name) => {
  const mail = await parseMail(readFileSync(join(folder, name)))
  const concluded = mail.ok ? verdictOf(judgeMail(mail.value)) : mail.refusal.code
  expect(concluded).toBe(name.slice(0, name.indexOf('--')))
})

test('the corpus holds every verdict in every one of the six languages that it can be written in', () => {
  for (const kind of ['personal', 'automatic', 'unsure', 'report'])
    expect(names.filter((name) => name.startsWith(kind)).length).toBeGreaterThanOrEqual(8)
  for (const language of ['ar', 'en', 'es', 'fr', 'ru', 'zh'])
    for (const kind of ['personal', 'automatic'])
      expect(names.some((name) => name.startsWith(kind) && name.endsWith(`.${language}.eml`))).toBe(true)
})

function verdictOf(judgement: Judgement): string {
  if (judgement.kind === 'personal') return judgement.addsNothing ? 'personal-adds-nothing' : 'personal'
  if (judgement.kind !== 'report') return judgement.kind
  const [delivery] = judgement.deliveries
  if (delivery === undefined) return 'report-unreadable'
  return delivery.action === 'failed' ? `report-failed-${delivery.cause}` : `report-${delivery.action}`
}

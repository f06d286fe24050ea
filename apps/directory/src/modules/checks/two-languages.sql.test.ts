import { hour } from '@parley/kernel'
import { composeMail, composeReply } from '@parley/mail'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { email, nominate, stateCode } from '../../../test/nominate.ts'
import { pressStart } from '../../../test/start-round.ts'
import { openWorld, type World } from '../../../test/world.ts'

const sahiliya = stateCode('XA')

let world: World
beforeAll(async () => {
  world = await openWorld()
  await world.participate(sahiliya)
  await nominate(world, sahiliya, 'technical', {
    language: 'ar',
    workingLanguages: ['pt-BR', 'tr'],
    addresses: [email('poc@cert.example')],
  })
  await nominate(world, sahiliya, 'diplomatic', {
    language: 'ar',
    workingLanguages: ['pt', 'ru'],
    addresses: [email('office@cert.example')],
  })
})
afterAll(() => world.close())

test('POC-17: an office that works in none of our languages is written to in English and in that of its entry', async () => {
  const manager = await world.visitor({ role: 'manager' })
  await pressStart(manager)
  await world.work('send-messages')
  const mail = world.sent.find(({ to }) => to === 'poc@cert.example')
  expect(mail?.language).toBe('en, ar')
  expect(mail?.subject).toMatch(/acknowledge receipt.* \/ .*\p{Script=Arabic}/u)
  expect(mail?.text).toMatch(/^\p{Script=Arabic}[^\n]*\n\nDear colleague/u)
  expect(mail?.html).toContain('<html lang="en" dir="ltr">')
  expect(mail?.html).toContain('<div lang="ar" dir="rtl">')
  const codes = [...(mail?.text ?? '').matchAll(/\/(en|ar)\/checks\/(\d{12})/g)]
  expect(codes.map(([, locale]) => locale)).toEqual(['en', 'ar'])
  expect(new Set(codes.map(([, , code]) => code)).size).toBe(1)

  const other = world.sent.find(({ to }) => to === 'office@cert.example')
  expect(other?.language).toBe('ru')
})

test('POC-17: who gets what leads to the message in both languages, and to the one of others', async () => {
  const manager = await world.visitor({ role: 'manager' })
  const { text } = await manager.get('/en/next-round')
  const queries = [...text.matchAll(/next-round\/message\?(language=[^"]+)"/g)].map(([, query = '']) =>
    query.replaceAll('&amp;', '&'),
  )
  expect(queries.toSorted()).toEqual(['language=en&beside=ar', 'language=ru'])
  const preview = (await manager.get('/en/next-round/message?language=en&beside=ar')).text
  expect(preview).toMatch(/<bdi lang="en" dir="ltr">[^<]* \/ [^<]*\p{Script=Arabic}/u)
})

test('POC-17: the reminder is in both as well, and a plain reply that quotes all of it answers', async () => {
  world.clock.advance(25 * hour)
  await world.work('send-messages')
  const [first, reminder] = world.sent.filter(({ to }) => to === 'poc@cert.example')
  expect(reminder?.language).toBe('en, ar')
  if (!first || !reminder) throw new Error('not sent')
  const reply = await composeReply(await composeMail(reminder), {
    from: { name: '', address: 'somebody@cert.example' },
    text: 'We are here, thank you.',
    at: world.clock.now(),
  })
  if (!reply) throw new Error('no reply')
  expect(await world.directory.receive(reply, world.clock.now())).toBe('acknowledged')
})

test('POC-17: the preview shows both, and a test of it is sent as it was shown', async () => {
  const manager = await world.visitor({ role: 'manager' })
  const { text } = await manager.get('/en/next-round/message?language=en&beside=fr')
  expect(text).toContain('<div lang="fr" dir="ltr">')
  await manager.post('/en/next-round/message', { language: 'en', beside: 'fr' })
  for (let run = 0; run < 3; run += 1) await world.work('relay')
  expect(world.sent.at(-1)).toMatchObject({ language: 'en, fr' })
  const strange = await manager.get('/en/next-round/message?language=ru&beside="><script>')
  expect(strange.text).not.toContain('"><script>')
  expect(strange.text).not.toContain('lang="en" dir="ltr"><p>The same')
})

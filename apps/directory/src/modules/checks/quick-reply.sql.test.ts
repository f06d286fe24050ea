import { hour, second } from '@parley/kernel'
import { composeMail, composeReply, type OutgoingMail } from '@parley/mail'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { email, nominate, stateCode } from '../../../test/nominate.ts'
import { pressStart } from '../../../test/start-round.ts'
import { openWorld, type World } from '../../../test/world.ts'

// Absence notes without any header come at once; a person seldom does, and then says that it came.
const office = 'duty@cert.sahiliya.example'
const notes = [
  "Hi there! I've swapped my desk for a tent until the 9th.",
  'Repos hebdomadaire. Permanence téléphonique : +999 31 555 024.',
  'Semana Santa: receso administrativo hasta el día 6.',
  'Новогодние каникулы до 8 января. Дежурный телефон: +999 40 555 044.',
  '春节值班电话：+999 60 555 054，祝您节日快乐！',
  'كل عام وأنتم بخير. هاتف المناوبة خلال العيد: +999 50 555 064.',
]
const confirmations = [
  'Received, thank you.',
  'Nous accusons réception de votre message.',
  'Acusamos recibo de su mensaje.',
  'Подтверждаем получение вашего сообщения.',
  '兹确认已收到贵方消息。',
  'نؤكد استلام رسالتكم.',
]

let world: World
beforeAll(async () => {
  world = await openWorld()
  await world.participate(stateCode('XA'))
  await nominate(world, stateCode('XA'), 'technical', { addresses: [email(office)] })
  const manager = await world.visitor({ role: 'manager' })
  await pressStart(manager)
  await world.work('send-messages')
})
afterAll(() => world.close())

/** What becomes of a reply so long after the last message to the office went out. */
async function replyAfter(delay: number, text: string): Promise<string> {
  const mail: OutgoingMail | undefined = world.sent.findLast(({ to }) => to === office)
  const at = new Date(world.clock.now().getTime() + delay)
  const raw =
    mail && (await composeReply(await composeMail(mail), { from: { name: '', address: office }, text, at }))
  return world.directory.receive(raw ?? Buffer.of(), at)
}

test.each(notes)(
  'POC-17: within a minute, what does not plainly confirm waits for the manager: %s',
  async (text) => {
    expect(await replyAfter(5 * second, text)).toBe('probably-automatic')
    expect(await replyAfter(59 * second, text)).toBe('probably-automatic')
    // The mail server's clock may be a little behind ours.
    expect(await replyAfter(-30 * second, text)).toBe('probably-automatic')
  },
)

test('POC-17: within a minute after the reminder it waits as well', async () => {
  world.clock.advance(24 * hour + second)
  await world.work('send-messages')
  expect(world.sent.filter(({ to }) => to === office)).toHaveLength(2)
  expect(await replyAfter(5 * second, notes[0] ?? '')).toBe('probably-automatic')
})

test.each(confirmations)(
  'POC-17: a plain confirmation counts, however quickly it comes: %s',
  async (text) => {
    expect(await replyAfter(2 * second, text)).toBe('acknowledged')
  },
)

test.each(['The night watch has it and says hello.', 'Llegó a las dos direcciones.', '两个邮箱都来了信。'])(
  'POC-17: after a minute a person is heard in any words: %s',
  async (text) => {
    expect(await replyAfter(61 * second, text)).toBe('acknowledged')
  },
)

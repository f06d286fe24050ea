import { day, type Locale, locales, type StateCode } from '@parley/kernel'
import { writeMoment } from '@parley/web'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDemonstrationWorld } from '../../../test/demonstration-world.ts'
import { email, nominate, stateCode } from '../../../test/nominate.ts'
import { pressStart, startRound } from '../../../test/start-round.ts'
import { openWorld, type Visitor, type World } from '../../../test/world.ts'
import { saveCompetentAuthority, saveMission } from '../community/index.ts'
import { type FollowUp, listFollowUps } from './follow-up.ts'
import { text } from './locales/index.ts'

async function openOf(world: World): Promise<readonly FollowUp[]> {
  const all = await world.directory.database.transaction({ role: 'manager' }, listFollowUps)
  return all.filter(({ closedAt }) => closedAt === undefined)
}

async function pageOf(manager: Visitor, world: World, state: StateCode): Promise<string> {
  const found = (await openOf(world)).find((each) => each.state === state)
  if (!found) throw new Error(`no follow-up of ${state}`)
  return `/en/follow-ups/${found.id}`
}

describe('the prepared note, in the language of each Mission', () => {
  // A State for each language, with one entry that answers, one that is silent and one whose address is dead.
  const states: Readonly<Record<Locale, StateCode>> = {
    ar: stateCode('XA'),
    zh: stateCode('XB'),
    en: stateCode('XC'),
    fr: stateCode('XD'),
    ru: stateCode('XE'),
    es: stateCode('XF'),
  }
  let world: World
  let manager: Visitor
  beforeAll(async () => {
    world = await openWorld()
    await world.participate(...Object.values(states))
    for (const [language, state] of Object.entries(states)) {
      const domain = `${state.toLowerCase()}.example`
      await world.directory.database.transaction({ role: 'worker' }, async (tx) => {
        const locale = locales.find((each) => each === language) ?? 'en'
        await saveMission(tx, state, { email: `mission@${domain}`, telephone: undefined, language: locale })
        if (language === 'fr')
          await saveCompetentAuthority(tx, state, {
            name: 'Autorité du numérique',
            email: `authority@${domain}`,
            telephone: undefined,
          })
      })
      await nominate(world, state, 'diplomatic', {
        name: `Heard ${state}`,
        addresses: [email(`heard@${domain}`)],
      })
      await nominate(world, state, 'technical', {
        name: `Silent ${state}`,
        addresses: [email(`silent@${domain}`)],
      })
      await nominate(world, state, 'diplomatic', {
        name: `Dead ${state}`,
        addresses: [email(`dead@${domain}`)],
      })
    }
    world.answerSending(({ to }) =>
      to.startsWith('dead@')
        ? { kind: 'refused', status: '5.1.1', cause: 'dead-address' }
        : { kind: 'accepted' },
    )
    manager = await world.visitor({ role: 'manager' })
    await pressStart(manager)
    await world.work('send-messages')
    const stranger = await world.visitor()
    for (const mail of world.sent.filter(({ to }) => to.startsWith('heard@')))
      await stranger.post(`/en/checks/${/checks\/(\d{12})/.exec(mail.text)?.[1]}`)
    world.clock.advance(3 * day)
    await world.work('close-rounds')
    manager = await world.visitor({ role: 'manager' })
  }, 60_000)
  afterAll(() => world?.close())

  const silence: Readonly<Record<Locale, readonly [dead: string, silent: string]>> = {
    ar: ['تعذر تسليم الرسالة', 'لا رد ضمن المهلة المطلوبة'],
    zh: ['消息无法投递', '未在要求的时间内答复'],
    en: ['the message could not be delivered', 'no answer within the time asked for'],
    fr: ['le message n’a pas pu être remis', 'pas de réponse dans le délai demandé'],
    ru: ['доставить сообщение оказалось невозможно', 'ответ в запрошенный срок не получен'],
    es: ['el mensaje no se pudo entregar', 'sin respuesta en el plazo solicitado'],
  }

  test.each(locales)(
    'POC-18: in %s it names the date, what did not answer and why, nothing that did, and no address',
    async (locale) => {
      const state = states[locale]
      const page = await manager.get(await pageOf(manager, world, state))
      const [, language, direction, note = ''] =
        /<div class="letter" lang="(\w+)" dir="(\w+)">([\s\S]*?)<\/div>/.exec(page.text) ?? []
      expect([language, direction]).toEqual([locale, locale === 'ar' ? 'rtl' : 'ltr'])
      const lines = note.split('\n')
      const [dead, silent] = ['Dead', 'Silent'].map(
        (name) => lines.find((line) => line.includes(`${name} ${state}`)) ?? '',
      )
      expect(dead).toContain(silence[locale][0])
      expect(silent).toContain(silence[locale][1])
      expect(lines.filter((line) => line.startsWith('–'))).toHaveLength(2)
      expect(note).not.toContain('Heard')
      expect(note).not.toMatch(/@|\+\d/)
      // The one date in it is the day on which the round began, in the language's own form.
      const { startedAt } = await roundOf(state)
      expect(note.match(/20\d\d/g)).toHaveLength(1)
      expect(note).toContain(writeMoment(locale, startedAt, 'date'))
      expect(note).toContain(world.community.profile.operator[locale])
      const addressee = locale === 'fr' ? 'Autorité du numérique' : world.community.stateName(state, locale)
      expect(lines[0]).toContain(addressee)
      expect(page.text).toContain(
        locale === 'fr' ? 'authority@xd.example' : `mission@${state.toLowerCase()}.example`,
      )
    },
  )

  async function roundOf(state: StateCode) {
    const found = (await openOf(world)).find((each) => each.state === state)
    const page = await manager.get(`/en/rounds/${found?.round}`)
    const at = /datetime="([^"]+)"/.exec(page.text)?.[1] ?? ''
    return { startedAt: new Date(at) }
  }

  test('POC-18: the manager sets the day of the next action; one that is past or years away is refused and nothing typed is lost; attempts are told in six languages', async () => {
    const path = await pageOf(manager, world, states.en)
    const today = world.clock.now().toISOString().slice(0, 10)
    const attempt = { onDate: today, authority: 'mission', channel: 'email', outcome: 'reached' }
    for (const nextOn of ['2020-01-01', '2099-01-01', "' or 1=1", '2026-13-45']) {
      const refused = await manager.post(path, { ...attempt, nextOn })
      expect([nextOn, refused.status]).toEqual([nextOn, 422])
    }
    const inTwenty = new Date(world.clock.now().getTime() + 20 * day).toISOString().slice(0, 10)
    expect((await manager.post(path, { ...attempt, nextOn: inTwenty })).status).toBe(303)
    const [found] = (await openOf(world)).filter(({ state }) => state === states.en)
    expect(found?.nextActionOn).toBe(inTwenty)
    expect((await manager.post(path, { ...attempt, nextOn: '' })).status).toBe(303)
    for (const locale of locales) {
      const t = text(locale)
      const page = await manager.get(path.replace('/en/', `/${locale}/`))
      const attempts = page.text.slice(page.text.indexOf(`<h2>${t('follow-up.attempts')}`))
      for (const said of [t('authority.mission'), t('channel.email'), t('outcome.reached')])
        expect(attempts).toContain(said)
      expect(attempts).toContain(writeMoment(locale, new Date(today), 'date'))
    }
  })
})

test('POC-18: a month after the demonstration round every follow-up ends by what its State does: an update, or a word that all is right', async () => {
  const world = await openDemonstrationWorld()
  world.clock.advance(30 * day)
  const open = await openOf(world)
  expect(open.length).toBeGreaterThanOrEqual(2)
  for (const [place, { state }] of open.entries()) {
    const mission = await world.visitor({ role: 'mission', state })
    expect((await mission.get('/en/our-checks')).text).toContain('directory manager follows it up')
    if (place % 2 === 0) expect((await mission.post('/en/our-entries-are-correct')).status).toBe(303)
    else
      await nominate(world, state, 'technical', { addresses: [email(`new@${state.toLowerCase()}.example`)] })
    for (let run = 0; run < 20; run += 1) await world.work('relay')
    expect((await mission.get('/en/our-checks')).text).not.toContain('directory manager follows it up')
  }
  expect(await openOf(world)).toEqual([])
  const manager = await world.visitor({ role: 'manager' })
  const list = await manager.get('/en/follow-ups')
  expect(list.text).toContain('the State confirmed its entries')
  expect(list.text).toContain('the State updated its entries')
  await world.close()
}, 60_000)

test('POC-18: the list says of which round a follow-up is and when it is due; once all have answered, late, no note is left to send', async () => {
  const world = await openWorld()
  const state = stateCode('XA')
  await world.participate(state)
  await nominate(world, state, 'technical', { addresses: [email('poc@cert.example')] })
  await startRound(world)
  await world.work('send-messages')
  world.clock.advance(3 * day)
  await world.work('close-rounds')
  let manager = await world.visitor({ role: 'manager' })
  const opened = (await manager.get('/en/follow-ups')).text
  expect(opened).toContain('Round 1')
  expect(opened).not.toMatch(/>\s*due\s*</)
  const path = await pageOf(manager, world, state)
  expect((await manager.get(path)).text).toContain('class="letter"')
  world.clock.advance(2 * day)
  manager = await world.visitor({ role: 'manager' })
  expect((await manager.get('/en/follow-ups')).text).toMatch(/>\s*due\s*</)
  const code = /checks\/(\d{12})/.exec(world.sent[0]?.text ?? '')?.[1]
  expect((await (await world.visitor()).post(`/en/checks/${code}`)).status).toBe(303)
  const { text: answered } = await manager.get(path)
  expect(answered).toContain('there is nothing left to write about')
  expect(answered).not.toContain('class="letter"')
  await world.close()
}, 60_000)

test('POC-18: what one State says ends no follow-up of another', async () => {
  const world = await openDemonstrationWorld()
  const before = await openOf(world)
  const [first, ...others] = before
  if (!first) throw new Error('no follow-up')
  const poc = await world.visitor({ role: 'poc', kind: 'technical', state: first.state })
  expect((await poc.post('/en/our-entries-are-correct', { state: others[0]?.state ?? '' })).status).toBe(303)
  expect((await openOf(world)).map(({ id }) => id).sort()).toEqual(others.map(({ id }) => id).sort())
  await world.close()
}, 60_000)

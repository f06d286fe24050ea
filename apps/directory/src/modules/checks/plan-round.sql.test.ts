import { day } from '@parley/kernel'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { email, nominate, phone, stateCode } from '../../../test/nominate.ts'
import { pressStart, pressStop, roundShown } from '../../../test/start-round.ts'
import { openWorld, type Page, type Visitor, type World } from '../../../test/world.ts'

const sahiliya = stateCode('XA')
const norvalia = stateCode('XB')

let world: World
let manager: Visitor

beforeEach(async () => {
  world = await openWorld()
  await world.participate(sahiliya, norvalia)
  manager = await world.visitor({ role: 'manager' })
  await nominate(world, sahiliya, 'technical', { name: 'CERT One', addresses: [email('one@xa.example')] })
  await nominate(world, sahiliya, 'diplomatic', { name: 'Desk Two', addresses: [email('two@xa.example')] })
  await nominate(world, norvalia, 'technical', { name: 'Team Three', addresses: [phone('+99955501742')] })
})
afterEach(() => world.close())

const wordsOf = ({ text }: Page) => text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')

test('POC-17: nothing is limited unless the manager limits it, and the round starts only with what was shown and confirmed', async () => {
  const shown = await manager.get('/en/next-round')
  const sent = roundShown(shown)
  expect(sent.entry).toHaveLength(3)
  expect(wordsOf(shown)).toContain('Entries it would reach: 3, of States: 2. Messages: 2.')
  expect(wordsOf(shown)).toContain('to be called by telephone: 1')

  const unseen = await manager.post('/en/rounds', { confirmed: 'yes' })
  expect(unseen.status).toBe(409)
  expect(unseen.text).toContain('The choice has changed since it was shown')
  const unconfirmed = await manager.post('/en/rounds', sent)
  expect(unconfirmed.status).toBe(422)
  expect(unconfirmed.text).toContain('Please confirm that you have read who gets what')
  const [, ...others] = sent.entry
  const changed = await manager.post('/en/rounds', { ...sent, entry: others, confirmed: 'yes' })
  expect(changed.status).toBe(409)
  expect(changed.text).toContain('The choice has changed since it was shown')
  expect(roundShown(changed).entry).toHaveLength(2)

  const started = await manager.post('/en/rounds', { ...sent, confirmed: 'yes' })
  expect(started.status).toBe(303)
  await world.work('send-messages')
  expect(world.sent.map(({ to }) => to).toSorted()).toEqual(['one@xa.example', 'two@xa.example'])
})

test('POC-17: a round limited to a kind reaches that kind alone and leaves the date of the next whole one', async () => {
  const whole = world.clock.now()
  await pressStart(manager)
  await world.work('send-messages')
  world.clock.advance(40 * day)
  await world.work('close-rounds')
  manager = await world.visitor({ role: 'manager' })
  world.sent.length = 0

  const all = roundShown(await manager.get('/en/next-round'))
  const limited = roundShown(await manager.post('/en/next-round', { ...all, kind: 'technical' }))
  expect(limited.kind).toBe('technical')
  // What is ticked beside the limit is kept in the form, for when the limit is taken back.
  expect(limited.entry).toHaveLength(3)
  const started = await manager.post('/en/rounds', { ...limited, confirmed: 'yes' })
  expect(started.status).toBe(303)
  await world.work('send-messages')
  expect(world.sent.map(({ to }) => to)).toEqual(['one@xa.example'])
  const due = new Date(whole)
  due.setUTCMonth(due.getUTCMonth() + 6)
  expect((await manager.get('/en')).text).toContain(due.toISOString().slice(0, 10))
})

test('POC-17: the list of who gets what is looked through by State or name, and what is ticked beside it stays', async () => {
  const all = roundShown(await manager.get('/en/next-round'))
  const [first = '', ...others] = all.entry
  const byName = await manager.post('/en/next-round', { ...all, entry: others, name: 'tEàM' })
  expect(byName.text.match(/type="checkbox"\s+name="entry"/g)).toHaveLength(1)
  expect(wordsOf(byName)).toContain('Team Three')
  expect(wordsOf(byName)).not.toContain('CERT One')
  // What would be reached is said of the whole choice, whatever is looked at.
  expect(wordsOf(byName)).toContain('Entries it would reach: 2')
  expect(roundShown(byName).entry.toSorted()).toEqual(others.toSorted())
  const ofNobody = await manager.post('/en/next-round', { ...roundShown(byName), name: '<script>' })
  expect(ofNobody.text).not.toContain('<script>"')
  expect(wordsOf(ofNobody)).toContain('No entry of this name is in the list')
  const byState = await manager.post('/en/next-round', { ...roundShown(ofNobody), name: 'XA' })
  expect(byState.text.match(/type="checkbox"\s+name="entry"/g)).toHaveLength(2)
  const started = await manager.post('/en/rounds', { ...roundShown(byState), name: 'XA', confirmed: 'yes' })
  expect(started.status).toBe(303)
  const checks = await world.directory.database.transaction({ role: 'manager' }, (tx) =>
    tx
      .withTables<{ 'checks.check': { entry_id: string } }>()
      .selectFrom('checks.check')
      .select('entry_id')
      .execute(),
  )
  expect(checks.map(({ entry_id }) => entry_id).toSorted()).toEqual(others.toSorted())
  expect(others).not.toContain(first)
})

test('a choice that was not made yet is the usual one, also where a name was looked for', async () => {
  const shown = await manager.post('/en/next-round', { name: 'Desk Two' })
  expect(roundShown(shown).entry).toHaveLength(3)
  expect(shown.text.match(/type="checkbox"\s+name="entry"/g)).toHaveLength(1)
})

test('POC-17: an entry younger than thirty days that answered its first check is left out unless it is ticked', async () => {
  await pressStart(manager)
  await world.work('send-messages')
  const code = /checks\/(\d{12})/.exec(world.sent[0]?.text ?? '')?.[1] ?? ''
  await (await world.visitor()).post(`/en/checks/${code}`)
  await world.work('relay')
  await pressStop(manager, await openRound())

  const shown = await manager.get('/en/next-round')
  expect(wordsOf(shown)).toContain('new, answered just now')
  const left = roundShown(shown)
  expect(left.entry).toHaveLength(2)
  world.clock.advance(31 * day)
  manager = await world.visitor({ role: 'manager' })
  expect(roundShown(await manager.get('/en/next-round')).entry).toHaveLength(3)
})

test('POC-17: the manager chooses another date, everybody sees it, and the usual one comes back', async () => {
  await pressStart(manager)
  await pressStop(manager, await openRound())
  const planned = await manager.post('/en/next-round/date', { on: '2031-05-17' })
  expect(planned.status).toBe(303)
  const mission = await world.visitor({ role: 'mission', state: sahiliya })
  const auditor = await world.visitor({ role: 'auditor' })
  const stranger = await world.visitor()
  for (const [visitor, path] of [
    [stranger, '/fr'],
    [mission, '/fr/our-checks'],
    [auditor, '/fr/welcome'],
    [manager, '/fr/today'],
  ] as const)
    expect((await visitor.get(path)).text).toContain('17 mai 2031')
  await manager.post('/en/next-round/date', { usual: 'yes' })
  expect((await stranger.get('/fr')).text).not.toContain('2031')
  const history = (await manager.get('/en/history')).text
  expect(history).toContain('The date of the next check round was chosen')
  expect(history).toContain('went back to its usual date')
})

test.each([
  ['2001-01-01', 'This day has passed'],
  ['soon', 'This does not look right'],
  ['2031-02-31', 'This does not look right'],
  ['', 'Please'],
])('a date of the next round like «%s» is refused, and nothing is changed', async (on, sentence) => {
  const refused = await manager.post('/en/next-round/date', { on })
  expect(refused.status).toBe(422)
  expect(refused.text).toContain(sentence)
  expect((await manager.get('/en/next-round')).text).toContain('No round has been held yet')
})

test('a choice of invented entries, kinds and groups starts nothing', async () => {
  const invented = '00000000-0000-4000-8000-000000000000'
  for (const choice of [
    { entry: invented },
    { kind: "' or 1=1 --" },
    { group: 'Group of nobody' },
    { entry: ['1', '2'] },
  ]) {
    const shown = await manager.post('/en/next-round', { chosen: 'yes', ...choice })
    const { seen } = roundShown(shown)
    const started = await manager.post('/en/rounds', { chosen: 'yes', confirmed: 'yes', seen, ...choice })
    expect([409, 422]).toContain(started.status)
  }
  expect((await manager.get('/en/rounds')).text).toContain('Rounds will be listed here')
})

test('one address in two entries is said before the round begins', async () => {
  await nominate(world, norvalia, 'diplomatic', { name: 'Desk Four', addresses: [email('One@xa.example')] })
  const words = wordsOf(await manager.get('/en/next-round'))
  expect(words).toContain('Addresses that stand in more than one entry: 1')
  expect(words).toMatch(/CERT One \([^)]*\) · Desk Four/)
})

async function openRound(): Promise<string> {
  return /\/en\/rounds\/[0-9a-f-]{36}/.exec((await manager.get('/en/rounds')).text)?.[0] ?? ''
}

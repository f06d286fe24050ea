import { locales, newId } from '@parley/kernel'
import { checkMessage } from '@parley/protocol'
import { expect, test } from 'vitest'
import { openedDesk, openOffice } from '../../test/desk-browser.ts'
import { amal, valueOf } from '../../test/desk-folder.ts'
import { keepDraft } from '../write/drafts.ts'

const toNorvalia = { title: 'Made up', state: 'NO', kind: 'technical', entity: 'NSM NCSC', language: 'fr' }
const name = 'Long Night'

async function inExercise() {
  const running = openedDesk()
  const browser = await openOffice(running)
  await browser.post('/en/exercise', { name })
  const opened = () => {
    const store = running.desk.store.opened()
    if (!store) throw new Error('locked')
    return store
  }
  return { browser, opened }
}

test('PCB-05: an exercise is marked in the band, the title and each message, with its name; leaving it is one press', async () => {
  const { browser } = await inExercise()
  for (const locale of locales) {
    const { text } = await browser.get(`/${locale}`)
    expect(text).toMatch(new RegExp(`class="band">[^<]*${name}`))
  }
  const { text } = await browser.get('/en/cases')
  expect(text).toMatch(/<title>[^<]*EXERCISE/)
  expect(text).toContain('action="/en/exercise/leave"')
  const preview = await browser.post('/en/write/inquiry', { ...toNorvalia, 'v-known': 'Pumps' })
  expect(preview.text).toContain('=== EXERCISE ===')
  expect(preview.text).toContain(name)
  expect((await browser.post('/en/exercise/leave')).text).not.toContain('class="band"')
})

test('PCB-05: what is practised is kept apart: cases, drafts and lines are not among the real ones, nor these among them', async () => {
  const { browser, opened } = await inExercise()
  const preview = await browser.post('/en/write/inquiry', toNorvalia)
  await browser.post(`${preview.at}/sent`, { channel: 'e-mail' })
  await browser.post('/en/write/update', { ...toNorvalia, title: 'Practised draft' })
  expect(opened().record.lines()).toHaveLength(1)
  expect(opened().exercises.record.lines()[0]).toMatchObject({ what: 'exercise.begun', content: { name } })
  await browser.post('/en/exercise/leave')
  expect((await browser.get('/en/cases')).text).not.toContain('Made up')
  expect((await browser.get('/en/write')).text).not.toContain('Practised draft')
  const real = await browser.post('/en/write/inquiry', { ...toNorvalia, title: 'Real one' })
  expect(real.text).toContain('=== REAL ===')
  // Known by its name, in whichever case it is typed, and begun once.
  await browser.post('/en/exercise', { name: 'LONG night' })
  const begun = opened()
    .exercises.record.lines()
    .filter(({ what }) => what === 'exercise.begun')
  expect(begun).toHaveLength(1)
  expect((await browser.get('/en/cases')).text).toContain('Made up')
  expect((await browser.get('/en/write')).text).not.toContain('Real one')
})

function message(nature: 'REAL' | 'EXERCISE', exercise?: string) {
  const party = { state: 'KE', kind: 'technical', entity: 'National KE-CIRT/CC' }
  return valueOf(
    checkMessage({
      parley: 'message',
      version: 1,
      id: newId(),
      thread: newId(),
      reference: 'K7QM-4TXD',
      kind: 'call-us',
      template: 1,
      nature,
      ...(exercise !== undefined && { exercise }),
      tlp: 'AMBER',
      languages: ['en'],
      from: { ...party, stateNames: { en: 'Kenya' } },
      to: { ...party, state: 'NO', stateNames: { en: 'Norway' } },
      writtenAt: '2026-11-27T03:00:00Z',
      values: {},
      reservations: 1,
      attachments: [],
    }),
  )
}

const addresses = { from: 'desk@kenya.example', to: 'poc@norway.example' }

test('PCB-05: planted: a message marked REAL among the drafts of an exercise goes out in no way', async () => {
  const { browser, opened } = await inExercise()
  const planted = message('REAL')
  const practised = { sealed: (purpose: string) => opened().sealed(`practised ${purpose}`) }
  valueOf(await keepDraft(practised, { title: 'Planted', message: planted }))
  const lines = opened().exercises.record.lines().length
  for (const [way, fields] of [
    ['mail', addresses],
    ['sent', { channel: 'e-mail' }],
  ] as const) {
    const { status, text } = await browser.post(`/en/drafts/${planted.id}/${way}`, fields)
    expect([status, text.includes('does not go out from an exercise')]).toEqual([409, true])
  }
  expect(opened().exercises.record.lines()).toHaveLength(lines)
})

test('PCB-05: planted: EXERCISE goes out from what is real only once the exercise is known here', async () => {
  const running = openedDesk()
  const browser = await openOffice(running)
  const store = running.desk.store.opened()
  if (!store) throw new Error('locked')
  const planted = message('EXERCISE', name)
  valueOf(await keepDraft(store, { title: 'Planted', message: planted }))
  const send = () => browser.post(`/en/drafts/${planted.id}/mail`, addresses)
  expect((await send()).text).toContain('an exercise that this Desk does not know')
  await browser.post('/en/exercise', { name })
  await browser.post('/en/exercise/leave')
  expect((await send()).text).toContain('To: poc@norway.example')
})

test('what says EXERCISE is treated as real until its exercise is known here', async () => {
  const running = openedDesk()
  const browser = await openOffice(running)
  const pasted = { ...toNorvalia, channel: 'e-mail', text: `=== EXERCISE ===\nName of the exercise: ${name}` }
  expect((await browser.post('/en/incoming', pasted)).text).toContain('treat it as real until clarified')
  await browser.post('/en/exercise', { name })
  await browser.post('/en/exercise/leave')
  expect((await browser.post('/en/incoming', pasted)).text).not.toContain('treat it as real until clarified')
})

test('whoever unlocks after the button was pressed begins with what is real', async () => {
  const { browser } = await inExercise()
  await browser.post('/en/lock')
  expect((await browser.get('/en/unlock')).text).not.toContain(name)
  expect((await browser.post('/en/unlock', { ...amal })).text).not.toContain('class="band"')
})

test('RULE-11: an exercise of the demonstration stays in it', async () => {
  const running = openedDesk()
  const browser = await openOffice(running)
  await browser.post('/en/try')
  expect((await browser.post('/en/exercise', { name })).text).toMatch(/DEMONSTRATION[^<]*Long Night/)
  await browser.post('/en/lock')
  expect((await browser.post('/en/unlock', { ...amal })).text).not.toContain('class="band"')
})

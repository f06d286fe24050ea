import { newId } from '@parley/kernel'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { phone, stateCode } from '../../../test/nominate.ts'
import { openWorld, type Visitor, type World } from '../../../test/world.ts'
import { addExample, exampleContent } from '../../../test/entry-examples.ts'

let world: World
let mission: Visitor
const sahiliya = stateCode('XA')

beforeAll(async () => {
  world = await openWorld()
  await world.participate(sahiliya, stateCode('XB'), stateCode('XC'), stateCode('XD'))
  mission = await world.visitor({ role: 'mission', state: sahiliya })
})
afterAll(() => world.close())

const least = {
  kind: 'technical',
  language: 'ar',
  entityName: 'الفريق الوطني',
  email1: 'poc@cert.sahiliya.example',
}

test('RULE-2: a name and one address are enough; the entry is live at once and what is open is information', async () => {
  const saved = await mission.post('/en/entries/new', least)
  expect(saved.status).toBe(303)
  const card = await mission.get(saved.location)
  expect(card.text).toContain('Saved. The entry is live.')
  expect(card.text).toContain('mailto:poc@cert.sahiliya.example')
  const start = await mission.get('/en/our-state')
  expect(start.text).toContain('For information only')
  // POC-07: half a pair is no error.
  expect(start.text).toContain('Diplomatic POC: nobody is named yet.')
})

test('RULE-2: nothing filled in names the one field that is missing, and then that one address is', async () => {
  const nothing = await mission.post('/en/entries/new', { kind: 'technical', language: 'ar' })
  expect(nothing.status).toBe(422)
  expect(nothing.text).toContain('<a href="#entityName">')
  const nobody = await mission.post('/en/entries/new', { ...least, email1: '', description: 'Kept as typed' })
  expect(nobody.status).toBe(422)
  expect(nobody.text).toContain('One e-mail address or one telephone number is needed.')
  expect(nobody.text).toContain('Kept as typed')
})

test('POC-26: what a POC may decide, also out of hours, is said if its State says it, and asked of none', async () => {
  const silent = await mission.post('/en/entries/new', least)
  expect(silent.status).toBe(303)
  expect((await mission.get(silent.location)).text).not.toContain('National role')
  const empowered = await mission.post('/en/entries/new', {
    ...least,
    nationalRole: 'تقرر إجراءات الاحتواء ليلا ونهارا',
    always: 'yes',
  })
  const card = (await mission.get(empowered.location)).text
  expect(card).toContain('تقرر إجراءات الاحتواء ليلا ونهارا')
  expect(card).toContain('reachable at any hour')
})

test('POC-08, POC-09: an entry holds everything that the provisions name, and the card shows it', async () => {
  const saved = await mission.post('/en/entries/new', {
    ...least,
    holder: 'representative',
    entityNameEnglish: 'National Team',
    description: 'جهة وطنية',
    personName: 'أمل القاسم',
    personTitle: 'مديرة المناوبة',
    nationalRole: 'تقرر إجراءات الاحتواء',
    phone1: '+٩٩٩ ٥٥٥ ٠١٧ ٤٢',
    phone1Label: 'المناوبة',
    phone2: '00999 (555) 01700',
    phone2Extension: '١٢',
    urgent: '1',
    language1: 'ar',
    languageMore: 'السواحلية، pt-BR',
    timeZone: 'Asia/Dubai',
    opens: '٨:٣٠',
    closes: '15',
    days: ['1', '2', '7'],
    certProfile: 'https://cert.sahiliya.example/rfc2350.txt',
  })
  expect(saved.status).toBe(303)
  const card = await mission.get(saved.location)
  for (const shown of [
    'أمل القاسم',
    'مديرة المناوبة',
    'تقرر إجراءات الاحتواء',
    'href="tel:+99955501742"',
    'href="tel:+99955501700;ext=12"',
    'Arabic, Swahili and Brazilian Portuguese',
    '08:30–15:00',
    'Monday, Tuesday and Sunday',
    'https://cert.sahiliya.example/rfc2350.txt',
    'lang="ar" dir="rtl">الفريق الوطني',
  ])
    expect(card.text).toContain(shown)
  expect(card.text).toMatch(/Unofficial English translation:\s*<bdi lang="en" dir="ltr">National Team/)
})

test('POC-10, RULE-10: an entry keeps its language on every page, and no translation appears that the State did not write', async () => {
  const saved = await mission.post('/en/entries/new', { ...least, entityName: 'إدارة الأمن الدولي' })
  const [path = ''] = saved.location.replace(/^\/en/, '').split('?')
  for (const locale of ['ar', 'en']) {
    const card = await mission.get(`/${locale}${path}`)
    expect(card.text).toContain('lang="ar" dir="rtl">إدارة الأمن الدولي')
    expect(card.text).not.toContain('<bdi lang="en"')
  }
})

test('RULE-1: every field for sentences says beside it that no incident information belongs there', async () => {
  const form = await mission.get('/en/entries/new')
  const boxes = [...form.text.matchAll(/<(?:textarea|input)\s[^>]*?id="(\w+)"[^>]*/g)]
  const forSentences = boxes.filter(([tag]) => tag.startsWith('<textarea') || tag.includes('type="text"'))
  const names = forSentences
    .map(([, name = '']) => name)
    .filter((name) => !/Extension$|^opens$|^closes$/.test(name))
  expect(names.length).toBeGreaterThan(12)
  for (const name of names)
    expect(form.text).toMatch(new RegExp(`id="${name}-help">[^<]*No incident information here`))
})

test('a name of 200 Arabic letters, with marks of direction in it, is kept and shown with the marks', async () => {
  const name = `${'جهة '.repeat(49)}تقن\u202eية`
  const saved = await mission.post('/en/entries/new', { ...least, entityName: name })
  const card = await mission.get(saved.location)
  expect(card.text).toContain('تقن⟨U+202E⟩ية')
  expect(card.text).not.toContain('\u202e')
})

test('an address with a control that nobody sees is refused at its field, and what was typed stays', async () => {
  const refused = await mission.post('/en/entries/new', {
    ...least,
    email1: 'poc\u200b@cert.example',
    nationalRole: 'Stays',
  })
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('<a href="#email1">')
  expect(refused.text).toContain('Stays')
})

test('look-alike letters, unknown numbers and an address that the State has twice are warnings after saving', async () => {
  const saved = await mission.post('/en/entries/new', {
    ...least,
    entityName: 'Nоrth Team',
    phone1: '+999 555 017 42',
  })
  expect(saved.status).toBe(303)
  const card = await mission.get(saved.location)
  expect(card.text).toContain('mixes letters of scripts that look alike')
  expect(card.text).toContain('No known numbering plan has the number')
  expect(card.text).toContain('Another entry of your State has')
  const reader = await world.visitor({ role: 'poc', kind: 'technical', state: stateCode('XB') })
  const seen = await reader.get(saved.location)
  expect(seen.text).toContain('mixes letters of scripts that look alike')
  expect(seen.text).not.toContain('Another entry of your State has')
})

test('a State has at most as many entries of a kind as the profile says', async () => {
  const state = stateCode('XC')
  const { entriesPerKind } = world.community.profile
  for (let each = 0; each < entriesPerKind; each += 1)
    await addExample(world, state, 'technical', exampleContent(`Team ${each}`))
  await expect(addExample(world, state, 'technical', exampleContent('One more'))).rejects.toThrow(
    'directory/too-many-entries',
  )
  await addExample(world, state, 'diplomatic', exampleContent('Of the other kind'))
})

test('the directory manager enters on a note verbale only; the card says so until the Mission confirms', async () => {
  const manager = await world.visitor({ role: 'manager' })
  const fields = { ...least, state: 'XB', entityName: 'Entered for Norvalia', language: 'en' }
  const bare = await manager.post('/en/entries/new', fields)
  expect(bare.status).toBe(422)
  expect(bare.text).toContain('Write the reference of the note verbale.')
  const saved = await manager.post('/en/entries/new', { ...fields, noteVerbale: 'NV/17/2026' })
  expect(saved.status).toBe(303)
  const [path = ''] = saved.location.split('?')
  const norvalia = await world.visitor({ role: 'mission', state: stateCode('XB') })
  expect((await norvalia.get(path)).text).toContain('NV/17/2026')
  expect((await norvalia.get('/en/our-state')).text).toContain('please confirm it on the contact card')
  // Nobody else's Mission confirms it.
  expect((await mission.post(`${path}/confirm`)).status).toBe(403)
  expect((await norvalia.post(`${path}/confirm`)).status).toBe(303)
  expect((await norvalia.get(path)).text).not.toContain('NV/17/2026')
})

test('whatever is typed is saved or refused at a field, never a fault, and what is saved is shown escaped', async () => {
  const typed = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.constantFrom(
      '<script>alert(1)</script>',
      "'; drop table directory.entry; --",
      '\u0000',
      '%_\\',
      '={1+1}',
    ),
  )
  await fc.assert(
    fc.asyncProperty(typed, typed, typed, async (name, label, role) => {
      const saved = await mission.post('/ar/entries/new', {
        ...least,
        kind: newId().startsWith('0') ? 'diplomatic' : 'technical',
        entityName: name,
        email1Label: label,
        nationalRole: role,
        languageMore: label,
      })
      expect([303, 409, 422]).toContain(saved.status)
      expect(saved.text).not.toContain('<script>alert')
    }),
    { numRuns: 25 },
  )
})

test('one number is for urgent matters: the first that was marked, and it stands on top of the card', async () => {
  const entry = await addExample(
    world,
    stateCode('XD'),
    'technical',
    exampleContent('Ardessa Team', {
      addresses: [{ ...phone('+99955504001'), urgent: false }, phone('+99955504002'), phone('+99955504003')],
    }),
  )
  expect(entry.addresses.map(({ urgent }) => urgent)).toEqual([false, true, false])
  const reader = await world.visitor({ role: 'poc', kind: 'technical', state: stateCode('XB') })
  const card = await reader.get(`/ar/entries/${entry.id}`)
  expect(card.text).toMatch(/class="number"\s+href="tel:\+99955504002"/)
})

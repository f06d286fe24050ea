import { after, day, locales } from '@parley/kernel'
import { type SnapshotFiles, verifySnapshot } from '@parley/protocol/snapshot'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { openedDesk, openOffice } from '../../../test/desk-browser.ts'
import { valueOf } from '../../../test/desk-folder.ts'
import { exampleEntry, firstIssue, issueFiles, issuingKey } from '../../../test/snapshots.ts'
import { text } from '../../locales/index.ts'
import { keyOf } from '../kept.ts'

const cert = exampleEntry({
  state: 'FR',
  name: 'CERT de France',
  emails: ['cert@cert.example'],
  phones: ['+33123456789'],
  languages: ['fr', 'en'],
  key: '-----BEGIN PGP PUBLIC KEY BLOCK-----\nmarker-of-the-key\n',
})
const ministry = exampleEntry({
  state: 'FR',
  kind: 'diplomatic',
  name: 'Ministère',
  emails: ['poc@mae.example'],
})
const entries = [cert, ministry]
const key = issuingKey()

const later = (days: number) => after(firstIssue, days * day)

function sent({ file, signature }: SnapshotFiles) {
  return { file: new Blob([file]), signature: new Blob([signature]) }
}

/** One whose signature has a byte of zero: forms are made of text. */
async function withZero(): Promise<SnapshotFiles> {
  for (let minutes = 0; ; minutes += 1) {
    const files = await issueFiles(entries, { key, at: new Date(firstIssue.getTime() + minutes * 60_000) })
    if (files.signature.includes(0)) return files
  }
}

async function withCopy(days = 1) {
  let now = later(days)
  const desk = openedDesk({ clock: { now: () => now } })
  const browser = await openOffice(desk)
  await browser.post('/en/directory/load', sent(await issueFiles(entries, { key })))
  const list = await browser.post('/en/directory/compare', { compared: 'yes' })
  return {
    browser,
    desk,
    list,
    becomes: (at: Date) => {
      now = at
    },
  }
}

test('POC-13: two files become the offline directory once a person compared the key, group by group', async () => {
  const browser = await openOffice(openedDesk({ clock: { now: () => later(1) } }))
  expect((await browser.get('/en/directory')).text).toContain('There is no copy of the directory here yet')
  const files = await withZero()
  const compare = await browser.post('/en/directory/load', sent(files))
  expect(compare.at).toBe('/en/directory/compare')
  const fingerprint = keyOf(valueOf(await verifySnapshot(files)).line)
  const shown = [...compare.text.matchAll(/<li class="code">([0-9a-f]{4})<\/li>/g)].map(([, group]) => group)
  expect(shown.join('')).toBe(fingerprint)
  const hasty = await browser.post('/en/directory/compare')
  expect([hasty.status, hasty.text.includes('confirm that you compared')]).toEqual([422, true])
  const list = await browser.post('/en/directory/compare', { compared: 'yes' })
  expect(list.at).toBe('/en/directory')
  expect(list.text).toContain('State FR')
})

test('POC-09: a State’s card has its numbers to call, addresses, languages and key, in six languages and few bytes', async () => {
  const { browser } = await withCopy()
  for (const locale of locales)
    for (const path of ['', '/states/FR', '/changes', '/load']) {
      const { text, status } = await browser.get(`/${locale}/directory${path}`)
      expect(status).toBe(200)
      expect(gzipSync(text).length).toBeLessThan(14_000)
    }
  const { text } = await browser.get('/en/directory/states/FR')
  expect(text).toContain('href="tel:+33123456789"')
  expect(text).toContain('+33 1 23 45 67 89')
  expect(text).toContain('href="mailto:cert@cert.example"')
  expect(text).toContain('French and English')
  expect(text).toContain('AB12 CD34')
  const file = await browser.get('/en/directory/keys/openpgp/AB12CD34')
  expect(file.headers.get('content-disposition')).toContain('.asc')
  expect(file.text).toContain('marker-of-the-key')
  expect((await browser.get('/en/directory/keys/smime/AB12CD34')).status).toBe(404)
  expect((await browser.get('/en/directory/states/DE')).status).toBe(404)
})

test('RULE-7: the other kind of point of contact is one deliberate step away', async () => {
  const { browser } = await withCopy()
  const { text } = await browser.get('/en/directory/states/FR')
  const [before = '', within = ''] = text.split('another kind')
  expect([before.includes('CERT de France'), before.includes('Ministère')]).toEqual([true, false])
  expect(within).toContain('Ministère')
})

test('POC-09: it is searched by State, office and number; what is not there is said', async () => {
  const { browser } = await withCopy()
  for (const typed of ['state fr', 'CERT de', 'ministere', '33123456789', 'cert@cert.example'])
    expect((await browser.get(`/en/directory?q=${encodeURIComponent(typed)}`)).text).toContain('State FR')
  const nothing = await browser.get('/en/directory?q=quellmark')
  expect(nothing.text).toContain('Nothing in the copy fits')
})

test('POC-34: the addressee of a message comes from the offline directory, with its language, and can be typed over', async () => {
  const { browser } = await withCopy()
  const write = await browser.get('/en/write/inquiry')
  expect(write.text).toContain('href="/en/directory?write=inquiry"')
  expect((await browser.get('/en/directory?write=inquiry')).text).toContain(
    '/en/directory/states/FR?write=inquiry',
  )
  const card = (await browser.get('/en/directory/states/FR?write=inquiry')).text
  expect(card).toContain(`/en/write/inquiry?to=${cert.id}`)
  const chosen = (await browser.get(`/en/write/inquiry?to=${cert.id}`)).text
  expect(chosen).toMatch(/<option value="FR"\s+selected/)
  expect(chosen).toMatch(/<option value="fr"\s+selected/)
  expect(chosen).toContain('value="CERT de France"')
  expect((await browser.get(`/en/write?to=${cert.id}`)).text).toContain(`/en/write/inquiry?to=${cert.id}`)
  expect((await browser.get('/en/write/inquiry?to=nobody')).status).toBe(200)
  const written = {
    title: 'A scan',
    state: 'FR',
    kind: 'technical',
    entity: 'CERT de France',
    language: 'fr',
  }
  const preview = await browser.post('/en/write/inquiry', written)
  expect(preview.text).toContain('value="cert@cert.example"')
  const elsewhere = await browser.post('/en/write/inquiry', { ...written, entity: 'Another office' })
  expect(elsewhere.text).not.toContain('cert@cert.example')
  const came = (await browser.get(`/en/incoming?from=${cert.id}`)).text
  expect(came).toContain('value="CERT de France"')
})

test('POC-13: an expired copy is used, and its age stands in the band of every page; a clock that is behind is said', async () => {
  const { browser, becomes } = await withCopy()
  expect((await browser.get('/en')).text).not.toContain('class="band"')
  becomes(later(21))
  await browser.post('/en/unlock', { name: 'Amal Haddad', passphrase: 'seven lanterns over the quay' })
  for (const path of ['/en', '/en/cases', '/en/directory', '/en/directory/states/FR'])
    expect((await browser.get(path)).text).toContain(
      '<p class="band">Copy of the directory expired: it is 21 days old</p>',
    )
  expect((await browser.get('/en/directory/states/FR')).text).toContain('+33 1 23 45 67 89')
  const behind = await withCopy(-1)
  expect((await behind.browser.get('/en')).text).toContain('The clock of this machine is behind')
})

test('POC-11: what differs is said on the start page until somebody looked at it', async () => {
  const { browser } = await withCopy()
  const moved = {
    ...cert,
    addresses: [{ channel: 'phone', value: '+33199999999', urgent: true, disputed: false }],
  } as const
  const changes = await browser.post(
    '/en/directory/load',
    sent(await issueFiles([moved], { key, at: later(1) })),
  )
  expect(changes.at).toBe('/en/directory/changes')
  for (const said of ['+33 1 99 99 99 99', '…789', '…@cert.example', 'Entry that is gone', 'CERT de France'])
    expect(changes.text).toContain(said)
  expect(changes.text).not.toContain('Ministère')
  expect((await browser.get('/en')).text).toContain('/en/directory/changes')
  const seen = await browser.post('/en/directory/changes')
  expect(seen.text).toContain('Looked at before')
  expect((await browser.get('/en')).text).not.toContain('Please look at them')
})

test.each([
  [
    'a snapshot that was changed',
    async () => {
      const files = await issueFiles(entries, { key, at: later(1) })
      return sent({ ...files, signature: files.signature.map((byte) => byte ^ 1) })
    },
    'something in it was changed',
  ],
  [
    'a rolled-back one',
    async () => sent(await issueFiles(entries, { key, at: later(-3) })),
    'older than the last one',
  ],
  [
    'one of another community',
    async () => sent(await issueFiles(entries, { key, at: later(1), community: 'other' })),
    'of another community',
  ],
  [
    'one of an unknown key',
    async () => sent(await issueFiles(entries, { at: later(1) })),
    'not the one in the letter',
  ],
  ['no file', async () => ({}), 'choose both files'],
  [
    'a fingerprint that is none',
    async () => ({ ...sent(await issueFiles(entries, { key, at: later(1) })), letter: 'abc' }),
    'has 64 signs',
  ],
] as const)('POC-13: %s is refused in a clear sentence, and the copy stays', async (_, fields, sentence) => {
  const { browser } = await withCopy()
  const refused = await browser.post('/en/directory/load', await fields())
  expect(refused.status).toBe(422)
  expect(refused.text).toContain(sentence)
  expect((await browser.get('/en/directory')).text).toContain('20261127041500')
})

test('the token is kept and not shown, goes with its Directory, and is deleted on wish', async () => {
  const browser = await openOffice(openedDesk())
  const insecure = await browser.post('/en/directory/follow', {
    address: 'http://directory.example',
    token: 'x',
  })
  expect(insecure.text).toContain('begins with https://')
  const kept = await browser.post('/en/directory/follow', {
    address: 'https://one.example/en',
    token: 'parley_secret',
  })
  expect(kept.text).toContain('value="https://one.example"')
  expect(kept.text).not.toContain('parley_secret')
  const elsewhere = await browser.post('/en/directory/follow', { address: 'https://two.example', token: '' })
  expect(elsewhere.text).toContain('Please enter the token')
  expect((await browser.post('/en/directory/unfollow')).text).not.toContain('one.example')
})

const stays = {
  ar: 'وتبقى آخر نسخة لحظية سليمة',
  zh: '仍保留上一份有效快照',
  en: 'The last good snapshot stays',
  fr: 'Le dernier instantané valable reste en place',
  ru: 'Последний проверенный снимок реестра остаётся',
  es: 'La última instantánea válida se mantiene',
} as const

test.each(locales)(
  'RULE-10: in %s every refusal of a snapshot says that the last good one stays',
  (locale) => {
    const said = [
      'too-large',
      'unreadable',
      'newer-format',
      'tampered',
      'other-community',
      'unknown-key',
      'rolled-back',
      'number-twice',
    ].map((what) => text.find(locale, `protocol/snapshot-${what}`) ?? '')
    expect(said.filter((sentence) => !sentence.includes(stays[locale]))).toEqual([])
    expect(new Set(said).size).toBe(8)
  },
)

test('POC-35: a look-alike sender is told with the address of the office that it passes for', async () => {
  const { browser, desk } = await withCopy()
  const record = desk.desk.store.opened()?.record
  const said = { at: later(1), by: 'Amal Haddad', case: 'one' }
  const counterpart = { state: 'FR', kind: 'technical', entity: 'CERT de France' }
  const opening = { title: 'A scan', side: 'theirs', counterpart, nature: 'REAL' } as const
  await record?.append({ ...said, what: 'case.opened', content: opening })
  const mail = { text: 'Call us.', channel: 'e-mail' } as const
  await record?.append({
    ...said,
    what: 'message.received',
    content: { ...mail, address: 'cert@cerrt.example' },
  })
  expect((await browser.get('/en/cases/one')).text).toMatch(/looks like:\s*<bdi dir="ltr">cert@cert\.example/)
  await record?.append({
    ...said,
    what: 'message.received',
    content: { ...mail, address: 'cert@cert.example' },
  })
  expect((await browser.get('/en/cases/one')).text).not.toContain('looks like')
})

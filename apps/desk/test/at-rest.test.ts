import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { begin } from './case-lines.ts'
import { office, openedDesk, openOffice } from './desk-browser.ts'
import { amal, beginDesk, bruno, emptyFolder, filesIn, valueOf } from './desk-folder.ts'
import { findTyped } from './find-typed.ts'

/** Everything that somebody typed into this Desk: words, names, addresses, numbers. */
const typed = {
  title: 'Kraken at the port of Serrant',
  text: 'The pumps stopped at four; hash d41d8cd98f00b204e9800998ecf8427e',
  arabic: 'توقفت المضخات في الميناء',
  entity: 'Merrow Response Team',
  person: 'Inspector Ferreira',
  address: 'duty@merrow.example',
  telephone: '+999 555 017 42',
  office: 'Cabinet Secretariat',
  attachment: 'indicators-of-serrant.csv',
  contents: 'ioc;198.51.100.77;beacon',
  draft: 'Draft that was never sent to Quellmark',
  snapshot: 'Ambassador Lindqvist +999 555 028 91',
}

async function usedDesk(): Promise<string> {
  const { store, record, exercises, users, user, sealed, folder } = await beginDesk()
  valueOf(await users.add(user, bruno))
  const said = { at: begin, by: user.name, case: 'one' }
  const counterpart = { state: 'QM', kind: 'technical', entity: typed.entity }
  const opening = { title: typed.title, side: 'theirs', counterpart, nature: 'REAL' } as const
  const files = [{ name: typed.attachment, bytes: Buffer.from(typed.contents.repeat(50)) }]
  const message = { text: typed.text, address: typed.address, channel: 'e-mail' } as const
  const call = { text: `${typed.person} ${typed.telephone}`, side: 'theirs', channel: 'telephone' } as const
  for (const each of [record, exercises.record]) {
    valueOf(await each.append({ ...said, what: 'case.opened', content: opening }))
    valueOf(await each.append({ ...said, what: 'message.received', content: message, files }))
    valueOf(await each.append({ ...said, what: 'exchange.noted', content: call }))
    valueOf(await each.append({ ...said, what: 'note.written', content: { text: typed.arabic } }))
    valueOf(await each.append({ ...said, what: 'case.escalated', content: { office: typed.office } }))
  }
  valueOf(await sealed(`draft of ${typed.title}`).write(typed.draft))
  valueOf(await sealed('snapshot').write(typed.snapshot))
  valueOf(await users.rename(bruno, 'Bruno Salviati'))
  await store.close()
  return folder
}

/** The same through the screens: what a browser sends and what the pages keep. */
async function usedScreens(): Promise<string> {
  const folder = emptyFolder()
  const running = openedDesk({ folder })
  const browser = await openOffice(running)
  await browser.post('/en/users', { ...bruno, again: bruno.passphrase })
  const to = { title: typed.title, state: 'NO', kind: 'technical', entity: typed.entity }
  const { at } = await browser.post('/en/incoming', { ...to, channel: 'e-mail', text: typed.text })
  await browser.post(`${at}/note`, { text: typed.arabic })
  await browser.post(`${at}/call`, { side: 'theirs', text: `${typed.person} ${typed.telephone}` })
  await browser.post(`${at}/escalate`, { office: typed.office })
  await browser.post(`${at}/consent`, {
    side: 'theirs',
    who: typed.person,
    on: '2026-01-01',
    what: typed.text,
  })
  await browser.post('/en/hand-out', {
    case: at.replace('/en/cases/', ''),
    to: 'internal',
    name: typed.office,
    form: 'csv',
  })
  await browser.post('/en/duty', { note: typed.contents })
  await browser.post('/en/write/inquiry', { ...to, language: 'ar', 'v-known': typed.draft })
  await browser.post('/en/exercise', { name: typed.attachment })
  await browser.post('/en/write/inquiry', { ...to, language: 'ar', 'v-known': typed.draft })
  expect((await browser.get('/en/write')).text).toContain(typed.title)
  await running.close()
  return folder
}

const secrets = [
  ...Object.values(typed),
  ...[amal, bruno].flatMap(({ name, passphrase }) => [name, passphrase]),
  'Salviati',
  'Serrant',
  '555 017',
  'المضخات',
]

test('POC-35: a copied folder of a Desk shows no word, no name and no number, in no spelling', async () => {
  const files = filesIn(await usedDesk())
  expect(files.size).toBeGreaterThan(8)
  expect(findTyped(files, secrets)).toEqual([])
})

test('POC-35: nor does it after a day at the screens, with drafts, consents, users and an exercise', async () => {
  const folder = await usedScreens()
  expect(findTyped(filesIn(folder), [...secrets, office.entity])).toEqual([])
  writeFileSync(join(folder, 'store/sealed/left'), `xx ${office.entity} xx`)
  expect(findTyped(filesIn(folder), [office.entity])).toEqual([`store/sealed/left: ${office.entity}`])
})

test.each([
  ['UTF-8', Buffer.from(`xx ${typed.arabic} xx`)],
  ['UTF-16, little end first', Buffer.from(`xx ${typed.arabic} xx`, 'utf16le')],
  ['UTF-16, big end first', Buffer.from(`xx ${typed.arabic} xx`, 'utf16le').swap16()],
  ['hex', Buffer.from(Buffer.from(`xx ${typed.arabic} xx`).toString('hex').toUpperCase())],
  ['base64', Buffer.from(Buffer.from(`xx ${typed.arabic} xx`).toString('base64'))],
  ['base64, one byte on', Buffer.from(Buffer.from(`xxx ${typed.arabic} xx`).toString('base64'))],
  ['base64, two bytes on', Buffer.from(Buffer.from(`xxxx ${typed.arabic} xx`).toString('base64'))],
  [
    'the base64 of addresses in the web',
    Buffer.from(Buffer.from(`xx ${typed.arabic} xx`).toString('base64url')),
  ],
])('planted: the same search finds a word that was left in %s', async (_, bytes) => {
  const folder = await usedDesk()
  writeFileSync(join(folder, 'store/record/left'), bytes)
  expect(findTyped(filesIn(folder), secrets)).toContain(`store/record/left: ${typed.arabic}`)
})

test('planted: a name of a file that tells something is found, too', () => {
  const folder = emptyFolder()
  mkdirSync(join(folder, 'store'))
  writeFileSync(join(folder, 'store', typed.attachment), '')
  expect(findTyped(filesIn(folder), secrets)).toContain(`store/${typed.attachment}: ${typed.attachment}`)
})

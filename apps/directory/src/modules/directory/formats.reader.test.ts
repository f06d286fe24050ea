import { execFileSync } from 'node:child_process'
import { type Gnupg, openGnupg } from '@parley/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exampleEntry } from '../../../test/entry-examples.ts'
import { expiryOf } from './domain/key.ts'
import { entryToVcard } from './entry-vcard.ts'
import { readKey } from './read-key.ts'

const own = 'poc@cert.sahiliya.example'
const now = new Date()

let gpg: Gnupg
beforeAll(() => {
  gpg = openGnupg()
})
afterAll(() => gpg.close())

async function keep(armored: string) {
  // Not before the key was made, which takes GnuPG a second.
  const key = await readKey('openpgp', armored, [own], new Date())
  if (!key.ok) throw new Error(key.refusal.code)
  return { ...key.value, cardOnly: false }
}

test('POC-09: a key made by GnuPG is accepted, and GnuPG encrypts to what our vCard carries', async () => {
  const key = await keep(gpg.makeKey(`Duty team <${own}>`))
  expect(gpg.run(['--with-colons', '--fingerprint', own]).toString()).toContain(
    `fpr:::::::::${key.fingerprint}:`,
  )
  const vcard = entryToVcard(exampleEntry({}), { stateName: 'Sahiliya', kindName: 'Technical POC' }, [key])
  const [, base64 = ''] =
    /KEY:data:application\/pgp-keys;base64,(\S+)/.exec(vcard.replaceAll('\r\n ', '')) ?? []
  gpg.run(['--delete-secret-and-public-key', key.fingerprint])
  gpg.run(['--import'], Buffer.from(base64, 'base64'))
  const encrypted = gpg.run(['--armor', '--encrypt', '--recipient', own], 'no incident').toString()
  expect(encrypted).toContain('BEGIN PGP MESSAGE')
})

test('an expired key made by GnuPG is marked as expired', async () => {
  const key = await keep(
    gpg.makeKey('Duty team <old@elsewhere.example>', { expires: '1y', at: '20200101T000000' }),
  )
  expect(key.expiresAt?.getUTCFullYear()).toBe(2020)
  expect(expiryOf(key, now)).toBe('past')
})

const python = `
import json, sys, vobject
card = vobject.readOne(sys.stdin.buffer.read().decode("utf-8"))
print(json.dumps({name: [line.value if isinstance(line.value, (str, list)) else str(line.value) for line in lines] for name, lines in card.contents.items()}))`

test('POC-09: another reader of vCards finds the same texts and numbers', () => {
  const entry = exampleEntry({
    language: 'ar',
    entityName: {
      original: 'الفريق الوطني للاستجابة للحوادث الحاسوبية، قسم الطوارئ',
      english: 'National; Team',
    },
    nationalRole: { original: 'سطر\nوسطر, آخر' },
    workingLanguages: ['ar', 'fr'],
  })
  const vcard = entryToVcard(entry, { stateName: 'ساحلية', kindName: 'جهة الاتصال التقنية' })
  // The interpreter of the system, for which Debian installs the reader.
  const read: Record<string, unknown> = JSON.parse(
    execFileSync('/usr/bin/python3', ['-c', python], { input: vcard, encoding: 'utf8' }),
  )
  expect(read['fn']).toEqual([entry.entityName.original, 'National; Team'])
  expect(read['note']).toEqual(['سطر\nوسطر, آخر'])
  expect(read['tel']).toEqual(['tel:+99955501742'])
  expect(read['email']).toEqual(['poc@sahiliya-cert.example'])
  expect(read['lang']).toEqual(['ar', 'fr'])
  expect(read['uid']).toEqual([`urn:uuid:${entry.id}`])
})

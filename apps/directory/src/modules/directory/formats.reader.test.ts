import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProgram } from '@parley/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exampleEntry } from '../../../test/entry-examples.ts'
import { expiryOf } from './domain/key.ts'
import { entryToVcard } from './entry-vcard.ts'
import { readKey } from './read-key.ts'

const own = 'poc@cert.sahiliya.example'
const now = new Date()

let home: string
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'parley-gpg-'))
})
afterAll(() => {
  execFileSync(program('gpgconf'), ['--homedir', home, '--kill', 'all'])
  rmSync(home, { recursive: true })
})

function program(name: string): string {
  const found = findProgram(name)
  if (found === undefined) throw new Error(`${name} is not installed`)
  return found
}

function gpg(words: readonly string[], input: string | Uint8Array = ''): string {
  const quiet = ['--homedir', home, '--batch', '--yes', '--no-tty', '--quiet', '--trust-model', 'always']
  return execFileSync(program('gpg'), [...quiet, ...words], {
    input,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
  })
}

function makeKey(email: string, expires: string, at: readonly string[] = []): string {
  const made = [
    '--passphrase',
    '',
    '--quick-generate-key',
    `Duty team <${email}>`,
    'default',
    'default',
    expires,
  ]
  gpg([...at, ...made])
  return gpg(['--armor', '--export', email])
}

async function keep(armored: string) {
  const key = await readKey('openpgp', armored, [own], now)
  if (!key.ok) throw new Error(key.refusal.code)
  return { ...key.value, cardOnly: false }
}

test('POC-09: a key made by GnuPG is accepted, and GnuPG encrypts to what our vCard carries', async () => {
  const key = await keep(makeKey(own, 'never'))
  expect(gpg(['--with-colons', '--fingerprint', own])).toContain(`fpr:::::::::${key.fingerprint}:`)
  const vcard = entryToVcard(exampleEntry({}), { stateName: 'Sahiliya', kindName: 'Technical POC' }, [key])
  const [, base64 = ''] =
    /KEY:data:application\/pgp-keys;base64,(\S+)/.exec(vcard.replaceAll('\r\n ', '')) ?? []
  gpg(['--delete-secret-and-public-key', key.fingerprint])
  gpg(['--import'], Buffer.from(base64, 'base64'))
  expect(gpg(['--armor', '--encrypt', '--recipient', own], 'no incident')).toContain('BEGIN PGP MESSAGE')
})

test('an expired key made by GnuPG is marked as expired', async () => {
  const key = await keep(makeKey('old@elsewhere.example', '1y', ['--faked-system-time', '20200101T000000!']))
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

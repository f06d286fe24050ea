import { domainToASCII } from 'node:url'
import { describe, expect, test } from 'vitest'
import { exampleEntry, exampleSnapshot } from '../../test/snapshots.ts'
import { contactsOf, findContact, keysOf } from './contacts.ts'
import { findSender } from './find-sender.ts'

const cert = exampleEntry({
  state: 'XA',
  name: 'CERT Sahiliya',
  emails: ['duty@cert-sahiliya.example', 'poc@sahiliya.gov.ke', 'cert.sahiliya@gmail.com'],
  languages: ['fa', 'ar-EG', 'en'],
  key: 'armor of XA',
})
const ministry = exampleEntry({
  state: 'XB',
  kind: 'diplomatic',
  name: 'Ministry',
  emails: ['poc@mfa.norvalia.org', 'poc@cert.norvalia.example'],
  languages: ['de'],
})
const one = exampleEntry({ state: 'XC', name: 'One', emails: ['poc@csirt.int', 'old@ürzig.example'] })
const other = exampleEntry({ state: 'XD', name: 'Other', emails: ['poc@csirt.org'] })
const snapshot = exampleSnapshot([cert, ministry, one, other])

test.each([
  'duty@cert-sahiliya.example',
  ' DUTY@CERT-Sahiliya.Example ',
  `old@${domainToASCII('ürzig.example')}`,
])('POC-35: %s stands in the directory', (address) => {
  expect(findSender(snapshot, address)).toMatchObject({ known: { isDisputed: false } })
})

test.each([
  ['one letter more', 'duty@cert-sahilliya.example'],
  ['one letter less', 'duty@cert-sahilya.example'],
  ['another letter', 'duty@cert-sahiliva.example'],
  ['two letters turned', 'duty@cert-sahiilya.example'],
  ['a Cyrillic letter', 'duty@cert-sаhiliya.example'],
  ['a Cyrillic letter, as the DNS writes it', `duty@${domainToASCII('cert-sаhiliya.example')}`],
  ['several Cyrillic letters', 'duty@сеrt-sаhiliyа.example'],
  ['a figure for a letter', 'duty@cert-sahi1iya.example'],
  ['an accent', 'duty@cert-sáhiliya.example'],
  ['another top-level domain', 'duty@cert-sahiliya.net'],
  ['another suffix', 'duty@cert-sahiliya.co.uk'],
  ['a hyphen left out', 'duty@certsahiliya.example'],
  ['a point for a hyphen', 'duty@cert.sahiliya.example.net'],
  ['the domain within another', 'duty@cert-sahiliya.example.evil.test'],
  ['the domain with hyphens within another', 'duty@cert-sahiliya-example.evil.test'],
  ['another mailbox there', 'office@cert-sahilliya.example'],
])('POC-35: a look-alike domain is told with what it passes for: %s', (_, address) => {
  expect(findSender(snapshot, address)).toEqual({
    lookalike: {
      state: 'XA',
      kind: 'technical',
      name: 'CERT Sahiliya',
      isDisputed: false,
      address: 'duty@cert-sahiliya.example',
    },
  })
})

test.each(['cert.sahi1iya@gmail.com', 'cert.sahliya@gmail.com', 'cеrt.sahiliya@gmail.com'])(
  'POC-35: where many have mailboxes, %s passes for one of them',
  (address) => {
    expect(findSender(snapshot, address)).toMatchObject({
      lookalike: { address: 'cert.sahiliya@gmail.com' },
    })
  },
)

test.each([
  ['a colleague at the same domain', 'director@cert-sahiliya.example'],
  ['another host of the same domain', 'poc@mail.cert-sahiliya.example'],
  ['another mailbox of a provider', 'somebody.else@gmail.com'],
  ['nobody that is like it', 'poc@quellmark.example'],
  ['an office of the same name in a government’s own domain', 'poc@sahiliya.gov.ng'],
  ['a name that several have', 'poc@csirt.net'],
  ['short names', 'a@un.org'],
  ['no address', 'nobody'],
  ['nothing', ''],
  ['an address of numbers', 'poc@[192.0.2.1]'],
])('%s is unknown, and no more', (_, address) => {
  expect(findSender(snapshot, address)).toBe('unknown')
})

test('POC-11: of a disputed address it is said that it is disputed', () => {
  const disputed = exampleEntry({ state: 'XA', emails: ['poc@a.example'], disputed: true })
  expect(findSender(exampleSnapshot([disputed]), 'poc@a.example')).toMatchObject({
    known: { isDisputed: true },
  })
})

describe('contacts', () => {
  test('POC-34: the addressee’s first working language among the six, else English', () => {
    expect(contactsOf(snapshot, 'XA')).toEqual([
      {
        id: cert.id,
        state: 'XA',
        kind: 'technical',
        entity: 'CERT Sahiliya',
        language: 'ar',
        emails: ['duty@cert-sahiliya.example', 'poc@sahiliya.gov.ke', 'cert.sahiliya@gmail.com'],
        hasKey: true,
      },
    ])
    expect(findContact(snapshot, ministry.id)).toMatchObject({ language: 'en', hasKey: false })
    expect(contactsOf(snapshot, 'ZZ')).toEqual([])
  })

  test('a key is found by any address of its office; a disputed one is nobody’s', () => {
    expect(keysOf(snapshot, 'POC@sahiliya.gov.ke')).toEqual(['armor of XA'])
    expect(keysOf(snapshot, 'poc@mfa.norvalia.org')).toEqual([])
    const disputed = exampleEntry({ state: 'XA', emails: ['a@a.example'], key: 'armor', disputed: true })
    expect(keysOf(exampleSnapshot([disputed]), 'a@a.example')).toEqual([])
  })
})

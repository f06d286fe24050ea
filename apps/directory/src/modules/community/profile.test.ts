import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { folderOfProfile, loadCommunity } from './community.ts'
import { WrongProfile } from './wrong-profile.ts'

const id = 'meridian-network'
const made = mkdtempSync(join(tmpdir(), 'profile-'))
const folder = join(made, id)

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true })
  cpSync(folderOfProfile(id), folder, { recursive: true })
})
afterAll(() => rmSync(made, { recursive: true }))

/** What is said of the profile as it lies in the folder now. */
function problems(): readonly string[] {
  try {
    loadCommunity(id, { demonstration: true }, pathToFileURL(`${folder}/`))
    return []
  } catch (fault) {
    if (fault instanceof WrongProfile) return fault.problems
    throw fault
  }
}

type Fields = Record<string, unknown>

function rewrite(file: string, change: (text: string) => string): void {
  writeFileSync(join(folder, file), change(readFileSync(join(folder, file), 'utf8')))
}

function change(fields: Fields): void {
  rewrite('profile.json', (text) => JSON.stringify({ ...JSON.parse(text), ...fields }))
}

const days = { withdrawnEntry: 30, endedAccount: 30, session: 30, incomingMail: 30 }
const technical = { id: 'technical', names: { en: 'Technical POC' } }

test('both profiles that ship are whole, with and without their demonstration', () => {
  expect(problems()).toEqual([])
  for (const name of ['united-nations', id])
    for (const demonstration of [true, false])
      expect(loadCommunity(name, { demonstration }).states.length).toBeGreaterThan(11)
})

describe('a wrong profile is refused with the name of its field', () => {
  test.each<[string, Fields]>([
    ['id: the folder', { id: 'another' }],
    ['id: ', { id: 'Not a Name' }],
    ['names: no name in «en»', { names: { fr: 'Répertoire' } }],
    ['names', { names: { en: ' ' } }],
    ['operator', { operator: 'The desk' }],
    ['operator', { operator: undefined }],
    ['mandate.asOf', { mandate: { document: { en: 'Charter' }, asOf: 'last year' } }],
    ['mandate.bodies', { mandate: { document: { en: 'Charter' }, asOf: '2026-01-15' } }],
    ['nominatingAuthority', { nominatingAuthority: undefined }],
    ['letter', { letter: {} }],
    ['kinds', { kinds: [] }],
    ['kinds: two have the same id', { kinds: [technical, technical] }],
    ['kinds.0.id: this is the name of a role', { kinds: [{ ...technical, id: 'manager' }] }],
    ['kinds.0.id', { kinds: [{ ...technical, id: 'Technical' }] }],
    ['kinds.0.names: no name in «en»', { kinds: [{ id: 'technical', names: { ar: 'التقنية' } }] }],
    ['groups', { groups: undefined }],
    [
      'groups.0.names: Unrecognized key: "klingon"',
      { groups: [{ id: 'finance', names: { klingon: 'Huch' } }] },
    ],
    ['entriesPerKind', { entriesPerKind: 0 }],
    ['checkEveryMonths', { checkEveryMonths: 1.5 }],
    ['answerWithinHours', { answerWithinHours: '168' }],
    ['remindAfterHours: a reminder comes before', { remindAfterHours: 168 }],
    ['languages', { languages: [] }],
    ['languages.0', { languages: ['tlh'] }],
    ['languages: a language stands there twice', { languages: ['en', 'en'] }],
    ['names: no name in «fr»', { languages: ['en', 'fr'] }],
    ['observers', { observers: 'no' }],
    ['retentionDays.session', { retentionDays: { ...days, session: -1 } }],
    ['retentionDays.incomingMail', { retentionDays: { ...days, incomingMail: undefined } }],
    ['retentionDays: Unrecognized key: "sesion"', { retentionDays: { ...days, sesion: 3 } }],
    ['dualControl.fromManagers', { dualControl: { on: true, fromManagers: 1, lapsesAfterDays: 7 } }],
    ['dualControl.on', { dualControl: { fromManagers: 2, lapsesAfterDays: 7 } }],
    ['Unrecognized key: "answerWithinDays"', { answerWithinDays: 7 }],
  ])('profile.json: %s', (said, fields) => {
    change(fields)
    expect(problems().join('\n')).toContain(said)
    expect(problems().every((line) => line.startsWith(`${id}/`))).toBe(true)
  })

  test.each([
    ['iso2: «QMX» is not two capital letters', 'QM,', 'QMX,'],
    ['iso2: QM stands there twice', 'QN,', 'QM,'],
    ['status: «guest» is neither', 'QNA,member', 'QNA,guest'],
    ['regional_group: «shipping» is not among the groups', 'member,finance', 'member,shipping'],
    ['name_en: is empty', 'Fennport CERT', ''],
    ['no column iso2', 'iso2', 'code'],
    ['Invalid Record Length', 'Team Alder', 'Team Alder,and more'],
  ])('members.csv: %s', (said, from, to) => {
    rewrite('members.csv', (text) => text.replace(from, to))
    expect(problems().join('\n')).toContain(said)
    expect(problems().every((line) => line.startsWith(`${id}/members.csv`))).toBe(true)
  })

  test('a file that is no JSON, a sentence that is none, a folder that is not there', () => {
    rewrite('locales/en.json', () => '{ "accounts": { "role.mission": 5 } }')
    expect(problems().join('\n')).toContain(`${id}/locales/en.json: accounts.role.mission`)
    rewrite('profile.json', () => '{ "id": ')
    expect(problems().join('\n')).toContain(`${id}/profile.json: `)
    expect(() => loadCommunity('atlantis', { demonstration: false })).toThrow('there is no profile atlantis')
  })
})

test('a profile without groups, organizations and own words is whole', () => {
  rmSync(join(folder, 'locales'), { recursive: true })
  mkdirSync(join(folder, 'locales'))
  change({ groups: [] })
  rewrite('members.csv', (text) => text.replace(/member,\w+/g, 'member,none'))
  expect(problems()).toEqual([])
})

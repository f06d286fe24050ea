import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProgram } from '@parley/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addExample, exampleContent } from '../../../test/entry-examples.ts'
import { email, stateCode } from '../../../test/nominate.ts'
import { typeCommand } from '../../../test/type-command.ts'
import { openWorld, type Visitor, type World } from '../../../test/world.ts'
import { listFormats } from './list-file.ts'

const [XA, XB, XC] = [stateCode('XA'), stateCode('XB'), stateCode('XC')]

let world: World
let folder: string
let mission: Visitor
let neighbour: Visitor
beforeAll(async () => {
  world = await openWorld()
  folder = mkdtempSync(join(tmpdir(), 'parley-files-'))
  await world.participate(XA, XB, XC)
  await addExample(
    world,
    XA,
    'technical',
    exampleContent('=Sahiliya CERT', {
      addresses: [email('poc@cert.sahiliya.example')],
      personName: 'فريق',
      description: { original: 'One,\n"two"' },
    }),
  )
  const hidden = { ...email('hidden@mfa.example'), cardOnly: true }
  await addExample(
    world,
    XA,
    'diplomatic',
    exampleContent('Ministry', { addresses: [hidden, email('open@mfa.example')] }),
  )
  await addExample(world, XB, 'technical', exampleContent('Norvalia CERT'))
  mission = await world.visitor({ role: 'mission', state: XA })
  neighbour = await world.visitor({ role: 'mission', state: XB })
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await world.close()
})

const type = (...words: readonly string[]) => typeCommand(world, folder, ...words)
const inFolder = (name: string) => join(folder, name)
const put = (name: string, content: string | Uint8Array) => writeFileSync(inFolder(name), content)

test.each(listFormats)(
  'POC-09: what `parley export` writes as %s, `parley import` finds unchanged',
  async (format) => {
    const file = `all.${format}`
    expect(await type('export', '--format', format, '--to', file)).toMatchObject({ code: 0 })
    expect(readFileSync(inFolder(file), 'utf8')).not.toContain('hidden@mfa.example')
    expect(statSync(inFolder(file)).mode & 0o777).toBe(0o600)
    const { code, said } = await type('import', file)
    expect(said).toContain('0 new, 0 changed, 3 unchanged, 0 broken.')
    expect(code).toBe(0)
  },
)

test('RULE-9: of an export on the host of one State its State reads a line, of one of more every State', async () => {
  const both = 'of all participating States were written into a file'
  const own = 'The State’s entries were written into a file'
  const third = await world.visitor({ role: 'mission', state: XC })
  await type('export', '--format', 'csv', '--to', 'every.csv')
  expect((await third.get('/en/our-history')).text).toContain(both)
  await type('export', '--format', 'csv', '--state', 'XB', '--to', 'one.csv')
  expect(readFileSync(inFolder('one.csv'), 'utf8')).not.toContain('Sahiliya')
  expect((await neighbour.get('/en/our-history')).text).toContain(own)
  expect((await third.get('/en/our-history')).text).not.toContain(own)
  expect((await neighbour.get('/en/our-history')).text).toContain('Operator of the host (parley)')
})

test('without a file an export is said: what was said is read again', async () => {
  for (const format of listFormats) {
    const { code, said } = await type('export', '--format', format)
    expect(code).toBe(0)
    put('said', said)
    expect((await type('import', 'said')).said).toContain('3 unchanged, 0 broken')
  }
})

test('a file that is there stays, unless told otherwise, and nothing is left beside it', async () => {
  put('there.csv', 'kept')
  symlinkSync(inFolder('there.csv'), inFolder('link.csv'))
  const before = (await mission.get('/en/our-history')).text
  for (const name of ['there.csv', 'link.csv', '.', 'no/such/folder.csv', 'there.csv/below'])
    expect((await type('export', '--format', 'csv', '--to', name)).code).toBe(2)
  expect(readFileSync(inFolder('there.csv'), 'utf8')).toBe('kept')
  expect((await mission.get('/en/our-history')).text).toBe(before)
  expect((await type('export', '--format', 'csv', '--to', 'link.csv', '--force')).code).toBe(0)
  expect(readFileSync(inFolder('there.csv'), 'utf8')).toBe('kept')
  expect(readFileSync(inFolder('link.csv'), 'utf8')).toContain('entity_name')
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
})

test('words that are not understood end with 2, a State that does not participate with 1', async () => {
  for (const words of [
    ['export'],
    ['export', '--format', 'xml'],
    ['export', '--format', 'csv', '--state', 'Q9'],
    ['import'],
    ['import', 'a', 'b'],
    ['import', 'no-such-file'],
    ['import', 'said', '--format', 'xml'],
    ['import', 'said', '--yes', '--dry-run'],
  ])
    expect(await type(...words)).toMatchObject({ code: 2 })
  expect(await type('export', '--format', 'csv', '--state', 'XD')).toMatchObject({ code: 1 })
})

const csv = `state,kind,language,entity_name,email_1,time_zone
XA,technical,en,=Sahiliya CERT,poc@cert.sahiliya.example,Asia/Muscat
XA,technical,en,Second\u001b[2J team,second@cert.example,
XA,technical,en,Wrong,not an address,Nowhere/There
XB,technical,en,Norvalia CERT,new@norvalia.example,
`

test('RULE-6: an import says each difference and what is broken where, and writes nothing until it is told to', async () => {
  put('some.csv', csv)
  const { code, said } = await type('import', 'some.csv', '--state', 'XA')
  expect(code).toBe(1)
  expect(said).toContain('2: changed XA technical =Sahiliya CERT\n')
  expect(said).toContain('Time zone: (nothing) -> Asia/Muscat')
  expect(said).toContain('3: new XA technical Second')
  expect(said).toContain('4: broken Wrong\n    E-mail addresses: This is not an e-mail address')
  expect(said).toContain(
    '5: broken Norvalia CERT\n    State: It is of a State for which you cannot bring entries.',
  )
  expect(said).toContain('1 new, 1 changed, 0 unchanged, 2 broken.')
  expect(said).not.toContain('\u001b')
  expect((await mission.get('/en/proposals')).text).toContain('Nothing is proposed.')
  expect((await mission.get('/en/our-history')).text).toContain('held against the State’s live entries')
})

test('RULE-6: with --yes the good ones become proposals that the State settles; no entry changes by that', async () => {
  put('some.csv', csv)
  const card = (await mission.get('/en/our-state')).text
  const { code, said } = await type('import', 'some.csv', '--state', 'XA', '--source', 'Region 2026', '--yes')
  expect(code).toBe(1)
  expect(said).toContain('Proposed to their States: 2.')
  const proposals = (await mission.get('/en/proposals')).text
  expect(proposals).toContain('Region 2026')
  expect(proposals.match(/accept"/g)?.length).toBe(2)
  expect((await mission.get('/en/our-state')).text).not.toContain('Second')
  expect(card).not.toContain('Second')
})

const refused = (content: string | Uint8Array, ...words: readonly string[]) => {
  put('hostile', content)
  return type('import', 'hostile', ...words)
}

test('what is no list, no file or no end is refused, and says why', async () => {
  expect((await refused(Buffer.from([0x65, 0xe9, 0xff]))).said).toContain('not in UTF-8')
  expect((await refused('')).said).toContain('There is no entry in it.')
  expect((await refused(csv, '--format', 'json')).said).toContain('Not read:')
  expect((await refused(csv, '--format', 'vcard')).said).toContain('Not read:')
  expect((await refused('x'.repeat(1024 * 1024 + 1))).said).toContain('at most 1 MB')
  expect(await refused('x'.repeat(16 * 1024 * 1024 + 1))).toMatchObject({ code: 2 })
  execFileSync(findProgram('mkfifo') ?? '', [inFolder('pipe')])
  for (const name of ['/dev/zero', 'pipe', '.', 'a\u0000b']) expect((await type('import', name)).code).toBe(2)
})

import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addExample, exampleContent } from '../../../../test/entry-examples.ts'
import { issue } from '../../../../test/issue.ts'
import { email, nominate, phone, stateCode } from '../../../../test/nominate.ts'
import { type Served, serveWorld } from '../../../../test/serving.ts'

const [reader, arabic, other] = [stateCode('XA'), stateCode('XB'), stateCode('XC')]
const run = promisify(execFile)

let served: Served
let folder: string
beforeAll(async () => {
  served = await serveWorld()
  const { world, origin } = served
  await world.participate(reader, arabic, other)
  const token = await issue(world, reader, ['address-book'])
  folder = mkdtempSync(join(tmpdir(), 'parley-book-'))
  mkdirSync(join(folder, 'contacts'))
  writeFileSync(
    join(folder, 'vdirsyncer.conf'),
    `[general]
status_path = "${folder}/status/"
[pair directory]
a = "here"
b = "there"
collections = ["from b"]
[storage here]
type = "filesystem"
path = "${folder}/contacts/"
fileext = ".vcf"
[storage there]
type = "carddav"
url = "${origin.origin}/"
username = "telephone"
password = "${token}"
read_only = true
`,
  )
  writeFileSync(
    join(folder, 'khard.conf'),
    `[addressbooks]
[[directory]]
path = ${folder}/contacts/directory/
[general]
default_action = list
[vcard]
skip_unparsable = no
`,
  )
})
afterAll(async () => {
  await served?.stop()
  if (folder) rmSync(folder, { recursive: true })
})

/** What the program writes stays in the folder of this test. */
function surroundings(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: folder, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' }
}

function vdirsyncer(what: 'discover' | 'sync') {
  const words = ['--config', join(folder, 'vdirsyncer.conf'), what]
  const going = run('vdirsyncer', words, { env: surroundings(), timeout: 60_000 })
  // It asks whether to make the folder for what it found.
  going.child.stdin?.end('y\ny\ny\n')
  return going
}

async function synchronised(): Promise<string> {
  await vdirsyncer('sync')
  const book = join(folder, 'contacts/directory')
  return readdirSync(book)
    .map((file) => readFileSync(join(book, file), 'utf8'))
    .join('\n')
    .replaceAll(/\r?\n /g, '')
}

test('POC-13: vdirsyncer and khard take the address book, follow a change and a withdrawal, and get nothing that is for the card only', async () => {
  const { world } = served
  const team = await addExample(
    world,
    arabic,
    'technical',
    exampleContent('فريق الاستجابة للطوارئ الحاسوبية', {
      language: 'ar',
      addresses: [
        phone('+99955501742'),
        email('duty@xb.example'),
        { ...email('quiet@xb.example'), cardOnly: true },
      ],
      personName: 'سلمى مثال',
    }),
  )
  await nominate(world, other, 'technical', {
    name: 'Team, with; signs & <more>',
    addresses: [phone('+99955501743')],
  })
  await vdirsyncer('discover')
  const first = await synchronised()
  expect(first).toContain('فريق الاستجابة للطوارئ الحاسوبية')
  expect(first).toContain('duty@xb.example')
  expect(first).not.toMatch(/quiet@|سلمى/)

  const listed = await run('khard', ['--config', join(folder, 'khard.conf'), 'list'], { env: surroundings() })
  expect(listed.stdout).toContain('فريق الاستجابة للطوارئ الحاسوبية')
  expect(listed.stdout).toContain('+99955501742')
  expect(listed.stdout).toContain('Team, with; signs & <more>')

  const { database } = world.directory
  await database.transaction({ role: 'manager' }, (tx) =>
    sql`update directory.address set value = 'new@xb.example' where value = 'duty@xb.example'`.execute(tx),
  )
  const changed = await synchronised()
  expect(changed).toContain('new@xb.example')
  expect(changed).not.toContain('duty@xb.example')

  const mission = await world.visitor({ role: 'mission', state: arabic })
  await mission.post(`/en/entries/${team.id}/withdraw`)
  const left = await synchronised()
  expect(left).not.toContain('فريق')
  expect(left).toContain('Team\\, with\\; signs')
}, 120_000)

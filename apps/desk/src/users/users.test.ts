import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { locales } from '@parley/kernel'
import { freePort } from '@parley/testkit'
import { expect, onTestFinished, test } from 'vitest'
import { browse, openedDesk, openOffice } from '../../test/desk-browser.ts'
import { amal, beginDesk, bruno, emptyFolder } from '../../test/desk-folder.ts'
import { startCommand } from '../start.command.ts'

const brunos = { ...bruno, again: bruno.passphrase }

/** A Desk with two users, each in a browser of his or her own. */
async function twoUsers() {
  const running = openedDesk({ isShared: true, folder: await begun() })
  const [amals, other] = [browse(running), browse(running)]
  await amals.post('/en/unlock', { ...amal })
  await amals.post('/en/users', brunos)
  await other.post('/en/unlock', { ...bruno })
  const lines = () => running.desk.store.opened()?.record.lines() ?? []
  const page = await amals.get('/en/users')
  const ids = [...page.text.matchAll(/\/en\/users\/([0-9a-f]{16})\/remove/g)].map(([, id = '']) => id)
  return { amals, other, lines, ids }
}

async function begun(): Promise<string> {
  const { store, folder } = await beginDesk()
  await store.close()
  return folder
}

test('POC-35: a user who was added enters with the own passphrase, and each line carries the name of its writer', async () => {
  const { amals, other, lines } = await twoUsers()
  expect((await other.get('/en')).text).toContain(bruno.name)
  expect((await amals.get('/en/users')).text).toContain(bruno.name)
  await other.post('/en/incoming', {
    title: 'Odd traffic',
    state: 'NO',
    kind: 'technical',
    entity: 'NSM NCSC',
    channel: 'telephone',
    text: 'They called.',
  })
  expect(lines().map(({ what, by }) => [what, by])).toEqual([
    ['user.added', amal.name],
    ['user.added', amal.name],
    ['case.opened', bruno.name],
    ['exchange.noted', bruno.name],
  ])
})

test('that there is no back door is said before a passphrase is chosen, and where one was forgotten, in six languages', async () => {
  const running = openedDesk()
  const browser = await openOffice(running)
  const { text } = await browser.get('/en/users')
  expect(text.indexOf('There is no back door')).toBeLessThan(text.indexOf('name="passphrase"'))
  expect(text).toContain('You are the only user')
  for (const locale of locales) expect((await browser.get(`/${locale}/users`)).status).toBe(200)
  await browser.post('/en/lock')
  expect((await browser.get('/en/unlock')).text).toContain('There is no other way in')
})

test('what is wrong with a new user or passphrase is said at its field', async () => {
  const browser = await openOffice(openedDesk())
  for (const [fields, field] of [
    [{ ...brunos, again: 'something else' }, 'again'],
    [{ ...brunos, name: 'amal haddad' }, 'name'],
    [{ ...brunos, passphrase: 'short', again: 'short' }, 'passphrase'],
  ] as const) {
    const { status, text } = await browser.post('/en/users', fields)
    expect([status, text.includes(`href="#${field}"`)]).toEqual([422, true])
    expect(text).not.toContain(bruno.passphrase)
  }
  const wish = { present: 'not this one at all', new: bruno.passphrase, 'new-again': bruno.passphrase }
  expect((await browser.post('/en/users/passphrase', wish)).text).toContain('href="#present"')
  const short = { present: amal.passphrase, new: 'short', 'new-again': 'short' }
  expect((await browser.post('/en/users/passphrase', short)).text).toContain('href="#new"')
})

test('after a change the new passphrase opens and the old one does not; only the browser of the change stays open', async () => {
  const { amals, other, lines } = await twoUsers()
  const second = other
  await second.post('/en/lock')
  await second.post('/en/unlock', { ...amal })
  const passphrase = 'a kite above the harbour'
  const wish = { present: amal.passphrase, new: passphrase, 'new-again': passphrase }
  expect((await amals.post('/en/users/passphrase', wish)).at).toBe('/en/users')
  expect((await second.get('/en')).at).toContain('/en/unlock')
  expect((await second.post('/en/unlock', { ...amal })).status).toBe(403)
  expect((await second.post('/en/unlock', { name: amal.name, passphrase })).status).toBe(200)
  expect(lines().at(-1)).toMatchObject({ what: 'user.passphrase-changed', by: amal.name })
})

test('RULE-5: a user who is removed is locked out of every open page at once, and the last one stays', async () => {
  const { amals, other, lines, ids } = await twoUsers()
  const [own = '', brunoId = ''] = ids
  const asked = await amals.get(`/en/users/${brunoId}/remove`)
  expect(asked.text).toContain('It cannot reach copies')
  expect(asked.text).toContain('cannot take back')
  await amals.post(`/en/users/${brunoId}/remove`)
  expect((await other.get('/en')).at).toContain('/en/unlock')
  expect((await other.post('/en/unlock', { ...bruno })).status).toBe(403)
  expect(lines().at(-1)).toMatchObject({ what: 'user.removed', by: amal.name })
  const last = await amals.post(`/en/users/${own}/remove`)
  expect([last.status, last.text.includes('This is the last user')]).toEqual([409, true])
  expect((await amals.get(`/en/users/${brunoId}/remove`)).status).toBe(404)
})

test('RULE-11: in the demonstration nobody is added or removed', async () => {
  const running = openedDesk()
  const browser = browse(running)
  await browser.post('/en/door', { secret: running.secret ?? '' })
  await browser.post('/en/try')
  expect((await browser.get('/en/users')).text).not.toContain('type="password"')
  expect((await browser.post('/en/users', brunos)).status).toBe(409)
  expect((await browser.post('/en/users/passphrase', {})).status).toBe(409)
})

test('a Desk for several people does not start before it has a user with a name, nor without TLS before it', async () => {
  const said: string[] = []
  const say = (line: string) => void said.push(line)
  const listen = ['--listen', '127.0.0.1', '--port', `${await freePort()}`]
  const folder = ['--folder', emptyFolder()]
  expect(await startCommand([...listen, ...folder, '--address', 'https://desk.example'], { say })).toBe(2)
  expect(said.join()).toContain('There is no user yet')
  for (const address of [[], ['--address', 'http://desk.example'], ['--address', 'desk']])
    expect(await startCommand([...listen, ...folder, ...address], { say })).toBe(2)
})

test(
  'with a user it starts, prints no secret, and answers to its address alone',
  { timeout: 60_000 },
  async () => {
    const port = await freePort()
    const cli = fileURLToPath(new URL('../cli.ts', import.meta.url))
    const words = ['--folder', await begun(), '--listen', '127.0.0.1', '--address', 'https://desk.example']
    const program = spawn(process.execPath, [cli, 'start', ...words, '--port', `${port}`])
    onTestFinished(() => void program.kill('SIGKILL'))
    let printed = ''
    program.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()))
    while (!printed.includes('It is locked until')) await once(program.stdout, 'data')
    expect(printed).toContain('https://desk.example')
    expect(printed).not.toContain('secret')
    expect((await fetch(`http://127.0.0.1:${port}/en`)).status).toBe(421)
  },
)

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FolderInUse } from '@parley/host'
import { expect, onTestFinished, test } from 'vitest'
import {
  amal,
  beginDesk,
  bruno,
  emptyFolder,
  note,
  notesIn,
  quick,
  refusalOf,
  valueOf,
} from '../test/desk-folder.ts'
import { openStore } from './open-store.ts'

test('a Desk begins with a user, and opens again with that passphrase only', async () => {
  const { store, folder, record, user } = await beginDesk()
  expect([user.name, record.lines()[0]?.what]).toEqual(['Amal Haddad', 'user.added'])
  valueOf(await record.append(note('kept')))
  await store.close()
  const again = openStore(folder, quick)
  onTestFinished(() => again.close())
  expect([again.isNew(), again.opened()]).toEqual([false, undefined])
  expect(refusalOf(await again.begin(bruno))).toBe('desk/begun-already')
  expect(refusalOf(await again.unlock({ ...amal, passphrase: 'seven lanterns over the key' }))).toBe(
    'desk/wrong-passphrase',
  )
  const entered = valueOf(await again.unlock({ ...amal, name: ' amal  HADDAD' }))
  expect([entered.user, notesIn(entered.record)]).toEqual([user, ['kept']])
})

test('an unknown name and a wrong passphrase are refused alike, and each try takes longer', async () => {
  const waits: number[] = []
  const pause = async (milliseconds: number) => void waits.push(milliseconds)
  const { store } = await beginDesk(emptyFolder(), { ...quick, pause })
  const wrong = [
    bruno,
    { ...amal, passphrase: bruno.passphrase },
    { name: '', passphrase: '' },
    bruno,
    bruno,
    bruno,
    bruno,
  ]
  const outcomes = await Promise.all(wrong.map((login) => store.unlock(login)))
  expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1)
  expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000])
  valueOf(await store.unlock(amal))
  await store.unlock(bruno)
  expect(waits.at(-1)).toBe(1_000)
})

test.each([
  ['fourteen chars', 'desk/passphrase-short'],
  ['passwordpassword', 'desk/passphrase-common'],
  ['haddad goes home early', 'desk/passphrase-name'],
  ['x y'.repeat(100), 'desk/passphrase-long'],
])('the passphrase «%s» is refused', async (passphrase, code) => {
  const store = openStore(emptyFolder(), quick)
  onTestFinished(() => store.close())
  expect(refusalOf(await store.begin({ ...amal, passphrase }))).toBe(code)
  expect(store.isNew()).toBe(true)
})

test('each user opens the same record, and every line carries the name', async () => {
  const { store, users, user, record } = await beginDesk()
  const second = valueOf(await users.add(user, bruno))
  valueOf(await record.append(note('from Amal')))
  expect(refusalOf(await users.add(user, { ...bruno, name: 'BRUNO salvi' }))).toBe('desk/name-taken')
  expect(refusalOf(await users.add(user, { ...bruno, name: ' ' }))).toBe('desk/name-invalid')
  await store.lock()
  const entered = valueOf(await store.unlock(bruno))
  expect(entered.user).toEqual(second)
  expect(notesIn(entered.record)).toEqual(['from Amal'])
  valueOf(await entered.record.append(note('from Bruno', entered.user.name)))
  expect(entered.record.lines().map(({ by }) => by)).toEqual([
    'Amal Haddad',
    'Amal Haddad',
    'Amal Haddad',
    'Bruno Salvi',
  ])
  expect(await entered.users.list()).toEqual([user, second])
})

test('users that come at the same time are all kept', async () => {
  const { store, users, user } = await beginDesk()
  const names = ['Chen Wei', 'Dana Orlova', 'Elena Ruiz']
  const added = await Promise.all(names.map((name) => users.add(user, { ...bruno, name })))
  expect(added.map((each) => valueOf(each).name)).toEqual(names)
  for (const name of names) expect(valueOf(await store.unlock({ ...bruno, name })).user.name).toBe(name)
})

test('names and passphrases change without a word of the record being written anew', async () => {
  const { store, users, record, folder } = await beginDesk()
  valueOf(await record.append(note('before')))
  const before = readFileSync(join(folder, 'store/record/lines'))
  const passphrase = 'a kite above the harbour'
  expect(refusalOf(await users.changePassphrase({ ...amal, passphrase }, passphrase))).toBe(
    'desk/wrong-passphrase',
  )
  expect(refusalOf(await users.changePassphrase(amal, 'short'))).toBe('desk/passphrase-short')
  valueOf(await users.changePassphrase(amal, passphrase))
  valueOf(await users.rename({ ...amal, passphrase }, 'Amal Nour'))
  await store.lock()
  for (const old of [amal, { ...amal, passphrase }, { ...amal, name: 'Amal Nour' }])
    expect(refusalOf(await store.unlock(old))).toBe('desk/wrong-passphrase')
  const entered = valueOf(await store.unlock({ name: 'Amal Nour', passphrase }))
  expect([entered.user.name, notesIn(entered.record)]).toEqual(['Amal Nour', ['before']])
  expect(readFileSync(join(folder, 'store/record/lines')).subarray(0, before.length)).toEqual(before)
})

test('a removed user opens nothing, not even with the key file from before; the last one stays', async () => {
  const { store, users, user, folder } = await beginDesk()
  const second = valueOf(await users.add(user, bruno))
  const before = readFileSync(join(folder, 'store/keys'))
  valueOf(await users.remove(user, second.id))
  expect(refusalOf(await users.remove(user, second.id))).toBe('desk/user-unknown')
  expect(refusalOf(await users.remove(user, user.id))).toBe('desk/last-user')
  await store.lock()
  expect(refusalOf(await store.unlock(bruno))).toBe('desk/wrong-passphrase')
  writeFileSync(join(folder, 'store/keys'), before)
  expect(refusalOf(await store.unlock(bruno))).toBe('desk/wrong-passphrase')
  expect(store.opened()).toBeUndefined()
  expect(await valueOf(await store.unlock(amal)).users.list()).toEqual([user])
})

test('a locked Desk has overwritten its keys and forgotten what it read', async () => {
  const { store, record, cases, users, user, sealed } = await beginDesk()
  valueOf(await record.append(note('to be forgotten')))
  expect(cases.loose()).toHaveLength(2)
  const draft = sealed('draft')
  await store.lock()
  expect([store.opened(), record.lines(), cases.loose()]).toEqual([undefined, [], []])
  expect(refusalOf(await record.append(note('too late')))).toBe('desk/locked')
  expect(refusalOf(await users.add(user, bruno))).toBe('desk/locked')
  await expect(draft.write('too late')).rejects.toThrow('locked')
  await expect(draft.read()).rejects.toThrow('locked')
})

test('exercises are kept apart from the record', async () => {
  const { store, record, exercises } = await beginDesk()
  valueOf(await exercises.record.append(note('practised')))
  expect([notesIn(record), notesIn(exercises.record)]).toEqual([[], ['practised']])
  await store.lock()
  expect(notesIn(valueOf(await store.unlock(amal)).exercises.record)).toEqual(['practised'])
})

test('lines of the exercises that are put into the record are those of another', async () => {
  const { store, record, exercises, folder } = await beginDesk()
  valueOf(await record.append(note('real')))
  for (const text of ['one', 'two', 'three']) valueOf(await exercises.record.append(note(text)))
  await store.lock()
  cpSync(join(folder, 'store/exercises/lines'), join(folder, 'store/record/lines'))
  const { record: again } = valueOf(await store.unlock(amal))
  expect(again.breaks()[0]).toEqual({ what: 'head-changed', line: 0 })
  expect(again.lines()).toEqual([])
})

test('what is kept beside the record is sealed, written anew and removed', async () => {
  const { store, sealed } = await beginDesk()
  expect(await sealed('draft').read()).toBeUndefined()
  valueOf(await sealed('draft').write('first'))
  valueOf(await sealed('draft').write('second'))
  valueOf(await sealed('snapshot').write(Buffer.from([1, 2])))
  await store.lock()
  const again = valueOf(await store.unlock(amal))
  expect((await again.sealed('draft').read())?.toString()).toBe('second')
  await again.sealed('draft').remove()
  expect(await again.sealed('draft').read()).toBeUndefined()
  expect(await again.sealed('snapshot').read()).toEqual(Buffer.from([1, 2]))
})

test('a beginning that was killed halfway is begun anew', async () => {
  const { store, folder } = await beginDesk()
  await store.close()
  cpSync(join(folder, 'store'), join(folder, 'store.new'), { recursive: true })
  rmSync(join(folder, 'store'), { recursive: true })
  const again = openStore(folder, quick)
  onTestFinished(() => again.close())
  expect(again.isNew()).toBe(true)
  expect(valueOf(await again.begin(bruno)).user.name).toBe('Bruno Salvi')
})

test('what a crash left beside a file is gone after the next unlock', async () => {
  const { store, folder } = await beginDesk()
  await store.lock()
  const left = ['store/record/files/ab12.0.new', 'store/keys.0.new'].map((name) => join(folder, name))
  for (const path of left) writeFileSync(path, 'half')
  valueOf(await store.unlock(amal))
  expect(left.filter((path) => existsSync(path))).toEqual([])
})

test('a second program does not get the folder, until the first is gone', async () => {
  const folder = emptyFolder()
  const module = new URL('open-store.ts', import.meta.url).href
  const script = `import { openStore } from '${module}'; openStore('${folder}', {}); console.log('held'); setInterval(() => {}, 1000)`
  const other = spawn(process.execPath, ['--input-type=module', '-e', script])
  await once(other.stdout, 'data')
  expect(() => openStore(folder, quick)).toThrow(FolderInUse)
  other.kill('SIGKILL')
  await once(other, 'exit')
  await openStore(folder, quick).close()
})

test('with its usual cost a passphrase takes a while to try', { timeout: 60_000 }, async () => {
  const { clock, pause } = quick
  const { store } = await beginDesk(emptyFolder(), { clock, ...(pause && { pause }) })
  await store.lock()
  const began = performance.now()
  valueOf(await store.unlock(amal))
  expect(performance.now() - began).toBeGreaterThan(30)
})

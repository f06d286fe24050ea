import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock, type Result } from '@parley/kernel'
import { onTestFinished } from 'vitest'
import { type Entered, openStore, type Store, type StoreNeeds } from '../src/open-store.ts'
import type { Entry, ExchangeRecord } from '../src/record/open-record.ts'

/** A folder that goes with the test. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'desk-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export const quickCost = { memory: 64, passes: 1 }

/** Deriving a key takes milliseconds instead of most of a second, and nobody waits after a wrong passphrase. */
export const quick: StoreNeeds = {
  clock: systemClock,
  cost: quickCost,
  pause: () => Promise.resolve(),
}

export const amal = { name: 'Amal Haddad', passphrase: 'seven lanterns over the quay' }
export const bruno = { name: 'Bruno Salvi', passphrase: 'the ferry leaves before noon' }

/** A store with one user, open. */
export async function beginDesk(
  folder = emptyFolder(),
  needs = quick,
): Promise<Entered & { readonly store: Store; readonly folder: string }> {
  const store = openStore(folder, needs)
  onTestFinished(() => store.close())
  return { ...valueOf(await store.begin(amal)), store, folder }
}

export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`)
  return result.value
}

export function refusalOf(result: Result<unknown>): string | undefined {
  return result.ok ? undefined : result.refusal.code
}

export function note(text: string, by = amal.name): Entry {
  return { at: new Date('2026-11-27T03:00:00Z'), by, what: 'note.written', content: { text } }
}

/** What the notes of a record say. */
export function notesIn(record: ExchangeRecord): readonly string[] {
  return record
    .lines()
    .flatMap((line) => (line.known && line.what === 'note.written' ? [line.content.text] : []))
}

/** Every file of a folder, by its path within it. */
export function filesIn(folder: string): ReadonlyMap<string, Buffer> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name))
  return new Map(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path)]))
}

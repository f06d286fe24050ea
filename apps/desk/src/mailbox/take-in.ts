import { createHash } from 'node:crypto'
import { ok, refuse, type Result } from '@parley/kernel'
import { readSettings } from '../office/settings.ts'
import type { Kept, Opened, Store } from '../open-store.ts'
import { isContent } from '../record/events.ts'
import type { Entry } from '../record/open-record.ts'
import { type Correspondents, correspondentsOf } from './correspondents.ts'
import { awaitsCase, type CameIn, decideMail, type Decided } from './decide-mail.ts'
import { digestOf } from './mail-digest.ts'
import { type MailReader, openMailReader } from './mail-reader.ts'
import { readOwnKey } from './own-key.ts'
import type { Keys, OwnKeyText, Reading } from './read-mail.ts'

/** What became of a mail. */
export type Taken =
  /** The same e-mail was taken in before, as this line. */
  | { readonly kind: 'known'; readonly line: number }
  | {
      readonly kind: 'new'
      readonly line: number
      /** Nothing where it waits for somebody to say where it belongs. */
      readonly case?: string
      readonly isExercise: boolean
    }

interface Coming {
  readonly raw: Uint8Array
  readonly at: Date
  readonly isBeginning?: boolean
}

interface Needs {
  /** Who brought it, or the mailbox that it came by. */
  readonly by: string
  readonly correspondents?: Correspondents
  readonly reader?: MailReader
}

const ownReader = openMailReader()

/** One raw mail into the record: filed, in a case of its own, or waiting. Whatever it is, it is kept whole. */
export async function takeIn(
  desk: { readonly store: Pick<Store, 'opened'> },
  raw: Uint8Array,
  { at, ...needs }: Needs & { readonly at: Date },
): Promise<Result<Taken>> {
  const taken = await takeInAll(desk, [{ raw, at }], needs)
  if (!taken.ok) return taken
  const [only] = taken.value
  if (!only) throw new Error('A mail was taken in and nothing became of it')
  return ok(only)
}

/** Several, oldest first, written down in one: all of them are in the record then, or none. */
export async function takeInAll(
  desk: { readonly store: Pick<Store, 'opened'> },
  coming: readonly Coming[],
  { by, correspondents: given, reader = ownReader }: Needs,
): Promise<Result<readonly Taken[]>> {
  const opened = desk.store.opened()
  if (!opened) return refuse({ code: 'desk/locked', kind: 'unauthenticated' })
  return opened.mails.inTurn(() =>
    orForget(opened, async () => {
      const { languages } = await readSettings(opened)
      const own = await readOwnKey(opened)
      const correspondents = given ?? (await correspondentsOf(opened))
      const language = languages[0] ?? 'en'
      const all: Taken[] = []
      let decided: Decided[] = []
      const writeDecided = async (): Promise<Result<undefined>> => {
        const written = await write(opened, decided)
        decided = []
        if (written.ok) all.push(...written.value)
        return written.ok ? ok(undefined) : written
      }
      for (const { isBeginning = false, ...each } of coming) {
        const digest = digestOf(each.raw)
        const isExpected = findBefore(opened, digest) === 0
        const before = isExpected ? undefined : findBefore(opened, digest)
        const reading = before === undefined ? await read(reader, correspondents, each, own) : undefined
        // What belongs to something that has just come in itself finds it only once that is written down.
        const isNext = before !== undefined || isExpected || (reading && awaitsCase(reading, opened))
        const written = isNext ? await writeDecided() : ok(undefined)
        if (!written.ok) return written
        const known = findBefore(opened, digest)
        if (known !== undefined) {
          all.push({ kind: 'known', line: known })
          continue
        }
        const original = createHash('sha256').update(each.raw).digest('hex')
        const came: CameIn = { ...each, by, digest, reading, isBeginning }
        const around = { correspondents, language, original }
        const said = decideSafely(came, opened, around)
        for (const entry of said.entries) homeOf(opened, said).mails.expect(entry)
        decided.push(said)
      }
      const written = await writeDecided()
      return written.ok ? ok(all) : written
    }),
  )
}

/** Where it ends in a fault, what was counted on is not there: else a mail would pass for known that was never kept. */
async function orForget<T>({ mails, exercises }: Opened, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (fault) {
    for (const each of [mails, exercises.mails]) each.forget()
    throw fault
  }
}

/** What cannot be said in the record, or trips us, is kept whole all the same, and holds up nothing. */
function decideSafely(came: CameIn, ...where: [Opened, Parameters<typeof decideMail>[2]]): Decided {
  try {
    const usual = decideMail(came, ...where)
    if (isSayable(usual)) return usual
  } catch {
    // shown as a mail that could not be read
  }
  return decideMail({ ...came, reading: undefined }, ...where)
}

/** Asked twice where somebody signed or encrypted it: whose keys it takes is known once it was opened. */
async function read(
  reader: MailReader,
  { keysOf }: Correspondents,
  { raw, at }: Coming,
  own: OwnKeyText | undefined,
): Promise<Reading | undefined> {
  const keys: Keys = { at, known: [] }
  const first = await reader.read(raw, keys)
  if (!first || (first.signature.kind === 'none' && first.encryption === 'none')) return first
  return reader.read(raw, { ...keys, known: first.from ? keysOf(first.from.address) : [], own })
}

function findBefore({ mails, exercises }: Opened, digest: string): number | undefined {
  return mails.findDelivered(digest) ?? exercises.mails.findDelivered(digest)
}

function isSayable({ entries }: Decided): boolean {
  return entries.every(({ what, content }) => isContent(what, content))
}

function homeOf(opened: Opened, { isExercise }: Pick<Decided, 'isExercise'>): Kept {
  return isExercise ? opened.exercises : opened
}

/** Real ones and practised ones each in one act. */
async function write(opened: Opened, all: readonly Decided[]): Promise<Result<readonly Taken[]>> {
  const lines = new Map<Entry, number>()
  for (const isExercise of [false, true]) {
    const home = homeOf(opened, { isExercise })
    const entries = all.filter((each) => each.isExercise === isExercise).flatMap((each) => each.entries)
    const [first, ...others] = entries
    if (!first) continue
    const written = await home.record.appendAll([first, ...others])
    if (!written.ok) {
      for (const { mails } of [opened, opened.exercises]) mails.forget()
      return written
    }
    for (const [at, { n }] of written.value.entries()) {
      const entry = entries[at]
      if (entry) lines.set(entry, n)
    }
  }
  return ok(all.map((each) => takenAs(each, lines)))
}

function takenAs(decided: Decided, lines: ReadonlyMap<Entry, number>): Taken {
  const entry = decided.entries.find(({ what }) => what === 'message.received')
  return {
    kind: 'new',
    line: (entry && lines.get(entry)) ?? 0,
    ...(decided.case !== undefined && { case: decided.case }),
    isExercise: decided.isExercise,
  }
}

import {
  after,
  day,
  hour,
  newId,
  parseId,
  parseStateCode,
  type Refusal,
  refuse,
  type StateCode,
} from '@parley/kernel'
import { facts, href, html, writeList } from '@parley/web'
import { z } from 'zod'
import { type Action, done, type Performer } from '../../platform/action.ts'
import type { Tx } from '../../platform/database/database.ts'
import { defineDualAct, type DualAct } from '../../platform/dual-control/dual-act.ts'
import type { Duty } from '../../platform/duties/duties.ts'
import type { Community } from '../community/index.ts'
import { type ListFormat, listFormats } from './list-file.ts'
import { text } from './locales/index.ts'
import { readableStates } from './readers.ts'
import { managersExportsRoute } from './routes.ts'
import { statesWithEntries } from './store/entries.ts'
import type { DirectoryTables } from './tables.ts'

const takenWithin = 24 * hour
const keptFor = 30 * day

const wanted = z.object({
  /** Who asks, and takes it once a second manager has approved. */
  asker: z.uuid(),
  /** Empty for all that take part. */
  states: z.array(z.string()),
  /** Empty for all kinds. */
  kinds: z.array(z.string()),
  format: z.enum(listFormats),
  reason: z.string(),
})
type Wanted = z.output<typeof wanted>

/** RULE-9: a manager's export of more than one State's entries needs a second manager, who sees which and why. */
export function managersExportAct(community: Community): DualAct<Wanted> {
  return defineDualAct({
    name: 'directory.export',
    title: ({ locale }) => text(locale)('exports.title'),
    input: wanted,
    describe: async (scope, { states, kinds, format, reason }) => {
      const { locale } = scope
      const t = text(locale)
      const named = statesOf(states).map((state) => community.stateName(state, locale))
      const kindNames = kinds.map((kind) => community.kindName(kind, locale))
      return facts([
        [t('exports.states'), named.length === 0 ? t('exports.all-states') : writeList(locale, named)],
        [t('exports.kinds'), kindNames.length === 0 ? t('exports.all-kinds') : writeList(locale, kindNames)],
        [t('exports.format'), t(`exports.format.${format}`)],
        [t('exports.reason'), html`<bdi>${reason}</bdi>`],
      ])
    },
    act: async ({ tx, now }, { asker, states, kinds, format, reason }) => {
      const id = newId<'export'>()
      const endsAt = after(now, takenWithin)
      await tx
        .withTables<DirectoryTables>()
        .insertInto('directory.allowed_export')
        .values({ id, account_id: asker, states, kinds, format, ends_at: endsAt, taken_at: null })
        .execute()
      const content = { states, kinds, format, reason }
      return done(undefined, [{ verb: 'export.allowed', subject: exportSubject(id), content }])
    },
    next: ({ locale }) => href(locale, managersExportsRoute),
  })
}

export interface AllowedExport {
  readonly id: string
  readonly states: readonly StateCode[]
  readonly kinds: readonly string[]
  readonly format: ListFormat
  readonly endsAt: Date
}

/** What the acting manager may still take; the database shows nobody else's. */
export async function listAllowedExports(tx: Tx, now: Date): Promise<readonly AllowedExport[]> {
  const rows = await tx
    .withTables<DirectoryTables>()
    .selectFrom('directory.allowed_export')
    .selectAll()
    .where('ends_at', '>', now)
    .where('taken_at', 'is', null)
    .orderBy('ends_at')
    .execute()
  return rows.flatMap((row) => {
    const format = listFormats.find((each) => each === row.format)
    return format
      ? [{ id: row.id, states: statesOf(row.states), kinds: row.kinds, format, endsAt: row.ends_at }]
      : []
  })
}

/** What was taken, and of which States: what the file is written from. */
export interface TakenExport extends AllowedExport {
  readonly of: ReadonlySet<StateCode>
}

/** Once, within a day, by the one who asked. Each State whose entries are in it reads so in its history (RULE-9). */
export function takeExport(id: string): Action<TakenExport> {
  return async (scope) => {
    const { tx, now } = scope
    const allowed = (await listAllowedExports(tx, now)).find((each) => each.id === parseId(id))
    if (!allowed || !(await markTaken(tx, allowed.id, now))) return refuse(notAllowed)
    const { states, kinds, format } = allowed
    const readable = await readableStates(tx, scope.actor)
    const chosen = states.length === 0 ? [...readable] : states.filter((state) => readable.has(state))
    const of = await statesWithEntries(tx, new Set(chosen), kinds)
    const subject = exportSubject(allowed.id)
    const content = { format, kinds, states: of.length }
    return done({ ...allowed, of: new Set(of) }, [
      { verb: 'export.taken', subject },
      ...of.map((state) => ({ verb: 'entries.exported', subject, state, content })),
    ])
  }
}

const notAllowed: Refusal = { code: 'directory/export-absent', kind: 'absent' }

/** False when it was taken meanwhile. */
async function markTaken(tx: Tx, id: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .withTables<DirectoryTables>()
    .updateTable('directory.allowed_export')
    .set({ taken_at: now })
    .where('id', '=', id)
    .where('taken_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** What was taken, or not within its day, is forgotten after 30 days; the history keeps the fact. */
export function eraseExportsDuty({ database }: Pick<Performer, 'database'>): Duty {
  return {
    name: 'erase-exports',
    every: day,
    erases: true,
    run: (now) =>
      database.transaction({ role: 'worker' }, async (tx) => {
        await tx
          .withTables<DirectoryTables>()
          .deleteFrom('directory.allowed_export')
          .where('ends_at', '<', after(now, -keptFor))
          .execute()
      }),
  }
}

function statesOf(codes: readonly string[]): readonly StateCode[] {
  return codes.flatMap((code) => parseStateCode(code) ?? [])
}

function exportSubject(id: string): string {
  return `export:${id}`
}

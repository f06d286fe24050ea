import { type Json, parseId, parseStateCode, refuse, type Refusal, type Result } from '@parley/kernel'
import { href, html, type Html, notice } from '@parley/web'
import { z } from 'zod'
import { type ActScope, defineDualAct } from '../../../platform/dual-control/dual-act.ts'
import type { Community } from '../../community/index.ts'
import { addEntry, type EntryAddition, weighAddition } from '../add-entry.ts'
import { changeEntry, type EntryChange, weighChange } from '../change-entry.ts'
import { describe, readDescription } from '../domain/describe.ts'
import type { Entry } from '../domain/entry.ts'
import { savedEntry } from '../entry-pages.ts'
import { text } from '../locales/index.ts'
import { entryRoute, findStateRoute, ourStateRoute } from '../routes.ts'
import { findEntry } from '../store/entries.ts'
import { type EntryWithdrawal, weighWithdrawal, withdrawEntry } from '../withdraw-entry.ts'
import { entryName } from '../write-entry.ts'
import { differenceTable } from './write-difference.ts'

const json: z.ZodType<Json> = z.json()
/** Of the manager alone, who is under no State's rule. */
const noteVerbale = z.string().nullable()

const additionSchema = z.object({ state: z.string(), kind: z.string(), noteVerbale, content: json })
const changeSchema = z.object({ entry: z.string(), version: z.number(), noteVerbale, content: json })
const withdrawalSchema = z.object({ entry: z.string(), version: z.number(), noteVerbale })

/** What is done about entries, with a second person where the State's own rule asks for one. */
export function entryActs(community: Community) {
  const { profile } = community
  const added = defineDualAct({
    name: 'directory.entry-added',
    title: ({ locale }) => text(locale)('add.title'),
    input: additionSchema,
    partOf: async () => 'entries',
    check: (scope, input) => withAddition(input, (addition) => weighAddition(scope, profile, addition)),
    describe: async ({ locale }, { kind, content }) =>
      html`<p>${community.kindName(kind, locale)}</p>
        ${differenceTable(locale, undefined, describe(readDescription(content)))}`,
    act: (scope, input) => withAddition(input, (addition) => addEntry(profile, addition)(scope)),
    next: ({ locale }, _, entry) => savedEntry(locale, entry),
  })
  const changed = defineDualAct({
    name: 'directory.entry-changed',
    title: ({ locale }) => text(locale)('own.change-title'),
    input: changeSchema,
    partOf: async () => 'entries',
    check: (scope, input) => withChange(input, (change) => weighChange(scope, profile, change)),
    describe: (scope, { entry, version, content }) =>
      describeEntry(scope, community, { entry, version }, (before) =>
        differenceTable(scope.locale, describe(before), describe(readDescription(content))),
      ),
    act: (scope, input) => withChange(input, (change) => changeEntry(profile, change)(scope)),
    next: ({ locale }, _, entry) => savedEntry(locale, entry),
  })
  const withdrawn = defineDualAct({
    name: 'directory.entry-withdrawn',
    title: ({ locale }) => text(locale)('withdraw.button'),
    input: withdrawalSchema,
    partOf: async () => 'entries',
    check: (scope, input) => withWithdrawal(input, (withdrawal) => weighWithdrawal(scope, withdrawal)),
    describe: (scope, input) =>
      describeEntry(scope, community, input, (before) =>
        differenceTable(scope.locale, describe(before), undefined),
      ),
    act: (scope, input) => withWithdrawal(input, (withdrawal) => withdrawEntry(profile, withdrawal)(scope)),
    next: ({ locale, actor }, _, { state }) =>
      actor.role === 'manager' ? href(locale, findStateRoute, { state }) : href(locale, ourStateRoute),
  })
  return { added, changed, withdrawn }
}

export type EntryActs = ReturnType<typeof entryActs>

/** What was typed, as it waits. */
export function additionToJson({ state, kind, noteVerbale, content }: EntryAddition) {
  return { state, kind, noteVerbale: noteVerbale ?? null, content: describe(content) }
}

export function changeToJson({ entry, version, noteVerbale, content }: EntryChange) {
  return { entry, version, noteVerbale: noteVerbale ?? null, content: describe(content) }
}

const absent: Refusal = { code: 'directory/entry-absent', kind: 'absent' }

async function withAddition<T>(
  { state: code, kind, noteVerbale, content }: z.output<typeof additionSchema>,
  then: (addition: EntryAddition) => Promise<Result<T>>,
): Promise<Result<T>> {
  const state = parseStateCode(code)
  if (!state) return refuse({ code: 'directory/state-absent', kind: 'invalid', field: 'state' })
  return then({ state, kind, noteVerbale: noteVerbale ?? undefined, content: readDescription(content) })
}

async function withChange<T>(
  { entry: id, version, noteVerbale, content }: z.output<typeof changeSchema>,
  then: (change: EntryChange) => Promise<Result<T>>,
): Promise<Result<T>> {
  const entry = parseId<'entry'>(id)
  if (!entry) return refuse(absent)
  return then({ entry, version, noteVerbale: noteVerbale ?? undefined, content: readDescription(content) })
}

async function withWithdrawal<T>(
  { entry: id, version, noteVerbale }: z.output<typeof withdrawalSchema>,
  then: (withdrawal: EntryWithdrawal) => Promise<Result<T>>,
): Promise<Result<T>> {
  const entry = parseId<'entry'>(id)
  return entry ? then({ entry, version, noteVerbale: noteVerbale ?? undefined }) : refuse(absent)
}

/** The entry that a request is about, as it is now; whoever decides is told when it changed since. */
export async function describeEntry(
  { tx, locale }: ActScope,
  community: Community,
  seen: { readonly entry: string; readonly version?: number },
  difference: (before: Entry) => Html | Promise<Html>,
): Promise<Html> {
  const t = text(locale)
  const id = parseId<'entry'>(seen.entry)
  const entry = id && (await findEntry(tx, id))
  if (!entry) return notice(t('directory/entry-absent'), 'warn')
  const isChanged = seen.version !== undefined && seen.version !== entry.version
  return html`<p>
      <a href="${href(locale, entryRoute, { entry: entry.id })}">${entryName(locale, entry)}</a> ·
      ${community.kindName(entry.kind, locale)}
    </p>
    ${isChanged ? notice(t('own.changed-since'), 'warn') : ''}${await difference(entry)}`
}

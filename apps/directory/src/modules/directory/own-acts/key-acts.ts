import { ok, parseId, refuse, type Refusal, type Result, groupFingerprint } from '@parley/kernel'
import { facts, href, html, type Html, ltr, notice } from '@parley/web'
import { z } from 'zod'
import type { Action, Done } from '../../../platform/action.ts'
import { type ActScope, defineDualAct } from '../../../platform/dual-control/dual-act.ts'
import type { Community } from '../../community/index.ts'
import { findToWrite } from '../authorship.ts'
import { removeKey, setKey, type WhoseKey } from '../change-key.ts'
import { changedMeanwhile } from '../domain/decide.ts'
import type { Entry } from '../domain/entry.ts'
import { type KeyContent, keySchemes, keyWarnings } from '../domain/key.ts'
import { savedEntry } from '../entry-pages.ts'
import { text } from '../locales/index.ts'
import { changeKeyRoute } from '../routes.ts'
import { listKeysOf } from '../store/keys.ts'
import { keyFacts } from '../write-key.ts'
import { describeEntry } from './entry-acts.ts'

/** The fingerprint that stood there when it was asked for: another one since, and nothing is overwritten. */
const before = z.string().nullable()
const keySchema = z.object({
  scheme: z.enum(keySchemes),
  armored: z.string(),
  fingerprint: z.string(),
  names: z.array(z.string()),
  issuer: z.string().nullable(),
  expiresAt: z.iso.datetime().nullable(),
  warnings: z.array(z.enum(keyWarnings)),
  cardOnly: z.boolean(),
  before,
})
const setSchema = z.object({
  entry: z.string(),
  noteVerbale: z.string().nullable(),
  keys: z.array(keySchema),
})
const removalSchema = z.object({
  entry: z.string(),
  noteVerbale: z.string().nullable(),
  scheme: z.enum(keySchemes),
  before,
})

type WaitingKey = z.output<typeof keySchema>

/** What is done about keys, with a second person where the State's own rule asks for one. */
export function keyActs(community: Community) {
  const { profile } = community
  const set = defineDualAct({
    name: 'directory.keys-set',
    title: ({ locale }) => text(locale)('keys.new'),
    input: setSchema,
    partOf: async () => 'entries',
    check: (scope, { entry, noteVerbale, keys }) => weigh(scope, entry, noteVerbale, keys),
    describe: (scope, { entry, keys }) =>
      describeEntry(scope, community, { entry }, async (found) => {
        const t = text(scope.locale)
        const warning = await changedSince(scope, found, keys)
        return html`${warning}${keys.map(
          (key) =>
            html`<h3>${t(`key.${key.scheme}`)}</h3>
              ${facts([[t('own.before'), key.before === null ? '–' : ltr(groupFingerprint(key.before))]])}
              ${keyFacts(scope.locale, keyOf(key), scope.now)}`,
        )}`
      }),
    act: async (scope, { entry, noteVerbale, keys }) => {
      const found = await weigh(scope, entry, noteVerbale, keys)
      if (!found.ok) return found
      const whose: WhoseKey = { entry: found.value.id, noteVerbale: noteVerbale ?? undefined }
      return eachOf(
        scope,
        found.value,
        keys.map((key) => setKey(profile, whose, keyOf(key))),
      )
    },
    next: ({ locale }, _, entry) => savedEntry(locale, entry),
  })
  const removed = defineDualAct({
    name: 'directory.key-removed',
    title: ({ locale }) => text(locale)('keys.remove'),
    input: removalSchema,
    partOf: async () => 'entries',
    check: (scope, { entry, noteVerbale, ...key }) => weigh(scope, entry, noteVerbale, [key]),
    describe: (scope, { entry, ...key }) =>
      describeEntry(scope, community, { entry }, async (found) => {
        const t = text(scope.locale)
        const standing = (await listKeysOf(scope.tx, found)).find(({ scheme }) => scheme === key.scheme)
        return html`${await changedSince(scope, found, [key])}
          <h3>${t(`key.${key.scheme}`)}</h3>
          ${standing ? keyFacts(scope.locale, standing, scope.now) : ''}`
      }),
    act: async (scope, { entry, noteVerbale, ...key }) => {
      const found = await weigh(scope, entry, noteVerbale, [key])
      if (!found.ok) return found
      const whose: WhoseKey = { entry: found.value.id, noteVerbale: noteVerbale ?? undefined }
      return removeKey(profile, whose, key.scheme)(scope)
    },
    next: ({ locale }, _, { id }) => href(locale, changeKeyRoute, { entry: id }),
  })
  return { set, removed }
}

export type KeyActs = ReturnType<typeof keyActs>

/** A key as it waits; the private half was never read. */
export function keyToJson(key: KeyContent, standing: readonly KeyContent[]): WaitingKey {
  const { scheme, armored, fingerprint, names, issuer, expiresAt, warnings, cardOnly } = key
  return {
    scheme,
    armored,
    fingerprint,
    names: [...names],
    issuer: issuer ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
    warnings: [...warnings],
    cardOnly,
    before: standing.find((each) => each.scheme === scheme)?.fingerprint ?? null,
  }
}

function keyOf(key: WaitingKey): KeyContent {
  const { before: _, issuer, expiresAt, ...rest } = key
  return {
    ...rest,
    issuer: issuer ?? undefined,
    expiresAt: expiresAt === null ? undefined : new Date(expiresAt),
  }
}

const absent: Refusal = { code: 'directory/entry-absent', kind: 'absent' }

type Seen = Pick<WaitingKey, 'scheme' | 'before'>

async function weigh(
  scope: ActScope,
  id: string,
  noteVerbale: string | null,
  keys: readonly Seen[],
): Promise<Result<Entry>> {
  const entry = parseId<'entry'>(id)
  if (!entry) return refuse(absent)
  const found = await findToWrite(scope, { entry, noteVerbale: noteVerbale ?? undefined }, 'change')
  if (!found.ok) return found
  return (await isAsSeen(scope, found.value.entry, keys)) ? ok(found.value.entry) : refuse(changedMeanwhile)
}

async function isAsSeen({ tx }: Pick<ActScope, 'tx'>, entry: Entry, keys: readonly Seen[]): Promise<boolean> {
  const standing = await listKeysOf(tx, entry)
  return keys.every(
    (key) => (standing.find(({ scheme }) => scheme === key.scheme)?.fingerprint ?? null) === key.before,
  )
}

async function changedSince(scope: ActScope, entry: Entry, keys: readonly Seen[]): Promise<Html> {
  return (await isAsSeen(scope, entry, keys))
    ? html``
    : notice(text(scope.locale)('own.changed-since'), 'warn')
}

/** Several acts as one: their lines and events one after the other. */
async function eachOf(
  scope: ActScope,
  entry: Entry,
  actions: readonly Action<Entry>[],
): Promise<Result<Done<Entry>>> {
  let all: Done<Entry> = { value: entry, acts: [], events: [] }
  for (const action of actions) {
    const result = await action(scope)
    if (!result.ok) return result
    const { value, acts, events } = result.value
    all = { value, acts: [...all.acts, ...acts], events: [...all.events, ...events] }
  }
  return { ok: true, value: all }
}

import { type CheckCode, type Id, refuse, type Result } from '@parley/kernel'
import { type ActionScope, done, type Done, unchanged } from '../../platform/action.ts'
import type { Keys } from '../../platform/config/keys.ts'
import { actAs } from '../../platform/database/acting.ts'
import { listEntries } from '../directory/index.ts'
import { presentCode } from './acknowledge-check.ts'
import type { Check } from './domain/check.ts'
import { EntryNamedInstead } from './events.ts'
import { checksTables, lockCheck } from './store.ts'
import { codeDigest } from './tokens.ts'

/** One of the State's own entries, as whoever holds a code of the State may see it: no address, no person. */
export interface EntryToName {
  readonly id: Id<'entry'>
  readonly kind: string
  /** Empty where the State shows it on the card only. */
  readonly name: string
  readonly language: string
}

/** The other entries of the State of an answered check; a stranger reads no entry, so only these words are given out. */
export async function listToName(
  { tx }: Pick<ActionScope, 'tx'>,
  keys: Keys,
  code: CheckCode,
  check: Pick<Check, 'state' | 'entry'>,
): Promise<readonly EntryToName[]> {
  await actAs(tx, { role: 'worker' })
  const entries = await listEntries(tx, { state: check.state })
  await actAs(tx, { role: 'public', key: codeDigest(keys, code) })
  return entries
    .filter(({ id }) => id !== check.entry)
    .map(({ id, kind, entityName, language, cardOnly }) => ({
      id,
      kind,
      name: cardOnly.includes('entityName') ? '' : entityName.original,
      language,
    }))
}

/** Whoever answered says which of the State's own entries should answer instead; Mission and manager decide. */
export async function nameInstead(
  scope: ActionScope,
  keys: Keys,
  code: CheckCode,
  entry: string,
): Promise<Result<Done<undefined>>> {
  const message = await presentCode(scope, keys, code)
  const found = message && (await lockCheck(scope.tx, message.check))
  if (!found) return refuse({ code: 'checks/code-unknown', kind: 'absent' })
  const { check } = found
  if (check.answeredAt === undefined) return refuse({ code: 'checks/answer-first', kind: 'conflict' })
  const named = (await listToName(scope, keys, code, check)).find(({ id }) => id === entry)
  if (!named) return refuse({ code: 'checks/entry-not-yours', kind: 'invalid', field: 'entry' })
  if (check.instead === named.id) return unchanged(undefined)
  await checksTables(scope.tx)
    .updateTable('checks.check')
    .set({ instead: named.id })
    .where('id', '=', check.id)
    .execute()
  return done(
    undefined,
    [{ verb: 'check.named-instead', subject: `check:${check.id}`, state: check.state }],
    [EntryNamedInstead({ check: check.id, entry: check.entry, state: check.state, instead: named.id })],
  )
}

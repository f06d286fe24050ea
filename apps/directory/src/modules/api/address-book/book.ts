import { createHash } from 'node:crypto'
import type { Locale, StateCode } from '@parley/kernel'
import type { Tx } from '../../../platform/database/database.ts'
import type { Actor } from '../../../platform/session/actor.ts'
import { type Community, listParticipating } from '../../community/index.ts'
import {
  type Entry,
  entryToVcard,
  listEntries,
  readableStates,
  withoutCardOnly,
} from '../../directory/index.ts'

export interface BookCard {
  readonly id: string
  readonly state: StateCode
  /** Since when it may be other than it was. */
  readonly changedAt: Date
  readonly vcard: string
  readonly tag: string
}

export interface Book {
  readonly cards: readonly BookCard[]
  /** Live entries that are not in it; of a State that takes no part, since an unknown time. */
  readonly hidden: readonly { readonly id: string; readonly changedAt: Date | undefined }[]
}

/** Every card of the address book: of participating States, what they let lists show, and of that the least. */
export async function listBook(tx: Tx, actor: Actor, community: Community, locale: Locale): Promise<Book> {
  const readable = await readableStates(tx, actor)
  const since = await listParticipating(tx)
  const entries = await listEntries(tx)
  const cards = entries
    .filter(({ state }) => readable.has(state))
    .map(leastOf)
    .flatMap((entry) => (entry.addresses.length === 0 ? [] : [cardOf(entry)]))
  const shown = new Set(cards.map(({ id }) => id))
  const hidden = entries
    .filter(({ id }) => !shown.has(id))
    .map(({ id, state, changedAt }) => ({ id, changedAt: readable.has(state) ? changedAt : undefined }))
  return { cards, hidden }

  function cardOf(entry: Entry): BookCard {
    const { id, state, kind } = entry
    const changedAt = new Date(Math.max(entry.changedAt.getTime(), since.get(state)?.getTime() ?? 0))
    const vcard = entryToVcard(entry, {
      stateName: community.stateName(state, locale),
      kindName: community.kindName(kind, locale),
    })
    return { id, state, changedAt, vcard, tag: `"${digestOf(vcard)}"` }
  }
}

/** The name of the entity, the urgent number, and the mailbox of an entity: telephones copy what they hold. */
function leastOf(entry: Entry): Entry {
  const { id, state, kind, language, holder, entityName, addresses, version } = withoutCardOnly(entry)
  const urgent = addresses.filter(({ channel, urgent: isUrgent }) => channel === 'phone' && isUrgent)
  // A representative's address may be a person's own.
  const mailbox = holder === 'entity' ? addresses.find(({ channel }) => channel === 'email') : undefined
  return {
    id,
    state,
    kind,
    language,
    holder: 'entity',
    entityName,
    description: {},
    personTitle: {},
    nationalRole: {},
    addresses: [...urgent, ...(mailbox ? [mailbox] : [])].map((address) => ({
      ...address,
      label: undefined,
    })),
    workingLanguages: [],
    availability: { days: [], always: false },
    cardOnly: [],
    version,
    createdAt: entry.createdAt,
    changedAt: entry.changedAt,
  }
}

/** The same as long as every card is the same. */
export function tagOfBook(cards: readonly BookCard[]): string {
  return digestOf(cards.map(({ id, tag }) => id + tag).join())
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
}

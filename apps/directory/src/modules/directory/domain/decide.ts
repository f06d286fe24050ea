import { ok, type Refusal, type Result, refuse, type StateCode } from '@parley/kernel'
import type { Actor } from '../../../platform/session/actor.ts'
import type { AddressContent, Entry, EntryContent } from './entry.ts'

/** What the community's profile says about entries. */
export interface EntryRules {
  readonly kinds: readonly { readonly id: string }[]
  readonly entriesPerKind: number
  readonly languages: readonly string[]
}

const addressesPerChannel = 3

/** On whose word an entry is written: the State's own, or the directory manager's on a note verbale. */
export type Authorship = { readonly by: 'state' } | { readonly by: 'manager'; readonly noteVerbale: string }

/** Who may write an entry of this State and kind. A new entry and a withdrawal are the Mission's alone, or of whom it delegates them to. */
export function decideAuthorship(
  actor: Actor,
  of: { readonly state: StateCode; readonly kind: string },
  act: 'add' | 'change' | 'withdraw',
  noteVerbale: string | undefined,
  delegated = false,
): Result<Authorship> {
  if (actor.role === 'manager') {
    return noteVerbale === undefined
      ? refuse({ code: 'directory/note-verbale-needed', kind: 'invalid', field: 'noteVerbale' })
      : ok({ by: 'manager', noteVerbale })
  }
  if (!('state' in actor) || actor.state !== of.state) return refuse(notYours)
  const may =
    actor.role === 'mission' ||
    (actor.role === 'poc' && (delegated || (act === 'change' && actor.kind === of.kind)))
  return may ? ok({ by: 'state' }) : refuse(notYours)
}

export const notYours: Refusal = { code: 'directory/not-yours', kind: 'forbidden' }

export function decideAddition(
  content: EntryContent,
  kind: string,
  live: number,
  rules: EntryRules,
): Result<EntryContent> {
  if (!rules.kinds.some((each) => each.id === kind))
    return refuse({ code: 'directory/kind-unknown', kind: 'invalid' })
  if (live >= rules.entriesPerKind) {
    const values = { most: rules.entriesPerKind }
    return refuse({ code: 'directory/too-many-entries', kind: 'conflict', values })
  }
  return decideContent(content, rules)
}

/** A later editor is told what changed meanwhile, and writes over it only knowingly. */
export function decideChange(
  entry: Entry,
  version: number,
  content: EntryContent,
  rules: EntryRules,
): Result<EntryContent> {
  if (entry.version !== version) return refuse(changedMeanwhile)
  return decideContent(content, rules)
}

export const changedMeanwhile: Refusal = { code: 'directory/changed-meanwhile', kind: 'conflict' }

/** RULE-2: a name, and one address or number; everything else is the State's choice. */
function decideContent(content: EntryContent, rules: EntryRules): Result<EntryContent> {
  if (content.entityName.original === '')
    return refuse({ code: 'field/required', kind: 'invalid', field: 'entityName' })
  if (!rules.languages.includes(content.language))
    return refuse({ code: 'field/invalid', kind: 'invalid', field: 'language' })
  const addresses = withoutDoubles(content.addresses)
  if (addresses.length === 0)
    return refuse({ code: 'directory/no-address', kind: 'invalid', field: 'email1' })
  const most = Math.max(
    ...['email', 'phone'].map((channel) => addresses.filter((each) => each.channel === channel).length),
  )
  if (most > addressesPerChannel)
    return refuse({ code: 'directory/too-many-addresses', kind: 'invalid', field: 'email1' })
  return ok({ ...content, addresses: withOneUrgent(addresses) })
}

const key = (address: AddressContent) => `${address.channel} ${address.value}`

function withoutDoubles(addresses: readonly AddressContent[]): readonly AddressContent[] {
  return addresses.filter(
    (address, position) => addresses.findIndex((other) => key(other) === key(address)) === position,
  )
}

function withOneUrgent(addresses: readonly AddressContent[]): readonly AddressContent[] {
  const urgent = addresses.find((address) => address.urgent && address.channel === 'phone')
  return addresses.map((address) => ({ ...address, urgent: address === urgent }))
}

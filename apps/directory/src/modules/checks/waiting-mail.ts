import { type Id, parseId, parseStateCode, type StateCode } from '@parley/kernel'
import type { Tx } from '../../platform/database/database.ts'
import { isWaiting, verdictOf } from './receive-mail.ts'
import { checksTables, known } from './store.ts'

/** What the intake concluded from a mail that lies in "to be read". */
export interface WaitingRow {
  readonly check_id: string | null
  readonly verdict: string
  /** Decided already, and about to be moved. */
  readonly isDecided: boolean
  readonly message: string | null
  readonly check: { readonly state: StateCode; readonly kind: string; readonly round: number } | undefined
}

export async function findWaiting(
  tx: Tx,
  received: readonly string[],
): Promise<ReadonlyMap<string, WaitingRow>> {
  if (received.length === 0) return new Map()
  const rows = await checksTables(tx)
    .selectFrom('checks.received as mail')
    .leftJoin('checks.check as check', 'check.id', 'mail.check_id')
    .leftJoin('checks.round as round', 'round.id', 'check.round_id')
    .select(['mail.id', 'mail.verdict', 'mail.check_id', 'mail.message_id'])
    .select(['check.state', 'check.kind', 'round.number'])
    .where('mail.id', 'in', received)
    .execute()
  return new Map(
    rows.map(({ id, verdict, check_id, message_id, state, kind, number }) => {
      const check =
        state === null || kind === null || number === null
          ? undefined
          : { state: known(parseStateCode(state)), kind, round: number }
      const isDecided = !isWaiting(verdictOf(verdict))
      return [id, { check_id, verdict, isDecided, message: message_id, check }]
    }),
  )
}

/** A message that a mail may be about. */
export interface MessageToChoose {
  readonly id: Id<'message'>
  readonly round: number
  readonly kind: string
  readonly address: string
}

/** What a mail may be about: the States that were written to, and each one's messages, the newest first. */
export const listChoices = {
  states: async (tx: Tx): Promise<readonly StateCode[]> => {
    const rows = await checksTables(tx)
      .selectFrom('checks.check')
      .select('state')
      .distinct()
      .orderBy('state')
      .execute()
    return rows.map(({ state }) => known(parseStateCode(state)))
  },
  messages: async (tx: Tx, state: StateCode): Promise<readonly MessageToChoose[]> => {
    const rows = await checksTables(tx)
      .selectFrom('checks.message as message')
      .innerJoin('checks.check as check', 'check.id', 'message.check_id')
      .innerJoin('checks.round as round', 'round.id', 'message.round_id')
      .select(['message.id', 'message.address', 'check.kind', 'round.number'])
      .where('message.state', '=', state)
      .where('message.sent_at', 'is not', null)
      .orderBy('round.number', 'desc')
      .orderBy('check.kind')
      .limit(60)
      .execute()
    return rows.map(({ id, address, kind, number }) => ({
      id: known(parseId<'message'>(id)),
      address,
      kind,
      round: number,
    }))
  },
}

import { newId, type Refusal, type Result, refuse } from '@parley/kernel'
import type { Database } from './database/database.ts'
import { type Act, recordActs, recordRefusal, type Recording } from './history/record.ts'
import type { Outbox } from './outbox/outbox.ts'
import type { DomainEvent } from './outbox/event.ts'
import { actingOf } from './session/actor.ts'

/** What an action stands on: its transaction, the time, and who acts. */
export type ActionScope = Recording

/** An accepted action: what it gives back, what enters the history, what others are told. */
export interface Done<T> {
  readonly value: T
  readonly acts: readonly Act[]
  readonly events: readonly DomainEvent[]
}

/** What was done cannot be without a line in the history. */
export function done<T>(
  value: T,
  acts: readonly [Act, ...Act[]],
  events: readonly DomainEvent[] = [],
): Result<Done<T>> {
  return { ok: true, value: { value, acts, events } }
}

/** Accepted, and nothing to do: it was so already. */
export function unchanged<T>(value: T): Result<Done<T>> {
  return { ok: true, value: { value, acts: [], events: [] } }
}

export type Action<T> = (scope: ActionScope) => Promise<Result<Done<T>>>

/** The request of a duty or a listener: nobody asked for it over the street. */
export function asDuty(duty: string, now: Date): Omit<ActionScope, 'tx'> {
  return { actor: { role: 'duty', duty }, now, requestId: newId() }
}

/** Runs actions: state, history and outbox in one transaction, together or not at all. */
export interface Performer {
  readonly database: Database
  /** In a transaction of its own. */
  perform<T>(request: Omit<ActionScope, 'tx'>, action: Action<T>): Promise<Result<T>>
  /** In the transaction that `scope` stands on; a refusal must then undo that transaction. */
  performIn<T>(scope: ActionScope, action: Action<T>): Promise<Result<T>>
}

/** Thrown to undo a transaction whose action was refused; never leaves this file's callers. */
export class Undo extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

export function openPerformer(database: Database, outbox: Outbox): Performer {
  const performIn: Performer['performIn'] = async (scope, action) => {
    const result = await action(scope)
    if (!result.ok) return result
    await recordActs(scope, result.value.acts)
    await outbox.emit(scope.tx, scope.now, result.value.events)
    return { ok: true, value: result.value.value }
  }
  const perform: Performer['perform'] = async (request, action) => {
    try {
      return await database.transaction(actingOf(request.actor), async (tx) => {
        const result = await performIn({ ...request, tx }, action)
        if (!result.ok) throw new Undo(result.refusal)
        return result
      })
    } catch (fault) {
      if (!(fault instanceof Undo)) throw fault
      await recordRefusal(database, request, fault.refusal)
      return refuse(fault.refusal)
    }
  }
  return { database, perform, performIn }
}

import { type Clock, minute, newId, second, after } from '@parley/kernel'
import type { Logger } from 'pino'
import type { Database, Tx } from '../database/database.ts'
import type { DomainEvent, EventKind } from './event.ts'

type OutboxTables = {
  'outbox.delivery': {
    id: string
    event: string
    listener: string
    payload: Readonly<Record<string, string>>
    emitted_at: Date
    due_at: Date
    attempts: number
    fault: string | null
  }
}

export interface Listener {
  readonly name: string
  /** `delivery` is the same at every try, so that what is made from it (a Message-ID) is the same too. */
  readonly hear: (payload: unknown, delivery: string) => Promise<void>
}

/** Binds a listener to a kind of event; the payload is parsed at this border. */
export function hears<Payload extends Readonly<Record<string, string>>>(
  kind: EventKind<string, Payload>,
  name: string,
  listener: (payload: Payload, delivery: string) => Promise<void>,
): Listener {
  return { name, hear: (payload, delivery) => listener(kind.schema.parse(payload), delivery) }
}

export type Subscriptions = Readonly<Record<string, readonly Listener[]>>

export interface Outbox {
  emit(tx: Tx, now: Date, events: readonly DomainEvent[]): Promise<void>
  /** Hands over what is due; how many deliveries succeeded. At least once, so listeners can be told twice. */
  relay(): Promise<number>
}

const leaseFor = minute
const batch = 20

export function openOutbox(
  database: Database,
  clock: Clock,
  subscriptions: () => Subscriptions,
  log: Logger,
): Outbox {
  const emit: Outbox['emit'] = async (tx, now, events) => {
    const rows = events.flatMap((event) =>
      listenersOf(subscriptions(), event.name).map((listener) => ({
        id: newId(),
        event: event.name,
        listener: listener.name,
        payload: event.payload,
        emitted_at: now,
        due_at: now,
        attempts: 0,
        fault: null,
      })),
    )
    if (rows.length > 0)
      await tx.withTables<OutboxTables>().insertInto('outbox.delivery').values(rows).execute()
  }

  const relay: Outbox['relay'] = async () => {
    const now = clock.now()
    const claimed = await database.transaction({ role: 'worker' }, (tx) =>
      tx
        .withTables<OutboxTables>()
        .updateTable('outbox.delivery')
        .set((row) => ({ due_at: after(now, leaseFor), attempts: row('attempts', '+', 1) }))
        .where('id', 'in', (due) =>
          due
            .selectFrom('outbox.delivery')
            .select('id')
            .where('due_at', '<=', now)
            .orderBy('due_at')
            .limit(batch)
            .forUpdate()
            .skipLocked(),
        )
        .returning(['id', 'event', 'listener', 'payload', 'attempts'])
        .execute(),
    )
    let succeeded = 0
    for (const delivery of claimed) {
      const fault = await hear(subscriptions(), delivery, log)
      if (!fault) succeeded += 1
      await database.transaction({ role: 'worker' }, async (tx) => {
        const outbox = tx.withTables<OutboxTables>()
        if (fault) {
          const dueAt = after(clock.now(), retryAfter(delivery.attempts))
          await outbox
            .updateTable('outbox.delivery')
            .set({ due_at: dueAt, fault })
            .where('id', '=', delivery.id)
            .execute()
        } else {
          await outbox.deleteFrom('outbox.delivery').where('id', '=', delivery.id).execute()
        }
      })
    }
    return succeeded
  }

  return { emit, relay }
}

function listenersOf(subscriptions: Subscriptions, event: string): readonly Listener[] {
  const listeners = subscriptions[event]
  if (!listeners) throw new Error(`Nobody decided who hears ${event}: name it in subscriptions.ts`)
  return listeners
}

type Claimed = Pick<OutboxTables['outbox.delivery'], 'id' | 'event' | 'listener' | 'payload'>

/** The name of what went wrong, or nothing. Messages of faults stay out: they may quote addresses. */
async function hear(
  subscriptions: Subscriptions,
  delivery: Claimed,
  log: Logger,
): Promise<string | undefined> {
  try {
    const listener = listenersOf(subscriptions, delivery.event).find(
      (each) => each.name === delivery.listener,
    )
    await listener?.hear(delivery.payload, delivery.id)
    return undefined
  } catch (fault) {
    const name = fault instanceof Error ? fault.name : 'unknown'
    log.warn(
      { event: delivery.event, listener: delivery.listener, fault: name },
      'a listener failed and will be told again',
    )
    return name
  }
}

/** 2 seconds, 4, 8 … up to an hour. */
function retryAfter(attempts: number): number {
  return Math.min(60 * minute, second * 2 ** Math.min(attempts, 12))
}

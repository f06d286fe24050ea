import type { Kysely, Transaction } from 'kysely'
import { type Acting, actAs } from './acting.ts'

/** Modules name their own tables with `tx.withTables<…>()`; the platform knows none of them. */
export type Tables = Record<never, never>
export type Tx = Transaction<Tables>

/** Queries on the owner's one connection; a transaction on it is begun and ended with `execute`. */
export type OwnersQueries = Kysely<Tables>

type OwnersWork = (execute: (statements: string) => Promise<void>, queries: OwnersQueries) => Promise<void>

/** What the two engines have in common. */
export interface Engine {
  readonly kind: 'embedded' | 'postgres'
  readonly queries: Kysely<Tables>
  /** One transaction at a time on the embedded engine, which has one connection. */
  inTurn<T>(work: () => Promise<T>): Promise<T>
  /**
   * Works as the owner of the tables, on one connection: migrations, backup and restore only. `execute` runs
   * statements without parameters, as many as the text holds.
   */
  asOwner(work: OwnersWork): Promise<void>
  /** Runs `work` unless somebody else, in any process, is running the work of this name. */
  alone(name: string, work: () => Promise<void>): Promise<void>
  close(): Promise<void>
}

export interface Database {
  readonly kind: Engine['kind']
  /** Runs `work` in one transaction, as somebody. No network inside it, and no second one. */
  transaction<T>(acting: Acting, work: (tx: Tx) => Promise<T>): Promise<T>
  alone: Engine['alone']
  close(): Promise<void>
}

export function openDatabase(engine: Engine): Database {
  return {
    kind: engine.kind,
    transaction: (acting, work) =>
      engine.inTurn(() =>
        engine.queries.transaction().execute(async (tx) => {
          await actAs(tx, acting)
          return work(tx)
        }),
      ),
    alone: (name, work) => engine.alone(name, work),
    close: () => engine.close(),
  }
}

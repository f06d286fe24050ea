import { type CompiledQuery, sql, type Transaction } from 'kysely'

type Tx = Transaction<Record<never, never>>

const names = new Map<string, string>()

/**
 * A statement that most requests ask: PostgreSQL reads and plans it once for each connection. It names each column
 * that it gives back, for a newer program may add one beside us, and a kept plan must give back the same as before.
 */
export function prepared<Row>(
  name: string,
  text: string,
): (tx: Tx, parameters: readonly unknown[]) => Promise<readonly Row[]> {
  names.set(text, name)
  let compiled: CompiledQuery<Row> | undefined
  return async (tx, parameters) => {
    compiled ??= sql.raw<Row>(text).compile(tx)
    return (await tx.executeQuery<Row>({ ...compiled, parameters })).rows
  }
}

/** What a transaction begins with: nobody reads its answer, and whatever follows fails if it does. */
export const actingStatement = 'act-as'

/** The name under which connections keep a statement; none of most. */
export function nameOfPrepared(text: string): string | undefined {
  return names.get(text)
}

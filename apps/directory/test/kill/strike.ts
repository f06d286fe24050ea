import { writeSync } from 'node:fs'
import { type DatabaseConnection, type Driver, PGliteDialect, PostgresDialect } from 'kysely'

/** When the blow falls: before a call leaves, while it is under way, or when its answer has come. */
type Moment = 'before' | 'during' | 'after'

export interface Strike {
  /** Counted from 1, from the moment of arming: calls of the database and what is marked with `around`. */
  readonly call: number
  readonly moment: Moment
}

let armed: Strike | undefined
let calls = 0
let previous = 'the start'

/** From now on calls are counted; at the one named, this process ends as by `kill -9`. */
export function arm(strike: Strike | undefined): void {
  armed = strike
}

export async function around<T>(label: string, work: () => Promise<T>): Promise<T> {
  if (!armed) return work()
  calls += 1
  const moment = calls === armed.call ? armed.moment : undefined
  if (moment === 'before') strikeDown(`between ${previous} and ${label}`)
  previous = label
  const working = work()
  if (moment === 'during') strikeDown(`during ${label}`)
  const result = await working
  if (moment === 'after') strikeDown(`after ${label}`)
  return result
}

/** Nothing of this process runs after this: no catch, no finally, no exit handler. */
function strikeDown(where: string): never {
  writeSync(1, `${JSON.stringify({ struck: where })}\n`)
  process.kill(process.pid, 'SIGKILL')
  throw new Error('still alive')
}

/** Makes every call of both engines one that can be struck, `begin` and `commit` among them. */
export function watchDatabaseCalls(): void {
  for (const { prototype } of [PostgresDialect, PGliteDialect]) {
    const { createDriver } = prototype
    prototype.createDriver = function (this: PostgresDialect & PGliteDialect) {
      return watched(createDriver.call(this))
    }
  }
}

function watched(driver: Driver): Driver {
  const inner = new WeakMap<DatabaseConnection, DatabaseConnection>()
  const innerOf = (connection: DatabaseConnection) => inner.get(connection) ?? connection
  return {
    init: (options) => driver.init(options),
    destroy: (options) => driver.destroy(options),
    acquireConnection: async (options) => {
      const connection = await driver.acquireConnection(options)
      const seen: DatabaseConnection = {
        executeQuery: (query) => around(labelOf(query.sql), () => connection.executeQuery(query)),
        streamQuery: (query, size) => connection.streamQuery(query, size),
      }
      inner.set(seen, connection)
      return seen
    },
    beginTransaction: (connection, settings) =>
      around('begin', () => driver.beginTransaction(innerOf(connection), settings)),
    commitTransaction: (connection) => around('commit', () => driver.commitTransaction(innerOf(connection))),
    rollbackTransaction: (connection) =>
      around('rollback', () => driver.rollbackTransaction(innerOf(connection))),
    releaseConnection: (connection, options) => driver.releaseConnection(innerOf(connection), options),
  }
}

/** The verb and the table, without a value: `update checks.message`. */
function labelOf(statement: string): string {
  const [verb = ''] = /^\w+/.exec(statement.trim()) ?? []
  const [, table = ''] = /\b(?:from|into|update|table)\s+([\w".]+)/i.exec(statement) ?? []
  return `${verb} ${statement.includes('set_config') ? 'whom to act as' : table.replaceAll('"', '')}`.trim()
}

import { type Clock, newId, parseStateCode, type StateCode } from '@parley/kernel'
import { settableClock } from '@parley/testkit'
import { done, openPerformer } from '../src/platform/action.ts'
import { openKeys } from '../src/platform/config/keys.ts'
import { type Database, openDatabase } from '../src/platform/database/database.ts'
import { migrate } from '../src/platform/database/migrate.ts'
import { type CheckpointKey, openCheckpointKey } from '../src/platform/history/checkpoint-key.ts'
import type { Act } from '../src/platform/history/record.ts'
import { platformMigrations } from '../src/platform/migrations.ts'
import { openOutbox } from '../src/platform/outbox/outbox.ts'
import { openLog } from '../src/platform/telemetry/log.ts'
import type { Actor } from '../src/platform/session/actor.ts'
import { openEngine } from './world.ts'

/** The platform's tables alone, with acts of our own making and the owner's hands on the tables. */
export interface HistoryWorld {
  readonly database: Database
  readonly clock: Clock
  readonly key: CheckpointKey
  record(...acts: readonly [Act, ...Act[]]): Promise<void>
  /** As the owner, with the guards of the history's tables taken down. */
  tamper(statements: string): Promise<void>
  /** As the owner, with the guards in place. */
  asOwner(statements: string): Promise<void>
  close(): Promise<void>
}

export const guardedTables = ['act', 'seal', 'checkpoint'] as const
const tables = [...guardedTables, 'content', 'subject_key', 'pending']

export async function openHistoryWorld(): Promise<HistoryWorld> {
  const engine = await openEngine()
  // A copy of the run's template is migrated already, with every module.
  const isCopy = process.env['PARLEY_TEST_TEMPLATE'] !== undefined
  if (!isCopy) await migrate(engine, platformMigrations)
  const database = openDatabase(engine)
  const clock = settableClock()
  const performer = openPerformer(
    database,
    openOutbox(database, clock, () => ({}), openLog('silent')),
  )
  const asOwner = (statements: string) => engine.asOwner((execute) => execute(statements))
  return {
    database,
    clock,
    key: openCheckpointKey(openKeys('a secret that only tests know, and long enough')),
    record: async (...acts) => {
      const request = {
        now: clock.now(),
        actor: { role: 'duty', duty: 'test' } satisfies Actor,
        requestId: newId(),
      }
      await performer.perform(request, async () => done(undefined, acts))
    },
    tamper: async (statements) => {
      for (const table of tables) await asOwner(`alter table history.${table} no force row level security`)
      for (const table of guardedTables)
        await asOwner(`alter table history.${table} disable trigger append_only`)
      await asOwner(statements)
    },
    asOwner,
    close: () => database.close(),
  }
}

export function stateCode(text: string): StateCode {
  const code = parseStateCode(text)
  if (!code) throw new Error(`${text} is no State code`)
  return code
}

import type { KyselyPlugin } from 'kysely'
import type { Engine } from '../../src/platform/database/database.ts'

export interface CrashingEngine extends Engine {
  /** After so many statements every further one fails, as if the process were gone, until this is called again. */
  crashAfter(statements: number | undefined): void
}

/** An engine on which work breaks off in the middle of a transaction. */
export function openCrashingEngine(engine: Engine): CrashingEngine {
  let left = Number.POSITIVE_INFINITY
  const crash: KyselyPlugin = {
    transformQuery: ({ node }) => {
      left -= 1
      if (left < 0) throw new Error('the process is gone')
      return node
    },
    transformResult: async ({ result }) => result,
  }
  return {
    ...engine,
    queries: engine.queries.withPlugin(crash),
    crashAfter: (statements = Number.POSITIVE_INFINITY) => {
      left = statements
    },
  }
}

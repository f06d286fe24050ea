import { ok, refuse } from '@parley/kernel'
import { checkpointText, currentCheckpoint } from '../../platform/history/checkpoint.ts'
import { type DirectoryPage, page } from '../../platform/pages/scope.ts'
import { checkpointFileRoute } from './routes.ts'

/** RULE-9: the newest checkpoint as a file, as `parley verify-history --against` reads it. */
export function checkpointFilePage(): DirectoryPage {
  return page({
    route: checkpointFileRoute,
    verb: 'history.checkpoint.read',
    read: async ({ tx }) => {
      const checkpoint = await currentCheckpoint(tx)
      if (!checkpoint) return refuse({ code: 'web/not-found', kind: 'absent' })
      const name = `checkpoint-${checkpoint.seq}.txt`
      return ok({ file: { name, type: 'text/plain; charset=utf-8', text: checkpointText(checkpoint) } })
    },
  })
}

import { parseArgs } from 'node:util'
import type { Command } from '../../platform/command.ts'
import type { CheckpointKey } from '../../platform/history/checkpoint-key.ts'
import { describeBreak } from '../../platform/history/describe-break.ts'
import { verifyHistory } from '../../platform/history/verify.ts'

/** RULE-9: whether the history is the one that was written, and the one of which somebody kept a checkpoint. */
export function verifyHistoryCommand(key: CheckpointKey): Command {
  return {
    name: 'verify-history',
    usage: 'verify-history [--against FILE]   follow the history; FILE holds checkpoints that somebody kept',
    run: async ({ performer, say, readFile }, words) => {
      const { values } = parseArgs({ args: [...words], options: { against: { type: 'string' } } })
      const against = values.against === undefined ? undefined : readFile(values.against)
      const verdict = await verifyHistory(performer.database, key, against)
      if (verdict.broken) {
        say(`The history is broken: ${describeBreak(verdict.broken)}`)
        say(`Before that, ${verdict.length} acts hold.`)
        return 1
      }
      if (against !== undefined && verdict.compared === 0) {
        say('The history holds, but the file holds no checkpoint to compare with.')
        return 1
      }
      say(`The history holds: ${verdict.length} acts, the last hash is ${verdict.lastHash}.`)
      say(`Checkpoints that hold: ${verdict.checkpoints}; of those kept elsewhere: ${verdict.compared}.`)
      return 0
    },
  }
}

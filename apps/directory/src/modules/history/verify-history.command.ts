import { parseArgs } from 'node:util'
import type { Command } from '../../platform/command.ts'
import type { CheckpointKey } from '../../platform/history/checkpoint-key.ts'
import { type Break, verifyHistory } from '../../platform/history/verify.ts'

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
        say(`The history is broken: ${describe(verdict.broken)}`)
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

function describe(broken: Break): string {
  switch (broken.what) {
    case 'seal-missing':
      return `number ${broken.seq} is missing.`
    case 'act-missing':
      return `the act of number ${broken.seq} is missing.`
    case 'act-changed':
      return `act ${broken.act} (number ${broken.seq}), or its place, is not what was sealed.`
    case 'content-changed':
      return `the contents of act ${broken.act} (number ${broken.seq}) are not what was written.`
    case 'checkpoint-forged':
      return `the checkpoint at number ${broken.seq} is not signed by this Directory’s key, or not for this act.`
    case 'end-missing':
      return `a checkpoint stands at number ${broken.seq}, where the history has no act.`
    case 'act-not-sealed':
      return `act ${broken.act} has no place in the chain and waits for none.`
    case 'not-contained':
      return `the checkpoint kept of number ${broken.seq} is not contained in it.`
    case 'not-signed':
      return `the text given as checkpoint ${broken.seq} was never signed by this Directory’s key.`
  }
}

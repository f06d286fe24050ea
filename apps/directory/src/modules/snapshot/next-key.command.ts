import { groupFingerprint } from '@parley/kernel'
import { parseArgs } from 'node:util'
import { asDuty } from '../../platform/action.ts'
import type { Command } from '../../platform/command.ts'
import type { Keys } from '../../platform/config/keys.ts'
import { makeNextKey } from './keys.ts'

/** Makes the next key of the snapshots; the next snapshot is signed with it. */
export function nextSnapshotKeyCommand(keys: Keys, community: string): Command {
  return {
    name: 'next-snapshot-key',
    usage:
      'next-snapshot-key [--anew]   the next key of the snapshots, signed by the old one; --anew where the old one is lost or in wrong hands',
    run: async ({ performer, clock, say }, words) => {
      const { values } = parseArgs({
        args: [...words],
        options: { anew: { type: 'boolean', default: false } },
      })
      const made = await performer.perform(asDuty('command-line', clock.now()), (scope) =>
        makeNextKey(scope, { keys, community, anew: values.anew }),
      )
      if (!made.ok) {
        say('Not made: the secret does not make the key that signs now, so nothing can be signed with it.')
        say('Where it is lost: parley next-snapshot-key --anew')
        return 1
      }
      say(`The key of the snapshots is now: ${groupFingerprint(made.value.fingerprint)}`)
      say(
        values.anew
          ? 'Offices refuse the next snapshot until they have compared this with a letter of their Mission. Write to the Missions.'
          : 'The old key signed it: offices follow by themselves and are shown the change.',
      )
      return 0
    },
  }
}

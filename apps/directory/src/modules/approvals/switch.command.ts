import { refuse } from '@parley/kernel'
import { asDuty, done } from '../../platform/action.ts'
import type { Command } from '../../platform/command.ts'
import { switchDualControl } from '../../platform/dual-control/dual-control.ts'
import { countManagers } from '../accounts/index.ts'
import { switched } from './switch.ts'

/**
 * Where fewer than two managers are left nobody could approve anything: whoever runs the host may then switch dual
 * control off, and every State reads in its history that this was done.
 */
export const switchCommand: Command = {
  name: 'dual-control',
  usage: 'dual-control on|off   off only while there are fewer than two managers; every State is shown it',
  run: async ({ performer, clock, say }, [word]) => {
    if (word !== 'on' && word !== 'off') {
      say('Say on or off.')
      return 2
    }
    const isOn = word === 'on'
    const now = clock.now()
    const result = await performer.perform(asDuty('command-line', now), async ({ tx }) => {
      if (!isOn && (await countManagers(tx)) >= 2)
        return refuse({ code: 'approvals/two-managers', kind: 'forbidden' })
      await switchDualControl(tx, now, isOn)
      return done(undefined, [switched(isOn)])
    })
    say(
      result.ok
        ? `Dual control is ${word}.`
        : 'Not done: there are two managers, who decide this themselves.',
    )
    return result.ok ? 0 : 1
  },
}

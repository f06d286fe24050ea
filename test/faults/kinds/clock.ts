import { setTimeout as sleep } from 'node:timers/promises'
import { hour, minute } from '@parley/kernel'
import type { FaultKind, Ground } from '../fault.ts'

/** A clock is set wrong by hours for a moment, and set right. */
export const clockFaults: readonly FaultKind[] = [
  {
    name: 'clock hours ahead',
    place: 'clock',
    weight: 4,
    strike: (ground) => jump(ground, 10 * minute + ground.draw(6 * hour), () => Promise.resolve()),
  },
  {
    name: 'clock hours behind',
    place: 'clock',
    weight: 4,
    strike: (ground) =>
      jump(ground, -10 * minute - ground.draw(6 * hour), ({ draw, told }) =>
        draw(2) === 0 ? told('clock-set-back') : Promise.resolve(),
      ),
  },
]

async function jump(ground: Ground, by: number, meanwhile: (ground: Ground) => Promise<void>): Promise<void> {
  ground.leap(by)
  await meanwhile(ground)
  await sleep(500 + ground.draw(2_000))
  ground.leap(-by)
}

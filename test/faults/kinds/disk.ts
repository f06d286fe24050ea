import { setTimeout as sleep } from 'node:timers/promises'
import type { FaultKind } from '../fault.ts'

export const diskFaults: readonly FaultKind[] = [
  {
    name: "disk of the program's folder and log full",
    place: 'disk',
    weight: 4,
    strike: async ({ disks, draw, told }) => {
      disks?.program.fill()
      if (draw(2) === 0) await told('disk-nearly-full')
      else await sleep(500 + draw(2_000))
      disks?.program.free()
    },
  },
  {
    name: 'disk of the Desk full',
    place: 'disk',
    weight: 4,
    strike: async ({ disks, draw }) => {
      disks?.desk.fill()
      await sleep(500 + draw(2_000))
      disks?.desk.free()
    },
  },
]

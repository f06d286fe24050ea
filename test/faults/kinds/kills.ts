import type { FaultKind, Ground } from '../fault.ts'
import type { Supervised } from '../supervise.ts'

/** As by `kill -9`; whoever supervises starts it again. */
export const kills: readonly FaultKind[] = [
  kill('worker killed', 16, ({ workers, draw }) => workers[draw(workers.length)]),
  kill('web process killed', 10, ({ webs, draw }) => webs[draw(webs.length)]),
  kill('editor killed', 8, ({ editor }) => editor),
  kill('Desk killed', 8, ({ desk }) => desk),
  kill('mail server killed', 6, ({ mail }) => mail),
]

function kill(name: string, weight: number, choose: (ground: Ground) => Supervised | undefined): FaultKind {
  return {
    name,
    place: 'process',
    weight,
    strike: async (ground) => {
      const target = choose(ground)
      if (target === ground.mail) ground.broke(ground.allConnections)
      else if (target && ground.workers.includes(target))
        ground.broke(ground.allConnections / ground.workers.length)
      await target?.kill()
    },
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
import type { FaultKind, Ground } from '../fault.ts'

export const databaseFaults: readonly FaultKind[] = [
  stop('database killed', 6, ({ postgres }) => postgres.kill()),
  stop('database stopped at once', 4, ({ postgres }) => postgres.stopAtOnce()),
  {
    name: 'database restarted',
    place: 'database',
    weight: 5,
    strike: async ({ postgres, broke, allConnections }) => {
      broke(allConnections)
      await postgres.restart()
    },
  },
  {
    name: 'line to the database slow',
    place: 'database',
    weight: 5,
    strike: async ({ databaseLink, draw }) => {
      databaseLink.delay(20 + draw(180))
      await sleep(1_000 + draw(2_000))
      databaseLink.delay(0)
    },
  },
  {
    name: 'line to the database cut',
    place: 'database',
    weight: 5,
    strike: async ({ databaseLink, broke, allConnections }) => {
      broke(allConnections)
      databaseLink.cut()
    },
  },
  {
    name: 'line to the database silent',
    place: 'database',
    weight: 3,
    strike: async ({ databaseLink, broke, allConnections, draw, saysNotReady }) => {
      broke(allConnections)
      databaseLink.hold()
      if (draw(2) === 0) await saysNotReady()
      else await sleep(500 + draw(2_000))
      broke(allConnections)
      databaseLink.release()
    },
  },
  {
    name: 'disk of the database full',
    place: 'database',
    weight: 4,
    strike: async ({ disks, postgres, broke, allConnections, draw }) => {
      broke(allConnections)
      disks?.database.fill()
      await sleep(500 + draw(2_500))
      broke(allConnections)
      disks?.database.free()
      // What found no room for its log has ended itself.
      await sleep(100)
      if (!postgres.isRunning()) await postgres.start()
    },
  },
]

function stop(name: string, weight: number, act: (ground: Ground) => Promise<void>): FaultKind {
  return {
    name,
    place: 'database',
    weight,
    strike: async (ground) => {
      ground.broke(ground.allConnections)
      await act(ground)
      if (ground.draw(3) === 0) await ground.saysNotReady()
      else await sleep(ground.draw(1_000))
      await ground.postgres.start()
    },
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
import { minute } from '@parley/kernel'
import type { FaultKind, Ground } from '../fault.ts'

/** Longer than a relay may be away before it is worth a word. */
const worthAWord = 11 * minute

export const mailFaults: readonly FaultKind[] = [
  trouble('mail refused', 4, {
    begin: ({ mailLink, broke, allConnections }) => {
      broke(allConnections)
      mailLink.refuse()
    },
    end: ({ mailLink }) => mailLink.accept(),
    // Now and then for so long that the manager must hear of it.
    hold: async ({ draw, leap, told }) => {
      if (draw(3) > 0) return sleep(500 + draw(2_000))
      leap(worthAWord)
      await told('relay-unreachable')
      leap(-worthAWord)
    },
  }),
  trouble('mail server silent', 4, {
    begin: ({ mailLink, broke, allConnections }) => {
      broke(allConnections)
      mailLink.hold()
    },
    end: ({ mailLink, broke, allConnections }) => {
      broke(allConnections)
      mailLink.release()
    },
  }),
  trouble('mail put off (4xx)', 4, {
    begin: ({ mailLink }) => mailLink.trouble('defers'),
    end: ({ mailLink }) => mailLink.trouble('none'),
  }),
  trouble('mail cut in the message', 4, {
    begin: ({ mailLink }) => mailLink.trouble('cut in the message'),
    end: ({ mailLink }) => mailLink.trouble('none'),
  }),
  trouble('mail cut before the answer', 4, {
    begin: ({ mailLink }) => mailLink.trouble('cut before the answer'),
    end: ({ mailLink }) => mailLink.trouble('none'),
  }),
  trouble('line to the mail server slow', 3, {
    begin: ({ mailLink, draw }) => mailLink.delay(50 + draw(400)),
    end: ({ mailLink }) => mailLink.delay(0),
  }),
]

interface Trouble {
  readonly begin: (ground: Ground) => void
  readonly end: (ground: Ground) => void | Promise<void>
  readonly hold?: (ground: Ground) => Promise<void>
}

function trouble(name: string, weight: number, { begin, end, hold }: Trouble): FaultKind {
  return {
    name,
    place: 'mail',
    weight,
    strike: async (ground) => {
      begin(ground)
      await (hold ? hold(ground) : sleep(500 + ground.draw(2_000)))
      await end(ground)
    },
  }
}

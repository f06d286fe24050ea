import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Clock } from '@parley/kernel'
import type { OutgoingMail, SendOutcome } from '@parley/mail'
import type { Database } from '../../platform/database/database.ts'
import type { CheckToSend } from './check.mail.ts'
import { type Claim, claim, giveBack, releaseClaims } from './claim-messages.ts'
import type { RoundId } from './domain/check.ts'
import { keepDistances } from './keep-distances.ts'
import { groupWriter } from './write-outcomes.ts'

export interface Sender {
  /** Sends what is due until nothing is; how many messages the relay took. */
  sendDue(): Promise<number>
}

interface SenderOutside {
  readonly database: Database
  readonly clock: Clock
  /** Hands over a message that leaves only when `mayLeave`, asked at the last moment, is fulfilled. */
  readonly send: (mail: OutgoingMail, mayLeave: () => Promise<unknown>) => Promise<SendOutcome>
  readonly render: (message: CheckToSend) => OutgoingMail
  /** Messages in flight at the same time: one per connection of the pool. */
  readonly lanes: number
  /** Whether what waits leaves at a pace, also after a standstill. */
  readonly isPaced?: boolean
}

/**
 * The messages table is its own queue. Each lane takes one claimed message and hands it to the relay. While its
 * outcome is written the relay hears who gets the next one, but not the message: whatever dies in between, at most
 * one message per lane is sent again. The same write tells whether the round still runs: once it is paused or
 * stopped, each lane ends what is in flight.
 */
export function openSender(outside: SenderOutside): Sender {
  const { clock, lanes } = outside
  const write = groupWriter(outside)
  // One process owns the embedded database: whatever was claimed before it started, nobody is sending any more.
  let released = outside.database.kind !== 'embedded'
  return {
    sendDue: async () => {
      if (!released) await releaseClaims(outside.database)
      released = true
      if (outside.isPaced) await keepDistances(outside)
      let sent = 0
      const ahead = claimAhead(outside, lanes * 20)
      const note = async (message: Claim, outcome: SendOutcome) => {
        const isRunning = await write(message, outcome)
        if (outcome.kind === 'accepted') sent += 1
        if (!isRunning) await ahead.halt(message.round)
      }
      const lane = async () => {
        let noted = Promise.resolve()
        for (;;) {
          const message = await ahead.next()
          if (!message) return noted
          const before = noted
          const mayLeave = async () => {
            await before
            // Too late: by now it may be somebody else's, who would send it too.
            if (clock.now() >= message.claimedUntil || ahead.isHalted(message.round)) throw new HeldBack()
          }
          // What is written goes out before the next message is made.
          await nextTurn()
          const outcome = await handOver(outside, message, mayLeave)
          await noted
          if (outcome) noted = note(message, outcome)
          else await ahead.putBack(message)
          // Whoever waits for it hears of the fault: the lane, before it does anything else.
          noted.catch(() => undefined)
        }
      }
      // Every lane comes to its end before a fault is told: no lane of an earlier run sends beside those of the next.
      const ends = await Promise.allSettled(Array.from({ length: lanes }, lane))
      const fault = ends.find((end) => end.status === 'rejected')
      if (fault) throw fault.reason
      return sent
    },
  }
}

interface ClaimedAhead {
  next(): Promise<Claim | undefined>
  /** Hands out nothing more of a round, and gives back what was claimed of it. */
  halt(round: RoundId): Promise<void>
  isHalted(round: RoundId): boolean
  /** One that was handed out and not sent; if its round runs on, its claim has run out. */
  putBack(message: Claim): Promise<void>
}

/** Hands out claimed messages one by one, and claims more while there are still some to hand out. */
function claimAhead(outside: SenderOutside, batch: number): ClaimedAhead {
  let waiting: Claim[] = []
  const halted = new Set<RoundId>()
  let claiming: Promise<void> | undefined
  let isLast = false
  const refill = async () => {
    const claimed = await claim(outside, batch)
    waiting.push(...claimed)
    isLast = claimed.every(({ round }) => halted.has(round))
    await putBackHalted()
  }
  const putBackHalted = async () => {
    const back = waiting.filter(({ round }) => halted.has(round))
    waiting = waiting.filter(({ round }) => !halted.has(round))
    if (back.length > 0) await giveBack(outside, back)
  }
  const next = async () => {
    for (;;) {
      if (!isLast && waiting.length < batch / 2) {
        claiming ??= refill().finally(() => {
          claiming = undefined
        })
        // Whoever finds nothing left asks again and hears of the fault.
        claiming.catch(() => undefined)
      }
      const message = waiting.shift()
      if (message || !claiming) return message
      await claiming
    }
  }
  return {
    next,
    halt: (round) => {
      halted.add(round)
      return putBackHalted()
    },
    isHalted: (round) => halted.has(round),
    putBack: async (message) => {
      if (!halted.has(message.round)) return
      waiting.push(message)
      await putBackHalted()
    },
  }
}

/** Why a message did not leave although it was handed over; nobody was told of it. */
class HeldBack extends Error {}

/**
 * A fault of ours while rendering or sending is told to the manager and tried again; the other messages go on.
 * Nothing if it was held back.
 */
async function handOver(
  { send, render }: SenderOutside,
  message: CheckToSend,
  mayLeave: () => Promise<unknown>,
): Promise<SendOutcome | undefined> {
  try {
    return await send(render(message), mayLeave)
  } catch (fault) {
    if (fault instanceof HeldBack) return undefined
    return { kind: 'later', status: '4.3.0', cause: 'ours' }
  }
}

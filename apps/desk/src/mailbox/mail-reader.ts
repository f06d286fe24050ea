import { Worker } from 'node:worker_threads'
import { second } from '@parley/kernel'
import { takeTurns } from '../in-turn.ts'
import type { Keys, Reading } from './read-mail.ts'

/** Reads mails in a thread of its own, which may be lost without anything else being lost. */
export interface MailReader {
  /** Nothing where it cannot be read: too deep, too much, too slow. Never rejects. */
  read(raw: Uint8Array, keys: Keys): Promise<Reading | undefined>
  /** Lets the thread go, and with it what it read last. */
  close(): Promise<void>
}

interface Measure {
  /** Milliseconds for one mail. */
  readonly longest?: number
  /** MB of memory for what is made of it; the bytes themselves are not counted. */
  readonly memory?: number
}

/** Milliseconds without a mail after which the thread is let go. */
const rest = 10 * second

export function openMailReader({ longest = 20 * second, memory = 256 }: Measure = {}): MailReader {
  let worker: Worker | undefined
  let resting: NodeJS.Timeout | undefined
  const inTurn = takeTurns()

  const start = (): Worker => {
    const started = new Worker(new URL('./read-mail.worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: memory, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
      // A fault in there says what it was reading: it is nobody's to see.
      stderr: true,
      stdout: true,
    })
    started.on('error', () => undefined)
    return started
  }

  const stop = async (): Promise<void> => {
    clearTimeout(resting)
    const stopping = worker
    worker = undefined
    await stopping?.terminate()
  }

  const readOne = async (raw: Uint8Array, keys: Keys): Promise<Reading | undefined> => {
    clearTimeout(resting)
    const reading = (worker ??= start())
    reading.ref()
    const answer = await answerOf(reading, { raw, keys }, longest)
    if (answer === 'lost') {
      await stop()
      return undefined
    }
    reading.unref()
    resting = setTimeout(() => void inTurn(stop), rest)
    resting.unref()
    return answer
  }

  return { read: (raw, keys) => inTurn(() => readOne(raw, keys)), close: () => inTurn(stop) }
}

function answerOf(
  worker: Worker,
  asked: { readonly raw: Uint8Array; readonly keys: Keys },
  longest: number,
): Promise<Reading | undefined | 'lost'> {
  return new Promise((resolve) => {
    const end = (answer: Reading | undefined | 'lost') => {
      clearTimeout(waiting)
      worker.off('message', end).off('exit', lose).off('error', lose)
      resolve(answer)
    }
    const lose = () => end('lost')
    const waiting = setTimeout(lose, longest)
    worker.once('message', end).once('exit', lose).once('error', lose)
    // oxlint-disable-next-line require-post-message-target-origin -- a thread has no origin
    worker.postMessage(asked)
  })
}

import { readFileSync } from 'node:fs'
import type { Clock } from '@parley/kernel'

/** What every Directory of a fault run is told. */
export interface Orders {
  readonly database: { readonly url: string; readonly ownerUrl: string }
  readonly smtp: string
  readonly connections: number
  /** A port where a web process listens; without one it is a worker. */
  readonly port?: number
  /** A folder: each file in it is a mail to read. */
  readonly inbox: string
  /** A file that says how time runs. */
  readonly time: string
  /** Where the list of erasures is kept. */
  readonly folder: string
  /** Whether it writes a log, where it is told to. */
  readonly logs?: true
}

/** Time runs faster than it is, and alike in every process. */
export interface Time {
  readonly began: number
  readonly speed: number
  /** Milliseconds that were skipped. */
  readonly skipped: number
}

export function fastClock(file: string): Clock {
  let time = readTime(file)
  let readAt = Date.now()
  return {
    now: () => {
      if (Date.now() - readAt > 250) {
        time = readTime(file)
        readAt = Date.now()
      }
      return new Date(time.began + (Date.now() - time.began) * time.speed + time.skipped)
    },
  }
}

function readTime(file: string): Time {
  return JSON.parse(readFileSync(file, 'utf8'))
}

export const secret = 'a secret of the fault test that guards nothing at all'
export const checksAddress = 'checks@directory.example'

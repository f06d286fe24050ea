import { renameSync, writeFileSync } from 'node:fs'
import type { Time } from './orders.ts'

const speed = 10

/** Writes for every process how time runs; gives back how to skip some. */
export function openTime(file: string, began: number): (milliseconds: number) => void {
  let skipped = 0
  const skip = (milliseconds: number) => {
    skipped += milliseconds
    const now: Time = { began, speed, skipped }
    writeFileSync(`${file}.new`, JSON.stringify(now))
    renameSync(`${file}.new`, file)
  }
  skip(0)
  return skip
}

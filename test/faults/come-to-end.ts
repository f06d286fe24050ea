import { setTimeout as sleep } from 'node:timers/promises'
import { correctIt, openProgress } from './reconcile.ts'
import type { Orders } from './orders.ts'
import { readTaken } from './taken.ts'

/** The database may be away; what it had committed before it said so, it refuses the next time. */
export async function correctWhenPossible(orders: Orders): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await correctIt(orders)
    } catch (fault) {
      if (fault instanceof Error && fault.message === 'checks/round-changed') return
      if (tries === 50) throw fault
      await sleep(300)
    }
  }
}

/** Waits until nothing is left to be done or patience ends, and skips time when nothing comes any more. */
export async function comeToEnd(
  orders: Orders,
  how: { readonly taken: string; readonly patience: number; readonly skip: () => void },
): Promise<number> {
  const progress = await openProgress(orders)
  try {
    const began = Date.now()
    let left = await progress.left()
    let [seen, since] = [-1, began]
    while (left > 0 && Date.now() - began < how.patience * 1_000) {
      await sleep(300)
      left = await progress.left()
      const now = readTaken(how.taken).length
      if (now !== seen) [seen, since] = [now, Date.now()]
      if (Date.now() - since < 3_000) continue
      how.skip()
      since = Date.now()
    }
    return left
  } finally {
    await progress.close()
  }
}

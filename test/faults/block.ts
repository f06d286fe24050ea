import { setTimeout as sleep } from 'node:timers/promises'
import { hour } from '@parley/kernel'
import { openKeys } from '../../apps/directory/src/platform/config/keys.ts'
import { openAnswers } from './answers.ts'
import { comeToEnd, correctWhenPossible } from './come-to-end.ts'
import { drawWeighted, openDraws } from './draws.ts'
import type { FaultKind, Place } from './fault.ts'
import { faultKinds } from './kinds/index.ts'
import { secret } from './orders.ts'
import { reconcile, type Reconciled } from './reconcile.ts'
import { openSaves, reconcileSaves, type SavesReconciled } from './saves.ts'
import { openStage, type Stage, within } from './stage.ts'
import { readTaken } from './taken.ts'

interface BlockPlan {
  readonly seed: string
  readonly checks: number
  readonly faults: number
  /** Seconds between two faults, on average. */
  readonly pause: number
  /** Seconds after the last fault in which all must come to its end. */
  readonly patience: number
  /** After so many faults all must be up again; they may overlap in between. */
  readonly restAfter: number
  readonly kinds?: (hasDisks: boolean) => readonly FaultKind[]
  readonly say: (line: string) => void
}

/** How often a kind of fault struck, and how long it lasted. */
interface Struck {
  readonly times: number
  readonly seconds: number
}

export interface BlockFigures extends Reconciled, SavesReconciled {
  readonly struck: ReadonlyMap<string, Struck>
  readonly confirmed: number
  /** Saves that were refused, or that nobody lived to answer. */
  readonly unanswered: number
  /** What was still to be done when it was given up. */
  readonly left: number
  /** Processes that ended without being killed. */
  readonly fell: number
  /** What the program did not say, or said wrongly, of itself. */
  readonly untruths: readonly string[]
  /** The longest that all took to be up again, in seconds. */
  readonly upAfter: number
  readonly seconds: number
}

/** All that must be nought. */
export function lossesIn(figures: BlockFigures): Readonly<Record<string, number>> {
  const { missing, strays, unexplained, lost, miscounted, untold, left, fell } = figures
  const { gone, doubled, breaks, untruths, historyHolds } = figures
  return {
    'messages missing': missing,
    strays,
    'copies unexplained': unexplained.length,
    'answers lost': lost,
    'answers miscounted': miscounted,
    'answers untold': untold,
    'saves lost': gone,
    'saves doubled': doubled,
    'breaks in the record of the Desk': breaks,
    'histories broken': historyHolds ? 0 : 1,
    'left undone': left,
    'ended by themselves': fell,
    'said wrongly': untruths.length,
  }
}

const keys = openKeys(secret)
const longestStart = 20_000
/** Leaps of an hour in one block, where nothing else is to be done: it must not outlast the time for an answer. */
const mostLeaps = 6

/**
 * A round is sent, reminded, corrected and answered, entries, documents, erasures and the record of a Desk are written,
 * while faults strike that are drawn from the seed. Then all comes to its end and is held against what was acknowledged.
 * `spoil` may take something away before that: it must be found.
 */
export async function runBlock(
  plan: BlockPlan,
  spoil: (stage: Stage) => Promise<void> = async () => undefined,
): Promise<BlockFigures> {
  const began = Date.now()
  const draw = openDraws(plan.seed)
  const rest = Math.max(1, Math.floor((plan.faults * plan.pause * 1_000 * 0.6) / plan.checks))
  const stage = await openStage({ checks: plan.checks, rest, draw })
  try {
    const answers = openAnswers({ ...stage, draw: openDraws(`${plan.seed} answers`), keys })
    const saves = openSaves({ ...stage, draw: openDraws(`${plan.seed} saves`) })
    const { struck, upAfter, corrected } = await strikeAll(plan, stage)
    // Left in peace, and with a mail server that does not rest, it comes to its end; time only waited for is skipped.
    stage.hurry()
    stage.broke(stage.allConnections)
    await stage.mail.kill()
    await answers.stop()
    await saves.stop()
    await corrected
    await stage.allUp()
    const left = await comeToEnd(stage.direct, {
      taken: stage.taken,
      patience: plan.patience,
      skip: () => stage.leap(hour),
    })
    await stage.allQuiet()
    // Long enough for the list of erasures to be written once more.
    await sleep(5_000)
    await Promise.all(stage.processes.map((each) => each.stop()))
    await spoil(stage)
    const taken = readTaken(stage.taken)
    return {
      ...(await reconcile(stage.direct, keys, { taken, breaks: stage.breaks, confirmed: answers.confirmed })),
      ...(await reconcileSaves(stage.direct, stage.deskFolder, saves.kept)),
      struck,
      upAfter,
      confirmed: answers.confirmed.size,
      unanswered: saves.unanswered(),
      left,
      fell: stage.processes.reduce((sum, each) => sum + each.fell(), 0),
      untruths: stage.untold(),
      seconds: secondsSince(began),
    }
  } finally {
    await stage.close()
  }
}

/** Strikes with each fault in turn; those of different places may last at the same time. */
async function strikeAll(plan: BlockPlan, stage: Stage) {
  const { draw } = stage
  const began = Date.now()
  const kinds = plan.kinds?.(stage.disks !== undefined) ?? faultKinds({ hasDisks: stage.disks !== undefined })
  const struck = new Map<string, Struck>()
  const lasting = new Map<Place, Promise<void>>()
  let [before, leaps, upAfter] = [0, 0, 0]
  let corrected: Promise<void> | undefined
  const strike = async ({ name, strike: act }: FaultKind) => {
    const from = Date.now()
    plan.say(`${secondsSince(began)} s: ${name}, ${readTaken(stage.taken).length} messages taken`)
    await act(stage)
    const { times, seconds } = struck.get(name) ?? { times: 0, seconds: 0 }
    struck.set(name, { times: times + 1, seconds: seconds + (Date.now() - from) / 1_000 })
  }
  for (let done = 0; done < plan.faults; done += 1) {
    if (done === Math.floor(plan.faults / 2)) stage.leap(25 * hour)
    if (done === Math.floor((plan.faults * 3) / 4)) corrected = correctWhenPossible(stage.direct)
    const kind = drawWeighted(draw, kinds)
    if (!kind) throw new Error('no kind of fault')
    await lasting.get(kind.place)
    // One kill in four falls into a start; where every one did, on a slow machine, nothing would ever be sent.
    if (kind.place === 'process' && draw(4) > 0)
      await within(longestStart, Promise.all(stage.processes.map((each) => each.ready())))
    await sleep(plan.pause * 500 + draw(plan.pause * 1_000))
    lasting.set(kind.place, strike(kind))
    if ((done + 1) % plan.restAfter > 0 && done + 1 < plan.faults) continue
    await Promise.all(lasting.values())
    const healed = Date.now()
    await stage.allUp()
    upAfter = Math.max(upAfter, secondsSince(healed))
    // Where all that is left waits for its next try, a fault would prove nothing.
    const now = readTaken(stage.taken).length
    if (now === before && now > 0 && leaps < mostLeaps) {
      leaps += 1
      stage.leap(hour)
    }
    before = now
  }
  return { struck, upAfter, corrected }
}

function secondsSince(began: number): number {
  return Math.round((Date.now() - began) / 1_000)
}

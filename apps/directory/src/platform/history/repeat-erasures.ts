import { type ActionScope, asDuty, done, type Performer, unchanged } from '../action.ts'
import { type Erasure, eraseSubject } from './erase.ts'
import type { Act } from './record.ts'

/** Erases a subject wherever an older database has it; what enters the history because of it. As the worker. */
type Eraser = (scope: ActionScope, id: string) => Promise<readonly Act[]>

/** By the kind of a subject (`entry`). */
export type Erasers = Readonly<Record<string, Eraser>>

/** Erases again what was erased since; how many of them are of a kind that no room knows. */
export async function repeatErasures(
  performer: Performer,
  rooms: readonly Erasers[],
  erasures: readonly Erasure[],
  now: Date,
): Promise<number> {
  let unknown = 0
  for (const erasure of erasures) {
    const [kind = '', id = ''] = erasure.subject.split(/:(.*)/s)
    const erasers = rooms.flatMap((room) => room[kind] ?? [])
    if (erasers.length === 0) unknown += 1
    await performer.perform(asDuty('restore', now), async (scope) => {
      const acts: Act[] = []
      for (const erase of erasers) acts.push(...(await erase(scope, id)))
      const [first, ...others] = acts
      await eraseSubject(scope.tx, erasure.subject, erasure)
      return first ? done(undefined, [first, ...others]) : unchanged(undefined)
    })
  }
  return unknown
}

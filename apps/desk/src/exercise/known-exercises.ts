import { fold } from '@parley/kernel'
import type { Line } from '../record/events.ts'

/** The exercises that this Desk knows of, the newest first. */
export function knownExercises(lines: readonly Line[]): readonly string[] {
  const names = lines.flatMap((line) =>
    line.known && line.what === 'exercise.begun' ? [line.content.name] : [],
  )
  return [...new Map(names.map((name) => [fold(name), name])).values()].toReversed()
}

/** Whether a message of this exercise may be believed to be practised, here. */
export function isKnownExercise(lines: readonly Line[], name: string | undefined): boolean {
  return name !== undefined && knownExercises(lines).some((known) => fold(known) === fold(name))
}

import { ok, refuse, type Result } from '@parley/kernel'
import type { Message, Nature } from '@parley/protocol'
import type { Case } from '../cases/case.ts'
import type { DeskScope, Inside } from '../door/scope.ts'
import { isKnownExercise } from './known-exercises.ts'

type Around = Pick<DeskScope, 'session'> & Pick<Inside, 'exercises'>

const unknown = refuse({ code: 'desk/exercise-unknown', kind: 'conflict' })

/** What a message from here says it is: what is practised is marked, and what is real is not. */
export function natureFrom(
  { session, exercises }: Around,
  within: Pick<Case, 'nature' | 'exercise'> | undefined,
): Result<{ readonly nature: Nature; readonly exercise?: string | undefined }> {
  if (session?.isExercise === true)
    return ok({ nature: 'EXERCISE', exercise: within?.exercise ?? session.exercise })
  if (within === undefined || within.nature === 'REAL') return ok({ nature: 'REAL' })
  const { nature, exercise } = within
  return isKnownExercise(exercises.record.lines(), exercise) ? ok({ nature, exercise }) : unknown
}

/** Held once more before a message goes out: no exercise sends what is real, and no EXERCISE goes out that is unknown here. */
export function mayGoOut(
  { session, exercises }: Around,
  { nature, exercise }: Pick<Message, 'nature' | 'exercise'>,
): Result<undefined> {
  if (session?.isExercise === true)
    return nature === 'REAL' ? refuse({ code: 'desk/real-in-exercise', kind: 'conflict' }) : ok(undefined)
  if (nature === 'REAL') return ok(undefined)
  return isKnownExercise(exercises.record.lines(), exercise) ? ok(undefined) : unknown
}

import { refuse, type Result } from '@parley/kernel'
import type { DeskScope, Inside } from '../../door/scope.ts'
import { type HandOver, readHandOver } from './contents.ts'
import { deskKey } from './desk-key.ts'
import { type Decided, decideTakeOver } from './take-over.ts'

type Around = Pick<DeskScope, 'session'> & Pick<Inside, 'cases' | 'settings' | 'sealed'>

/** What would become of it here. */
export async function arrived(scope: Around, handOver: HandOver): Promise<Result<Decided>> {
  const own = await deskKey(scope)
  if (!own.ok) return own
  const { cases, settings, session } = scope
  return decideTakeOver(handOver, {
    cases,
    settings,
    isExercise: session?.isExercise === true,
    ownKey: own.value.key,
  })
}

/** The one that was opened and waits to be taken; sealed, as everything is. */
export async function waitingHandOver({ sealed }: Pick<Around, 'sealed'>): Promise<Result<HandOver>> {
  const bytes = await sealed('hand-over').read()
  return bytes ? readHandOver(bytes) : refuse({ code: 'desk/hand-over-none', kind: 'absent' })
}

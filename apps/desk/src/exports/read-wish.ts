import { refuse, ok, type Result } from '@parley/kernel'
import { line, optionalLine, several } from '@parley/web'
import { z } from 'zod'
import { caseUnknown } from '../cases/case-unknown.ts'
import type { CaseBook } from '../cases/case-book.ts'
import { isExchanged } from '../cases/consent.ts'
import type { Wish } from '../cases/hand-out.ts'
import type { Recipient } from '../record/events.ts'

export const recipients = ['internal', 'counterpart', 'third-party'] as const
export const handOutForms = ['page', 'csv', 'json'] as const

/** What is asked of whoever hands something out: one case or all of them, to whom, as what. */
export const wishFields = z.object({
  case: optionalLine(100),
  /** Only cases with this State, where it is not one case. */
  state: optionalLine(2),
  to: z.enum(recipients, { error: 'field/required' }),
  name: line(300),
  lines: several(z.coerce.number().int(), 500),
  form: z.enum(handOutForms),
})

type Typed = z.output<typeof wishFields>

export function readWish(
  cases: Pick<CaseBook, 'find' | 'all'>,
  typed: Typed,
): Result<Pick<Wish, 'cases' | 'recipient' | 'lines'>> {
  const only = typed.case === undefined ? undefined : cases.find(typed.case)
  if (typed.case !== undefined && !only) return caseUnknown
  const recipient = recipientOf(typed, only?.counterpart.state ?? typed.state)
  if (!recipient) return refuse({ code: 'desk/state-missing', kind: 'invalid', field: 'state' })
  if (!only) {
    const chosen = [...cases.all()].filter(
      ({ counterpart }) => typed.state === undefined || counterpart.state === typed.state,
    )
    return ok({ cases: chosen, recipient })
  }
  const lines = only.lines
    .filter(isExchanged)
    .map(({ n }) => n)
    .filter((n) => typed.lines.includes(n))
  return ok({ cases: [only], recipient, ...(lines.length > 0 && { lines }) })
}

function recipientOf({ to, name }: Typed, state: string | undefined): Recipient | undefined {
  if (to !== 'counterpart') return { kind: to, name }
  return state === undefined ? undefined : { kind: to, state, name }
}

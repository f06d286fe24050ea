import { ok, type Result } from '@parley/kernel'
import { href } from '@parley/web'
import { z } from 'zod'
import { caseUnknown } from '../cases/case-unknown.ts'
import { showCasePage } from '../cases/pages/show-case.page.ts'
import { type DeskScope, form, type Inside } from '../door/scope.ts'
import { answerAfterAllRoute, caseRoute, leaveUnansweredRoute } from '../routes.ts'

/** POC-28: not to answer is a choice of the State. It is written down, nothing is sent, and the clocks stop. */
export const leaveUnansweredForm = form({
  route: leaveUnansweredRoute,
  on: showCasePage,
  fields: z.object({}),
  act: (scope) => choose(scope, 'no-answer'),
  next: ({ locale }, id) => href(locale, caseRoute, { id }),
})

/** The choice is taken back: the clocks run again, and nothing is sent either. */
export const answerAfterAllForm = form({
  route: answerAfterAllRoute,
  on: showCasePage,
  fields: z.object({}),
  act: (scope) => choose(scope, 'looking-into-it'),
  next: ({ locale }, id) => href(locale, caseRoute, { id }),
})

async function choose(
  { cases, params, record, now, user }: Pick<DeskScope, 'params' | 'now'> & Inside,
  answer: 'no-answer' | 'looking-into-it',
): Promise<Result<string>> {
  const within = cases.find(params['id'] ?? '')
  if (!within) return caseUnknown
  const content = { side: 'ours', answer } as const
  const entry = { at: now, by: user.name, case: within.id }
  const written = await record.append({ ...entry, what: 'case.answered', content })
  return written.ok ? ok(within.id) : written
}

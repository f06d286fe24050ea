import { ok, refuse } from '@parley/kernel'
import { href } from '@parley/web'
import { z } from 'zod'
import { showCasePage } from '../cases/pages/show-case.page.ts'
import { form } from '../door/scope.ts'
import { caseRoute, leaveUnansweredRoute } from '../routes.ts'

/** POC-28: not to answer is a choice of the State. It is written down, nothing is sent, and the clocks stop. */
export const leaveUnansweredForm = form({
  route: leaveUnansweredRoute,
  on: showCasePage,
  fields: z.object({}),
  act: async ({ cases, params, record, now, user }) => {
    const within = cases.find(params.id)
    if (!within) return refuse({ code: 'desk/case-unknown', kind: 'absent' })
    const content = { side: 'ours', answer: 'no-answer' } as const
    const entry = { at: now, by: user.name, case: within.id }
    const written = await record.append({ ...entry, what: 'case.answered', content })
    return written.ok ? ok(within.id) : written
  },
  next: ({ locale }, id) => href(locale, caseRoute, { id }),
})

import { ok } from '@parley/kernel'
import { href, optionalParagraphs } from '@parley/web'
import { z } from 'zod'
import { caseUnknown } from '../cases/case-unknown.ts'
import { showCasePage } from '../cases/pages/show-case.page.ts'
import { form } from '../door/scope.ts'
import { caseRoute, closeRoute, reopenRoute } from '../routes.ts'

/** Closed for this office alone: nothing is sent. Closing with a message is a message like others. */
export const closeForm = form({
  route: closeRoute,
  on: showCasePage,
  fields: z.object({ outcome: optionalParagraphs(10_000) }),
  act: async ({ cases, params, record, now, user }, { outcome }) => {
    const within = cases.find(params.id)
    if (!within) return caseUnknown
    if (!within.isOpen) return ok(within.id)
    const entry = { at: now, by: user.name, case: within.id }
    const content = outcome === undefined ? {} : { outcome }
    const written = await record.append({ ...entry, what: 'case.closed', content })
    return written.ok ? ok(within.id) : written
  },
  next: ({ locale }, id) => href(locale, caseRoute, { id }),
})

export const reopenForm = form({
  route: reopenRoute,
  on: showCasePage,
  fields: z.object({}),
  act: async ({ cases, params, record, now, user }) => {
    const within = cases.find(params.id)
    if (!within) return caseUnknown
    if (within.isOpen) return ok(within.id)
    const entry = { at: now, by: user.name, case: within.id }
    const written = await record.append({ ...entry, what: 'case.reopened', content: {} })
    return written.ok ? ok(within.id) : written
  },
  next: ({ locale }, id) => href(locale, caseRoute, { id }),
})

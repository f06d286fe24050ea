import { after, hour, ok } from '@parley/kernel'
import { href, tick } from '@parley/web'
import { z } from 'zod'
import { showCasePage } from '../cases/pages/show-case.page.ts'
import { form } from '../door/scope.ts'
import { declineRoute, draftRoute, lookIntoRoute } from '../routes.ts'
import { draftReply, instantOf } from './draft-reply.ts'
import { agreeing, estimates } from './start-values.ts'

/** POC-33: we look into it, and say when a response may be expected; once sent, that is a clock of the case. */
export const lookIntoForm = form({
  route: lookIntoRoute,
  on: showCasePage,
  fields: z.object({
    hours: z.coerce
      .number()
      .refine((hours) => estimates.some((each) => each === hours), { error: 'field/invalid' }),
    agree: tick,
  }),
  act: async (scope, { hours, agree }) => {
    const draft = await draftReply(scope, 'response', ({ proposedChannel }) => ({
      answer: 'looking-into-it',
      estimate: instantOf(after(scope.now, hours * hour)),
      ...(agree && proposedChannel?.by === 'theirs' && agreeing(proposedChannel)),
    }))
    return draft.ok ? ok(draft.value.message.id) : draft
  },
  next: ({ locale }, id) => href(locale, draftRoute, { id }),
})

/** POC-28: to say that there will be no response on the substance is a response. */
export const declineForm = form({
  route: declineRoute,
  on: showCasePage,
  fields: z.object({}),
  act: async (scope) => {
    const draft = await draftReply(scope, 'response', () => ({ answer: 'decline' }))
    return draft.ok ? ok(draft.value.message.id) : draft
  },
  next: ({ locale }, id) => href(locale, draftRoute, { id }),
})

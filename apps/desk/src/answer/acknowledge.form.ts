import { ok } from '@parley/kernel'
import { href } from '@parley/web'
import { z } from 'zod'
import { showCasePage } from '../cases/pages/show-case.page.ts'
import { form } from '../door/scope.ts'
import { acknowledgeRoute, draftRoute } from '../routes.ts'
import { draftReply, instantOf } from './draft-reply.ts'
import { lastHeard } from './last-heard.ts'

/** One press prepares the acknowledgement, the next one sends it or hands it over. None goes out by itself (POC-30). */
export const acknowledgeForm = form({
  route: acknowledgeRoute,
  on: showCasePage,
  fields: z.object({}),
  act: async (scope) => {
    const draft = await draftReply(scope, 'acknowledgement', (each) => {
      const heard = lastHeard(each)
      return heard ? { 'received-at': instantOf(heard.at) } : {}
    })
    return draft.ok ? ok(draft.value.message.id) : draft
  },
  next: ({ locale }, id) => href(locale, draftRoute, { id }),
})

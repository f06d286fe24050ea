import { refuse } from '@parley/kernel'
import { href } from '@parley/web'
import { z } from 'zod'
import { type DirectoryForm, type DirectoryPage, form } from '../../platform/pages/scope.ts'
import { stateOf } from '../../platform/session/actor.ts'
import { closeFollowUps } from './follow-up.ts'
import { confirmOursRoute, ourChecksRoute } from './routes.ts'

/** POC-18: a State says that its entries are correct as they are; that ends its follow-ups. */
export function confirmOursForm(on: DirectoryPage): DirectoryForm {
  return form({
    route: confirmOursRoute,
    verb: 'checks.own.confirm',
    fields: z.object({}),
    on,
    act: async (scope) => {
      const state = stateOf(scope.actor)
      return state
        ? closeFollowUps(scope, state, 'confirmed')
        : refuse({ code: 'web/forbidden', kind: 'forbidden' })
    },
    next: ({ locale }) => href(locale, ourChecksRoute),
  })
}

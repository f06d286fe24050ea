import { html } from '@parley/web'
import { z } from 'zod'
import { done, unchanged } from '../../platform/action.ts'
import { defineDualAct } from '../../platform/dual-control/dual-act.ts'
import { type DualControl, dualForm, switchDualControl } from '../../platform/dual-control/dual-control.ts'
import { type DirectoryForm, type DirectoryPage, form } from '../../platform/pages/scope.ts'
import { requireProof } from '../accounts/index.ts'
import { href } from '@parley/web'
import { text } from './locales/index.ts'
import { approvalsRoute, switchOffRoute, switchOnRoute } from './routes.ts'

/** What every State reads: dual control is the community's matter. */
export function switched(isOn: boolean) {
  return { verb: isOn ? 'dual-control.switched-on' : 'dual-control.switched-off', subject: 'community' }
}

/** Switching dual control off is itself under dual control. */
export const switchOffAct = defineDualAct({
  name: 'dual-control.switch-off',
  title: ({ locale }) => text(locale)('switch.off'),
  input: z.object({}),
  describe: async ({ locale }) => html`<p>${text(locale)('switch.off-means')}</p>`,
  act: async ({ tx, now }) => {
    await switchDualControl(tx, now, false)
    return done(undefined, [switched(false)])
  },
  next: ({ locale }) => href(locale, approvalsRoute),
})

export function switchForms(dual: DualControl, on: DirectoryPage): readonly DirectoryForm[] {
  return [
    form({
      route: switchOnRoute,
      verb: 'approvals.switch',
      fields: z.object({}),
      on,
      act: async ({ tx, now }) => {
        if (await dual.isOn(tx)) return unchanged(undefined)
        await switchDualControl(tx, now, true)
        return done(undefined, [switched(true)])
      },
      next: ({ locale }) => href(locale, approvalsRoute),
    }),
    dualForm(dual, switchOffAct, {
      route: switchOffRoute,
      verb: 'approvals.switch',
      fields: z.object({}),
      on,
      input: async (scope) => {
        const proof = requireProof(scope)
        return proof.ok ? { ok: true, value: {} } : proof
      },
    }),
  ]
}

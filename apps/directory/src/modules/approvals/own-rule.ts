import { ok, refuse, type Result } from '@parley/kernel'
import { facts, href, html, tick } from '@parley/web'
import { z } from 'zod'
import { done, unchanged } from '../../platform/action.ts'
import { type ActScope, defineDualAct } from '../../platform/dual-control/dual-act.ts'
import { dualForm } from '../../platform/dual-control/dual-control.ts'
import {
  findOwnRule,
  ourApprovalsRoute,
  type OwnRule,
  saveOwnRule,
  type TwoPersonRule,
} from '../../platform/dual-control/two-person-rule.ts'
import type { DirectoryForm, DirectoryPage } from '../../platform/pages/scope.ts'
import { stateOf } from '../../platform/session/actor.ts'
import { countOthersOfMission, requireProof } from '../accounts/index.ts'
import { text } from './locales/index.ts'
import { ownRuleRoute } from './routes.ts'

const ruleSchema = z.object({ entries: z.boolean(), users: z.boolean() })
const parts = ['entries', 'users'] as const

/** A Mission switches its State's rule on; switching any of it off is itself under it. */
export const ownRuleAct = defineDualAct({
  name: 'two-person.rule',
  title: ({ locale }) => text(locale)('ours.rule-title'),
  input: z.object({ before: ruleSchema, after: ruleSchema }),
  partOf: async (_, { before, after }) =>
    parts.some((part) => before[part] && !after[part]) ? 'mission' : undefined,
  check: (scope, { before }) => unchangedSince(scope, before),
  describe: async ({ locale }, { before, after }) => {
    const t = text(locale)
    const word = (isOn: boolean) => t(isOn ? 'ours.on' : 'ours.off')
    return facts(
      parts.map((part) => [
        t(`ours.${part}`),
        before[part] === after[part]
          ? word(after[part])
          : html`<del>${word(before[part])}</del> <ins>${word(after[part])}</ins>`,
      ]),
    )
  },
  act: async (scope, { before, after }) => {
    const { tx, now, actor } = scope
    const held = await unchangedSince(scope, before)
    if (!held.ok) return held
    const state = stateOf(actor)
    if (!state || actor.role !== 'mission') return refuse({ code: 'web/forbidden', kind: 'forbidden' })
    const changed = parts.filter((part) => before[part] !== after[part])
    const [first, ...others] = changed.map((part) => ({
      verb: `two-person.${part}-${after[part] ? 'on' : 'off'}`,
      subject: `state:${state}`,
      state,
    }))
    if (!first) return unchanged(undefined)
    const isLonely = (await countOthersOfMission(tx, state, actor.account)) === 0
    if (isLonely && changed.some((part) => after[part]))
      return refuse({ code: 'two-person/one-person', kind: 'conflict' })
    await saveOwnRule(tx, now, state, after)
    return done(undefined, [first, ...others])
  },
  next: ({ locale }) => href(locale, ourApprovalsRoute),
})

async function unchangedSince(
  { tx, actor }: Pick<ActScope, 'tx' | 'actor'>,
  before: OwnRule,
): Promise<Result<undefined>> {
  const state = stateOf(actor)
  const now = state && (await findOwnRule(tx, state))
  return now && parts.every((part) => now[part] === before[part])
    ? ok(undefined)
    : refuse({ code: 'two-person/rule-changed', kind: 'conflict' })
}

export function ownRuleForm(rule: TwoPersonRule, on: DirectoryPage): DirectoryForm {
  return dualForm(rule, ownRuleAct, {
    route: ownRuleRoute,
    verb: 'approvals.ours.rule',
    fields: z.object({ entries: tick, users: tick }),
    on,
    input: async (scope, after) => {
      const proof = requireProof(scope)
      if (!proof.ok) return proof
      const state = stateOf(scope.actor)
      if (!state) return refuse({ code: 'web/forbidden', kind: 'forbidden' })
      const { entries, users } = await findOwnRule(scope.tx, state)
      return ok({ before: { entries, users }, after })
    },
  })
}

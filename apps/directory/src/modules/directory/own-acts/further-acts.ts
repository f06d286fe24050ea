import { parseId, refuse, type Refusal } from '@parley/kernel'
import { facts, href, html, ltr, notice } from '@parley/web'
import { z } from 'zod'
import { defineDualAct } from '../../../platform/dual-control/dual-act.ts'
import { stateOf } from '../../../platform/session/actor.ts'
import { listPocs } from '../../accounts/index.ts'
import type { Community } from '../../community/index.ts'
import { delegateEntries } from '../delegate-entries.ts'
import { savedEntry } from '../entry-pages.ts'
import { listProposals } from '../import-entries/proposals.ts'
import { acceptProposal, weighProposal } from '../import-entries/take-import.ts'
import { differencesList } from '../import-entries/write-report.ts'
import { text } from '../locales/index.ts'
import { delegatesRoute } from '../routes.ts'

const noSuchPoc: Refusal = { code: 'directory/no-such-poc', kind: 'absent' }

/** Whom the Mission lets write its entries, with a second person where the State's own rule asks for one. */
export const delegationAct = defineDualAct({
  name: 'directory.delegation',
  title: ({ locale }) => text(locale)('delegates.title'),
  input: z.object({ account: z.string(), what: z.enum(['given', 'ended']) }),
  partOf: async () => 'entries',
  describe: async ({ tx, locale, actor }, { account, what }) => {
    const t = text(locale)
    const state = stateOf(actor)
    const poc = state && (await listPocs(tx, state)).find((each) => each.account === account)
    if (!poc) return notice(t('directory/no-such-poc'), 'warn')
    return facts([
      [t('delegates.name'), html`<bdi>${poc.name}</bdi> ${ltr(poc.email)}`],
      [t('delegates.change'), t(what === 'given' ? 'delegates.give' : 'delegates.take-back')],
    ])
  },
  act: async (scope, { account, what }) => {
    const id = parseId<'account'>(account)
    return id ? delegateEntries(id, what)(scope) : refuse(noSuchPoc)
  },
  next: ({ locale }) => href(locale, delegatesRoute),
})

/** RULE-6: what others propose for the State is accepted by two of its people where it asks for two. */
export function acceptanceAct(community: Community) {
  return defineDualAct({
    name: 'directory.proposal-accepted',
    title: ({ locale }) => text(locale)('own.accept-title'),
    input: z.object({ proposal: z.string(), version: z.number() }),
    partOf: async () => 'entries',
    describe: async (scope, { proposal: id, version }) => {
      const { tx, locale, actor } = scope
      const t = text(locale)
      const state = stateOf(actor)
      const proposal = state && (await listProposals(tx, state)).find((each) => each.id === id)
      const weighed = proposal && (await weighProposal(scope, proposal))
      if (!proposal || !weighed) return notice(t('directory/proposal-absent'), 'warn')
      const isChanged = (weighed.live?.version ?? 0) !== version
      return html`<p>${community.kindName(proposal.kind, locale)}</p>
        ${isChanged ? notice(t('own.changed-since'), 'warn') : ''}${differencesList(locale, weighed)}`
    },
    act: (scope, { proposal, version }) => acceptProposal(community.profile, proposal, version)(scope),
    next: ({ locale }, _, entry) => savedEntry(locale, entry),
  })
}

export type AcceptanceAct = ReturnType<typeof acceptanceAct>

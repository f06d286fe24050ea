import { type Locale, ok } from '@parley/kernel'
import {
  actButton,
  empty,
  errorSummary,
  hidden,
  href,
  html,
  type Html,
  moment,
  nothing,
  written,
} from '@parley/web'
import { z } from 'zod'
import { dualForm } from '../../../platform/dual-control/dual-control.ts'
import type { TwoPersonRule } from '../../../platform/dual-control/two-person-rule.ts'
import {
  type DirectoryForm,
  type DirectoryPage,
  type DirectoryScope,
  form,
  formView,
  page,
} from '../../../platform/pages/scope.ts'
import { proofNotice, requireProof, secondPersonNotice } from '../../accounts/index.ts'
import type { Community } from '../../community/index.ts'
import { text } from '../locales/index.ts'
import type { AcceptanceAct } from '../own-acts/further-acts.ts'
import {
  acceptProposalRoute,
  declineProposalRoute,
  importRoute,
  managersExportsRoute,
  proposalsRoute,
  waitingProposalsRoute,
} from '../routes.ts'
import { listProposals, type Proposal } from './proposals.ts'
import { declineProposal, weighProposal } from './take-import.ts'
import { differencesList } from './write-report.ts'

/** RULE-6: what others propose for the State, with each difference; it accepts, declines, or lets it lie. */
export function proposalsPage(community: Community, rule: TwoPersonRule): DirectoryPage {
  return page({
    route: proposalsRoute,
    verb: 'directory.proposals.read',
    read: async (scope, state) => {
      const { locale, tx, actor } = scope
      const t = text(locale)
      const proposals = 'state' in actor ? await listProposals(tx, actor.state) : []
      const items: Html[] = []
      for (const proposal of proposals) items.push(await proposed(scope, community, proposal))
      const body = html`<h1>${t('proposals.title')}</h1>
        <p class="lede">${t('proposals.lede')}</p>
        ${proofNotice(scope)}${await secondPersonNotice(scope, rule, 'entries')}${errorSummary(formView(scope, state))}${items.length === 0 ? empty(t('proposals.none')) : items}`
      return ok({ title: t('proposals.title'), body, width: 'narrow' })
    },
  })
}

async function proposed(
  scope: Pick<DirectoryScope, 'tx' | 'locale'>,
  community: Community,
  proposal: Proposal,
): Promise<Html> {
  const { locale } = scope
  const t = text(locale)
  const weighed = await weighProposal(scope, proposal)
  const params = { proposal: proposal.id }
  const name = proposal.fields['entityName']
  return html`<h2>
      ${community.kindName(proposal.kind, locale)} ·
      ${written(typeof name === 'string' ? name : '', 'und', 'ltr')}
    </h2>
    <p class="small">
      ${t.html('proposals.from', { source: written(proposal.source, 'und', 'ltr'), at: moment(locale, proposal.proposedAt, 'date') })}
      ${weighed?.live ? t('import.differs') : t('import.new')}
    </p>
    ${weighed ? differencesList(locale, weighed) : ''}
    <div class="row">
      ${weighed ? actButton(href(locale, acceptProposalRoute, params), t('proposals.accept'), 'main', hidden('version', String(weighed.live?.version ?? 0))) : ''}
      ${actButton(href(locale, declineProposalRoute, params), t('proposals.decline'))}
    </div>`
}

export function proposalForms(
  rule: TwoPersonRule,
  accepted: AcceptanceAct,
  on: DirectoryPage,
): readonly DirectoryForm[] {
  return [
    dualForm(rule, accepted, {
      route: acceptProposalRoute,
      verb: 'directory.proposal.settle',
      fields: z.object({ version: z.coerce.number().int().min(0) }),
      on,
      input: async (scope, { version }) => {
        const proof = requireProof(scope)
        if (!proof.ok) return proof
        const { proposal } = z.object({ proposal: z.string() }).parse(scope.params)
        return ok({ proposal, version })
      },
    }),
    form({
      route: declineProposalRoute,
      verb: 'directory.proposal.settle',
      fields: z.object({}),
      on,
      act: (scope) => declineProposal(scope.params.proposal)(scope),
      next: ({ locale }) => href(locale, proposalsRoute),
    }),
  ]
}

/** The way to bring a file. */
export function wayToImports(locale: Locale): Html {
  return html`<p><a href="${href(locale, importRoute)}">${text(locale)('import.title')}</a></p>`
}

/** For the manager: the ways to a file, in and out, and to what waits for its State. */
export function waysOfManager(locale: Locale): Html {
  const t = text(locale)
  return html`<p>
    <a href="${href(locale, importRoute)}">${t('import.title')}</a> ·
    <a href="${href(locale, waitingProposalsRoute)}">${t('for-state.waiting')}</a> ·
    <a href="${href(locale, managersExportsRoute)}">${t('exports.title')}</a>
  </p>`
}

/** On the start page of a Mission: that proposals wait. */
export async function waitingProposals({
  tx,
  locale,
  actor,
}: Pick<DirectoryScope, 'tx' | 'locale' | 'actor'>): Promise<Html> {
  const count = 'state' in actor ? (await listProposals(tx, actor.state)).length : 0
  if (count === 0) return nothing
  return html`<p class="notice">
    <a href="${href(locale, proposalsRoute)}">${text(locale)('proposals.waiting', { count })}</a>
  </p>`
}

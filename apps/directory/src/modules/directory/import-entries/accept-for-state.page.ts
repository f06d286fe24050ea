import { ok, parseStateCode, refuse, type Result } from '@parley/kernel'
import {
  empty,
  errorSummary,
  facts,
  hidden,
  href,
  html,
  line,
  type Html,
  moment,
  table,
  textField,
  written,
} from '@parley/web'
import { z } from 'zod'
import { defineDualAct, type DualAct } from '../../../platform/dual-control/dual-act.ts'
import { type DualControl, dualForm } from '../../../platform/dual-control/dual-control.ts'
import { recordViewing } from '../../../platform/history/record-viewing.ts'
import {
  type DirectoryForm,
  type DirectoryPage,
  type DirectoryScope,
  formView,
  page,
} from '../../../platform/pages/scope.ts'
import { proofNotice, requireProof } from '../../accounts/index.ts'
import type { Community } from '../../community/index.ts'
import { noteVerbaleField, savedEntry } from '../entry-pages.ts'
import { text } from '../locales/index.ts'
import { acceptForStateRoute, waitingProposalsRoute } from '../routes.ts'
import { listProposals, type Proposal, proposalSubject } from './proposals.ts'
import { acceptProposal, findProposal, weighProposal } from './take-import.ts'
import { differencesList } from './write-report.ts'

type Scope = Pick<DirectoryScope, 'tx' | 'actor' | 'locale' | 'now' | 'requestId'>

const verb = 'directory.proposal.accept'

const wanted = z.object({
  proposal: z.uuid(),
  state: z.string(),
  /** Of the live entry that was seen; 0 where there was none. */
  version: z.number().int().min(0),
  noteVerbale: z.string().min(1).max(120),
})
type Wanted = z.output<typeof wanted>

/** Where its State does not answer, two managers accept a proposal for it on a note verbale: marked until it confirms. */
export function acceptForStateAct(community: Community): DualAct<Wanted> {
  return defineDualAct({
    name: 'directory.proposal.accept',
    title: ({ locale }) => text(locale)('for-state.title'),
    input: wanted,
    stateOf: ({ state }) => parseStateCode(state),
    check: seenAsItIs,
    describe: async (scope, { proposal: id, noteVerbale }) => {
      const found = await findProposal(scope, id)
      if (!found.ok) return html`<p>${text(scope.locale)('directory/proposal-absent')}</p>`
      return html`${await proposalFacts(scope, community, found.value)}
      ${facts([[text(scope.locale)('field.noteVerbale'), written(noteVerbale, 'und', 'ltr')]])}`
    },
    act: (scope, { proposal, version, noteVerbale }) =>
      acceptProposal(community.profile, proposal, version, noteVerbale)(scope),
    next: ({ locale }, _, entry) => savedEntry(locale, entry),
  })
}

async function seenAsItIs(scope: Scope, { proposal, version }: Wanted): Promise<Result<undefined>> {
  const found = await findProposal(scope, proposal)
  if (!found.ok) return found
  const weighed = await weighProposal(scope, found.value)
  return weighed && (weighed.live?.version ?? 0) === version
    ? ok(undefined)
    : refuse({ code: 'directory/changed-meanwhile', kind: 'conflict' })
}

/** Whose it is, where it comes from, and each difference; the State reads that a manager looked (RULE-9). */
async function proposalFacts(scope: Scope, community: Community, proposal: Proposal): Promise<Html> {
  const { locale } = scope
  const t = text(locale)
  const { state, kind, source, proposedAt } = proposal
  await recordViewing(scope, { verb: 'proposal.viewed', subject: proposalSubject(proposal.id), state })
  const weighed = await weighProposal(scope, proposal)
  return html`${facts([
    [t('field.state'), community.stateName(state, locale)],
    [t('field.kind'), community.kindName(kind, locale)],
    [t('field.importSource'), written(source, 'und', 'ltr')],
    [t('for-state.proposed'), moment(locale, proposedAt, 'date')],
  ])}
  ${
    weighed
      ? html`<p>${weighed.live ? t('import.differs') : t('import.new')}</p>
          ${differencesList(locale, weighed)}`
      : ''
  }`
}

/** For the manager: the proposals that wait for their States. */
export function waitingProposalsPage(community: Community): DirectoryPage {
  return page({
    route: waitingProposalsRoute,
    verb,
    read: async ({ locale, tx }) => {
      const t = text(locale)
      const proposals = await listProposals(tx, 'of every State')
      const rows = proposals.map(({ id, state, kind, fields, source, proposedAt }) => {
        const name = fields['entityName']
        return [
          html`<a href="${href(locale, acceptForStateRoute, { proposal: id })}"
            >${community.stateName(state, locale)}</a
          >`,
          community.kindName(kind, locale),
          written(typeof name === 'string' ? name : '–', 'und', 'ltr'),
          written(source, 'und', 'ltr'),
          moment(locale, proposedAt, 'date'),
        ]
      })
      const heads = [
        t('field.state'),
        t('field.kind'),
        t('import.entry'),
        t('field.importSource'),
        t('for-state.proposed'),
      ]
      const body = html`<h1>${t('for-state.waiting')}</h1>
        <p class="lede">${t('for-state.waiting-lede')}</p>
        ${rows.length === 0 ? empty(t('for-state.none')) : table(t('for-state.waiting'), heads, rows)}`
      return ok({ title: t('for-state.waiting'), body })
    },
  })
}

export function acceptForStatePage(community: Community): DirectoryPage {
  return page({
    route: acceptForStateRoute,
    verb,
    read: async (scope, state) => {
      const { locale, params } = scope
      const found = await findProposal(scope, params.proposal)
      if (!found.ok) return found
      const t = text(locale)
      const view = formView(scope, state)
      const weighed = await weighProposal(scope, found.value)
      const body = html`<p><a href="${href(locale, waitingProposalsRoute)}">${t('for-state.waiting')}</a></p>
        <h1>${t('for-state.title')}</h1>
        <p class="lede">${t('for-state.lede')}</p>
        ${errorSummary(view)}${proofNotice(scope)} ${await proposalFacts(scope, community, found.value)}
        <form method="post">
          ${textField(view, noteVerbaleField(locale))}
          ${hidden('version', String(weighed?.live?.version ?? 0))}
          <button class="button main">${t('for-state.button')}</button>
        </form>`
      return ok({ title: t('for-state.title'), body, width: 'narrow' })
    },
  })
}

export function acceptForStateForm(
  { community, dual }: { readonly community: Community; readonly dual: DualControl },
  on: DirectoryPage,
): DirectoryForm {
  return dualForm(dual, acceptForStateAct(community), {
    route: acceptForStateRoute,
    verb,
    fields: z.object({ noteVerbale: line(120), version: z.coerce.number().int().min(0) }),
    on,
    input: async (scope, { noteVerbale, version }) => {
      const proof = requireProof(scope)
      if (!proof.ok) return proof
      const { proposal: id } = z.object({ proposal: z.string() }).parse(scope.params)
      const found = await findProposal(scope, id)
      return found.ok
        ? ok({ proposal: found.value.id, state: found.value.state, version, noteVerbale })
        : found
    },
  })
}

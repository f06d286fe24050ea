import { ok, type Refusal, refuse, type StateCode } from '@parley/kernel'
import {
  empty,
  facts,
  href,
  html,
  type Html,
  linkButton,
  ltr,
  moment,
  table,
  writeLanguage,
  writeList,
} from '@parley/web'
import type { Locale } from '@parley/kernel'
import { recordViewing } from '../../platform/history/record-viewing.ts'
import { type DirectoryPage, type DirectoryScope, page } from '../../platform/pages/scope.ts'
import type { AccessRequest } from './access-request.ts'
import { listRequests } from './access-requests.ts'
import type { Community } from './community.ts'
import { type Decision, findFrozen, listDecisions } from './decisions.ts'
import { fictionalMark, participationOf } from './list-states.page.ts'
import { text } from './locales/index.ts'
import { type CompetentAuthority, findCompetentAuthority, findMission, type Mission } from './mission.ts'
import { listParticipating } from './participation.ts'
import {
  accessDecisionRoute,
  accessRequestRoute,
  endAccessRoute,
  freezeRoute,
  missionRoute,
  stateRoute,
  statesRoute,
  unfreezeRoute,
} from './routes.ts'

/** What another module shows of a State on the manager's page of it; given by compose.ts. */
export type StateSection = (scope: DirectoryScope, state: StateCode) => Promise<Html>

export const unknownState: Refusal = { code: 'community/state-unknown', kind: 'absent' }

/** The manager's page of a State. Looking at it is a line in that State's history (RULE-9). */
export function statePage(community: Community, sections: readonly StateSection[]): DirectoryPage {
  return page({
    route: stateRoute,
    verb: 'community.state.read',
    read: async (scope) => {
      const { locale, tx, params } = scope
      const state = community.findState(params.state)
      if (!state) return refuse(unknownState)
      const { code } = state
      await recordViewing(scope, { verb: 'state.viewed', subject: `state:${code}`, state: code })
      const t = text(locale)
      const since = await listParticipating(tx)
      const requests = await listRequests(tx, code)
      const frozen = await findFrozen(tx, code)
      const panels: Html[] = []
      for (const section of sections) panels.push(await section(scope, code))
      const organizations = community.organizationsOf(code).map(({ names }) => names[locale])
      const body = html`<p><a href="${href(locale, statesRoute)}">${t('states.title')}</a></p>
        <h1>${state.names[locale]} ${fictionalMark(locale, state)}</h1>
        ${facts([
          [t('states.participation'), participationOf(community, locale, state, since)],
          [t('states.group'), community.groupName(state.group, locale)],
          [
            t('state.frozen'),
            frozen && t.html('state.frozen-since', { date: moment(locale, frozen, 'date') }),
          ],
          [t('state.organizations'), organizations.length > 0 ? writeList(locale, organizations) : undefined],
        ])}
        <h2>${t('state.mission')}</h2>
        ${missionFacts(locale, await findMission(tx, code))}
        ${linkButton(href(locale, missionRoute, { state: code }), t('mission.title'))}
        <h2>${t('state.authority')}</h2>
        ${authorityFacts(locale, await findCompetentAuthority(tx, code))}
        <h2>${t('requests.title')}</h2>
        ${
          requests.length === 0
            ? empty(t('requests.none'))
            : requestsTable(locale, requests, (request) =>
                href(locale, accessDecisionRoute, { state: code, request: request.id }),
              )
        }
        ${
          since.has(code)
            ? ''
            : linkButton(href(locale, accessRequestRoute, { state: code }), t('request.record'))
        }
        ${panels}
        <h2>${t('decisions.title')}</h2>
        ${decisionsTable(locale, await listDecisions(tx, code))}
        <div class="row">
          ${since.has(code) ? linkButton(href(locale, endAccessRoute, { state: code }), t('decide.access-ended.title')) : ''}
          ${
            frozen
              ? linkButton(href(locale, unfreezeRoute, { state: code }), t('decide.unfrozen.title'))
              : linkButton(href(locale, freezeRoute, { state: code }), t('decide.frozen.title'))
          }
        </div>`
      return ok({ title: state.names[locale], body })
    },
  })
}

function missionFacts(locale: Locale, mission: Mission | undefined): Html {
  const t = text(locale)
  if (!mission) return empty(t('state.no-mission'))
  return facts([
    [t('contact.email'), ltr(mission.email)],
    [t('contact.telephone'), mission.telephone === undefined ? undefined : ltr(mission.telephone)],
    [t('contact.language'), writeLanguage(locale, mission.language)],
  ])
}

function authorityFacts(locale: Locale, authority: CompetentAuthority | undefined): Html {
  const t = text(locale)
  if (!authority) return empty(t('state.no-authority'))
  return facts([
    [t('authority.name'), html`<bdi>${authority.name}</bdi>`],
    [t('contact.email'), authority.email === undefined ? undefined : ltr(authority.email)],
    [t('contact.telephone'), authority.telephone === undefined ? undefined : ltr(authority.telephone)],
  ])
}

/** What the manager decided about a State, and why. */
export function decisionsTable(locale: Locale, decisions: readonly Decision[]): Html {
  const t = text(locale)
  if (decisions.length === 0) return empty(t('decisions.none'))
  return table(
    t('decisions.title'),
    [t('decisions.what'), t('request.decided-on'), t('decide.reason')],
    decisions.map(({ what, at, reason }) => [
      t(`decision.${what}`),
      moment(locale, at, 'date'),
      html`<bdi>${reason}</bdi>`,
    ]),
  )
}

/** Requests with what became of them; the reference leads to the request where there is a page for it. */
export function requestsTable(
  locale: Locale,
  requests: readonly AccessRequest[],
  addressOf?: (request: AccessRequest) => string,
): Html {
  const t = text(locale)
  return table(
    t('requests.caption', { count: requests.length }),
    [t('request.reference'), t('request.received-on'), t('request.status')],
    requests.map((request) => [
      addressOf
        ? html`<a href="${addressOf(request)}">${request.reference}</a>`
        : html`<bdi>${request.reference}</bdi>`,
      moment(locale, request.receivedAt, 'date'),
      t(`request.status.${request.status}`),
    ]),
  )
}

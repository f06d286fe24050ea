import type { Room } from '../../room.ts'
import { authority } from './authority.ts'
import { forgetTokensDuty, tokensErasers } from './forget.ts'
import { text } from './locales/index.ts'
import { issueTokenForm, ourTokensPage, revokeTokenForm } from './our-tokens.page.ts'
import type { TokensNeeds } from './needs.ts'
import { ourTokensRoute } from './routes.ts'
import { suspendTokenForm, tokensOfStatePage } from './tokens-of-state.page.ts'

export { countCard, countListing, countSnapshot } from './count-reading.ts'
export { TokenIssued, TokenSuspended } from './events.ts'
export { endTokensOfState } from './revoke-token.ts'
export { openSystemDoor, type SystemDoor, type SystemScope } from './system-door.ts'
export { tellMissionOfSuspension, tellMissionOfToken, type TellMissionNeeds } from './tell-mission.mail.ts'
export { most, type Scope, scopes } from './token.ts'
export { tokensSection } from './tokens-of-state.page.ts'

export function tokensRoom(needs: TokensNeeds): Room {
  const { community, database } = needs
  const ours = ourTokensPage(needs)
  const ofState = tokensOfStatePage(community)
  return {
    name: 'tokens',
    migrations: new URL('migrations/', import.meta.url),
    authority,
    text,
    pages: [ours, ofState],
    forms: [issueTokenForm(needs, ours), revokeTokenForm(ours), suspendTokenForm(community, ofState)],
    menu: [{ route: ourTokensRoute, verb: 'tokens.ours', label: (locale) => text(locale)('menu') }],
    erasers: tokensErasers,
    duties: [forgetTokensDuty(database, community.profile.retentionDays)],
  }
}

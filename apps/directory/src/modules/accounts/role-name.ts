import type { Locale } from '@parley/kernel'
import type { Holding } from './holding.ts'
import type { Members } from './house.ts'
import { text } from './locales/index.ts'

type Named = Pick<Members, 'stateName' | 'kindName' | 'organizations'>

/** "Permanent Mission, Sahiliya": a role as it stands on every page. */
export function holdingName(members: Named, locale: Locale, holding: Holding): string {
  const t = text(locale)
  const role = roleName(members, locale, holding)
  if ('state' in holding) return t('role.of', { role, state: members.stateName(holding.state, locale) })
  if (!('organization' in holding)) return role
  const organization = members.organizations.find(({ code }) => code === holding.organization)
  return t('role.of', { role, state: organization?.names[locale] ?? holding.organization })
}

/** The role alone; a POC's is the name of its kind. */
export function roleName(members: Pick<Members, 'kindName'>, locale: Locale, holding: Holding): string {
  return holding.role === 'poc'
    ? members.kindName(holding.kind, locale)
    : text(locale)(`role.${holding.role}`)
}

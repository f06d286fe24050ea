import type { Locale } from '@parley/kernel'
import type { Holding } from './holding.ts'
import type { Members } from './house.ts'
import { text } from './locales/index.ts'

/** "Permanent Mission, Sahiliya": a role as it stands on every page. */
export function holdingName(members: Pick<Members, 'stateName'>, locale: Locale, holding: Holding): string {
  const t = text(locale)
  const role = t(`role.${holding.role}`)
  if (holding.role === 'manager') return role
  return t('role.of', { role, state: members.stateName(holding.state, locale) })
}

import type { Locale } from '@parley/kernel'
import { html, type Html } from '@parley/web'
import type { PastAct } from '../../platform/history/read.ts'
import { accountsText } from '../accounts/index.ts'
import type { Community } from '../community/index.ts'
import { text } from './locales/index.ts'

/** The role that acted, of a POC its kind; a duty is the directory itself, a stranger came by the link of a letter. */
export function whoActed(community: Community, locale: Locale, actor: string): string {
  const [role = ''] = actor.split(':')
  if (community.profile.kinds.some(({ id }) => id === role)) return community.kindName(role, locale)
  if (role === 'stranger') return text(locale)('lately.link')
  return accountsText.find(locale, `role.${role}`) ?? text(locale)('lately.directory')
}

/** Which fields a change touched, as long as the history keeps it. */
export function changedFields(locale: Locale, { content }: Pick<PastAct, 'content'>): Html | string {
  const changed = content?.['changed']
  if (!Array.isArray(changed) || changed.length === 0) return ''
  const names = changed.map((field) => text.find(locale, `changed.${String(field)}`) ?? String(field))
  return html`<br /><span class="small">${names.join(' · ')}</span>`
}

import { href, html, type Html, nothing, notice } from '@parley/web'
import type { Part } from '../../platform/dual-control/dual-act.ts'
import { ourApprovalsRoute, type TwoPersonRule } from '../../platform/dual-control/two-person-rule.ts'
import type { DirectoryScope } from '../../platform/pages/scope.ts'
import { text } from './locales/index.ts'

/** What a form says where its State asks two people for it, or for who acts for its Mission; nothing otherwise. */
export async function secondPersonNotice(
  { tx, actor, locale }: Pick<DirectoryScope, 'tx' | 'actor' | 'locale'>,
  rule: TwoPersonRule,
  part: Part,
): Promise<Html> {
  const standing = await rule.standing(tx, actor, part)
  if (standing === 'off') return nothing
  const t = text(locale)
  return notice(
    html`<p>
        ${t(part === 'mission' && standing === 'two' ? 'second-person.mission' : `second-person.${standing}`)}
      </p>
      <p><a href="${href(locale, ourApprovalsRoute)}">${t('second-person.link')}</a></p>`,
    'warn',
  )
}

/** Of the users of a State: of all of them, or of those who act for its Mission. */
export async function usersNotice(
  scope: Pick<DirectoryScope, 'tx' | 'actor' | 'locale'>,
  rule: TwoPersonRule,
): Promise<Html> {
  const ofAll = await rule.standing(scope.tx, scope.actor, 'users')
  return secondPersonNotice(scope, rule, ofAll === 'off' ? 'mission' : 'users')
}

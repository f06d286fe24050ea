import type { Locale } from '@parley/kernel'
import { actButton, hidden, html, type Html, ltr, moment, table } from '@parley/web'
import type { Members } from './house.ts'
import { text } from './locales/index.ts'
import { holdingName, roleName } from './role-name.ts'
import type { OpenInvitation, User } from './users.ts'

/** People with their role, since when and when last seen, and what may be done about each. */
export function usersTable(
  members: Members,
  locale: Locale,
  users: readonly User[],
  caption: string,
  actions: (user: User) => Html,
): Html {
  const t = text(locale)
  return table(
    caption,
    [t('field.name'), t('field.email'), t('field.role'), t('users.since'), t('users.seen'), ''],
    users.map((user) => [
      html`<bdi>${user.name}</bdi>`,
      ltr(user.email),
      'organization' in user.holding
        ? holdingName(members, locale, user.holding)
        : roleName(members, locale, user.holding),
      moment(locale, user.since, 'date'),
      user.lastSeenAt ? moment(locale, user.lastSeenAt) : t('never'),
      actions(user),
    ]),
  )
}

export function invitationsTable(
  members: Members,
  locale: Locale,
  open: readonly OpenInvitation[],
  action: string,
): Html {
  const t = text(locale)
  const list = table(
    t('users.invitations'),
    [t('field.name'), t('field.email'), t('field.role'), t('invitation.until'), ''],
    open.map((each) => [
      html`<bdi>${each.name}</bdi>`,
      ltr(each.email),
      roleName(members, locale, each.holding),
      moment(locale, each.expiresAt),
      actButton(action, t('users.withdraw'), 'stop', hidden('invitation', each.id)),
    ]),
  )
  return html`<h2>${t('users.invitations')}</h2>
    ${list}`
}

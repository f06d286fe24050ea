import { day, isLocale, type Locale, parseId } from '@parley/kernel'
import { href } from '@parley/web'
import type { Post } from '../../platform/mail/post.ts'
import { sendNotice } from '../../platform/mail/send-notice.ts'
import { hears, type Listener } from '../../platform/outbox/outbox.ts'
import { PersonInvited, PersonJoined, SignInChanged } from './events.ts'
import { holdingOf } from './holding.ts'
import type { AccountsNeeds } from './house.ts'
import { invitationLasts, invitationLink, invitationOf } from './invitation.ts'
import { text } from './locales/index.ts'
import { holdingName } from './role-name.ts'
import { myAccountRoute, ourUsersRoute } from './routes.ts'
import type { AccountsTables } from './tables.ts'

/** What the mails of this module stand on. */
export interface MailNeeds extends AccountsNeeds {
  readonly post: Post
}

/** Sends the link to the address that was invited, in the language that was chosen for it. */
export function mailInvitation(needs: MailNeeds): Listener {
  const { database, keys, origin, members, clock, post } = needs
  return hears(PersonInvited, 'accounts.mail-invitation', async ({ invitation: id }, delivery) => {
    const row = await database.transaction({ role: 'worker' }, (tx) =>
      tx
        .withTables<AccountsTables>()
        .selectFrom('accounts.invitation')
        .selectAll()
        .where('id', '=', id)
        .where('used_at', 'is', null)
        .where('ended_at', 'is', null)
        .executeTakeFirst(),
    )
    const invitation = row && invitationOf(row)
    const now = clock.now()
    if (!invitation || invitation.expiresAt <= now) return
    const { email, language, name, inviter, holding, telephoneCodeDigest } = invitation
    const t = text(language)
    const role = t(`invitation.by.${inviter.role}`)
    await sendNotice(post, delivery, {
      at: now,
      to: email,
      language,
      subject: t('mail.invitation.subject'),
      paragraphs: [
        t('mail.dear', { name }),
        t('mail.invitation.what', {
          by: inviter.name === '' ? role : t('invitation.by', { name: inviter.name, role }),
          as: holdingName(members, language, holding),
        }),
        ...(telephoneCodeDigest === null ? [] : [t('mail.invitation.telephone')]),
        t('mail.invitation.link', { count: invitationLasts / day }),
        invitationLink(keys, origin, language, invitation.id),
        t('mail.invitation.not-expected'),
      ],
    })
  })
}

/** A new user is told to every other user of that State. */
export function mailNewUser(needs: MailNeeds): Listener {
  const { database, origin, members, clock, post } = needs
  return hears(PersonJoined, 'accounts.mail-new-user', async ({ holding: id }, delivery) => {
    const { joined, others } = await database.transaction({ role: 'worker' }, async (tx) => {
      const holders = tx
        .withTables<AccountsTables>()
        .selectFrom('accounts.holding as holding')
        .innerJoin('accounts.account as account', 'account.id', 'holding.account_id')
        .select(['account.id', 'account.name', 'account.email', 'account.language'])
        .select(['holding.role', 'holding.state', 'holding.kind', 'holding.organization'])
      const joined = await holders.where('holding.id', '=', id).executeTakeFirst()
      const others = await holders
        .distinctOn('account.id')
        .where('holding.state', '=', joined?.state ?? '')
        .where('holding.ended_at', 'is', null)
        .where('account.id', '!=', joined?.id ?? id)
        .execute()
      return { joined, others }
    })
    const holding = joined && holdingOf(joined)
    if (!joined || !holding) return
    for (const other of others) {
      const language = languageOf(other.language)
      const t = text(language)
      await sendNotice(post, `${delivery}.${other.id}`, {
        at: clock.now(),
        to: other.email,
        language,
        subject: t('mail.joined.subject'),
        paragraphs: [
          t('mail.dear', { name: other.name }),
          t('mail.joined.what', {
            name: joined.name,
            email: joined.email,
            as: holdingName(members, language, holding),
          }),
          t('mail.joined.see'),
          ...(other.role === 'mission' ? [new URL(href(language, ourUsersRoute), origin).href] : []),
        ],
      })
    }
  })
}

/** Whoever holds an account learns when its means of proof change: it may not have been that person. */
export function mailSignInChanged(needs: MailNeeds): Listener {
  const { database, origin, clock, post } = needs
  return hears(SignInChanged, 'accounts.mail-sign-in-changed', async ({ account: id, what }, delivery) => {
    const account = parseId<'account'>(id)
    const row = await database.transaction({ role: 'worker' }, (tx) =>
      tx
        .withTables<AccountsTables>()
        .selectFrom('accounts.account')
        .select(['name', 'email', 'language'])
        .where('id', '=', account ?? '')
        .where('ended_at', 'is', null)
        .executeTakeFirst(),
    )
    if (!row) return
    const language = languageOf(row.language)
    const t = text(language)
    await sendNotice(post, delivery, {
      at: clock.now(),
      to: row.email,
      language,
      subject: t('mail.changed.subject'),
      paragraphs: [
        t('mail.dear', { name: row.name }),
        t(`mail.changed.${what}`),
        t('mail.changed.not-you'),
        new URL(href(language, myAccountRoute), origin).href,
      ],
    })
  })
}

function languageOf(language: string): Locale {
  return isLocale(language) ? language : 'en'
}

import { day, isLocale, type Locale, parseId } from '@parley/kernel'
import { href, writeMoment } from '@parley/web'
import type { Tx } from '../../platform/database/database.ts'
import type { AccountId } from '../../platform/session/actor.ts'
import type { Post } from '../../platform/mail/post.ts'
import { sendNotice } from '../../platform/mail/send-notice.ts'
import { hears, type Listener } from '../../platform/outbox/outbox.ts'
import { AccessSuspended, PersonInvited, PersonJoined, SignInChanged, StillHereAsked } from './events.ts'
import { holdingOf, listHoldings, stateOfHolding } from './holding.ts'
import type { AccountsNeeds } from './house.ts'
import { invitationLasts, invitationLink, invitationOf } from './invitation.ts'
import { text } from './locales/index.ts'
import { holdingName } from './role-name.ts'
import { myAccountRoute, ourUsersRoute } from './routes.ts'
import { suspendedOf } from './suspend.ts'
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

/** A suspended person is told, and each Mission that the person acts for; of a State, its Mission. */
export function mailSuspended(needs: MailNeeds): Listener {
  const { database, members, clock, post, findMission } = needs
  return hears(AccessSuspended, 'accounts.mail-suspended', async ({ suspension: id, what }, delivery) => {
    const told = await database.transaction({ role: 'worker' }, async (tx) => {
      const row = await tx
        .withTables<AccountsTables>()
        .selectFrom('accounts.suspension')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst()
      const who = row && suspendedOf(row)
      if (!row || !who) return undefined
      const person = 'account' in who ? await findPerson(tx, who.account) : undefined
      const states = 'state' in who ? [who.state] : (person?.states ?? [])
      const missions = []
      for (const state of states) {
        const mission = await findMission(tx, state)
        if (mission) missions.push({ name: members.stateName(state, mission.language), ...mission })
      }
      return { row, person, missions }
    })
    if (!told) return
    const { row, person, missions } = told
    const to = [...(person ? [{ ...person, language: languageOf(person.language) }] : []), ...missions]
    for (const [position, { email, name, language }] of to.entries()) {
      const t = text(language)
      const until = writeMoment(language, row.until, 'date-time')
      const whose = person ? 'access' : 'state-access'
      await sendNotice(post, `${delivery}.${position}`, {
        at: clock.now(),
        to: email,
        language,
        subject: t(`mail.${whose}.${what}.subject`),
        paragraphs: [
          t('mail.dear', { name }),
          t(`mail.${whose}.${what}`, { who: person?.name ?? name, until }),
          ...(what === 'suspended' ? [t('mail.access.reason', { reason: row.reason })] : []),
          t('mail.access.ask'),
        ],
      })
    }
  })
}

async function findPerson(tx: Tx, account: AccountId) {
  const row = await tx
    .withTables<AccountsTables>()
    .selectFrom('accounts.account')
    .select(['name', 'email', 'language'])
    .where('id', '=', account)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  const states = (await listHoldings(tx, account)).flatMap((held) => stateOfHolding(held) ?? [])
  return row && { ...row, states: [...new Set(states)] }
}

/** Asks a Mission about a user whom nobody saw for 12 months. */
export function mailStillHere(needs: MailNeeds): Listener {
  const { database, origin, members, clock, post, findMission } = needs
  return hears(StillHereAsked, 'accounts.mail-still-here', async ({ holding: id }, delivery) => {
    const found = await database.transaction({ role: 'worker' }, async (tx) => {
      const row = await tx
        .withTables<AccountsTables>()
        .selectFrom('accounts.holding')
        .innerJoin('accounts.account', 'accounts.account.id', 'accounts.holding.account_id')
        .select(['accounts.account.name', 'role', 'state', 'kind', 'organization'])
        .where('accounts.holding.id', '=', id)
        .where('accounts.holding.ended_at', 'is', null)
        .executeTakeFirst()
      const holding = row && holdingOf(row)
      const state = holding && stateOfHolding(holding)
      const mission = state && (await findMission(tx, state))
      return row && holding && state && mission ? { name: row.name, holding, state, mission } : undefined
    })
    if (!found) return
    const { name, holding, state, mission } = found
    const { language, email } = mission
    const t = text(language)
    await sendNotice(post, delivery, {
      at: clock.now(),
      to: email,
      language,
      subject: t('mail.still-here.subject'),
      paragraphs: [
        t('mail.dear', { name: members.stateName(state, language) }),
        t('mail.still-here.what', { name, as: holdingName(members, language, holding) }),
        t('mail.still-here.answer'),
        new URL(href(language, ourUsersRoute), origin).href,
      ],
    })
  })
}

function languageOf(language: string): Locale {
  return isLocale(language) ? language : 'en'
}

import { after, day, parseId, parseStateCode, refuse, type StateCode } from '@parley/kernel'
import { actButton, hidden, href, html, type Html, nothing } from '@parley/web'
import { sql } from 'kysely'
import { z } from 'zod'
import { asDuty, done, type Performer } from '../../platform/action.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { Duty } from '../../platform/duties/duties.ts'
import {
  type DirectoryForm,
  type DirectoryPage,
  type DirectoryScope,
  form,
} from '../../platform/pages/scope.ts'
import { stateOf } from '../../platform/session/actor.ts'
import { StillHereAsked } from './events.ts'
import type { HoldingId } from './holding.ts'
import { text } from './locales/index.ts'
import { requireProof } from './proof.ts'
import { ourUsersRoute, stillHereRoute } from './routes.ts'
import type { AccountsTables } from './tables.ts'
import { noSuchUser, type User } from './users.ts'

const unusedFor = 365 * day

/** Asks each Mission once about a user whom nobody saw for 12 months. Nothing ends by itself. */
export function stillHereDuty(performer: Performer): Duty {
  return {
    name: 'accounts.still-here',
    every: day,
    run: async (now) => {
      const unseen = await performer.database.transaction({ role: 'worker' }, (tx) => listUnseen(tx, now))
      for (const { id, account, state } of unseen) {
        await performer.perform(asDuty('accounts.still-here', now), async ({ tx }) => {
          await tx
            .withTables<AccountsTables>()
            .insertInto('accounts.still_here')
            .values({ holding_id: id, state, asked_at: now, answered_at: null })
            .onConflict((row) => row.column('holding_id').doUpdateSet({ asked_at: now, answered_at: null }))
            .execute()
          return done(
            undefined,
            [{ verb: 'user.asked-about', subject: `account:${account}`, state }],
            [StillHereAsked({ holding: id })],
          )
        })
      }
    },
  }
}

interface Unseen {
  readonly id: HoldingId
  readonly account: string
  readonly state: StateCode
}

/** Sessions are kept for a month only; that somebody signed in, the history keeps. */
async function listUnseen(tx: Tx, now: Date): Promise<readonly Unseen[]> {
  const before = after(now, -unusedFor)
  const { rows } = await sql<{ id: string; account_id: string; state: string }>`
    select holding.id, holding.account_id, holding.state
    from accounts.holding
    left join accounts.still_here asked on asked.holding_id = holding.id
    where holding.state is not null and holding.ended_at is null and holding.since < ${before}
      and (asked.holding_id is null or asked.answered_at < ${before})
      and not exists (
        select from history.act
        where verb = 'session.began' and subject = 'account:' || holding.account_id and at >= ${before}
      )
    order by holding.id`.execute(tx)
  return rows.flatMap((row) => {
    const id = parseId<'holding'>(row.id)
    const state = parseStateCode(row.state)
    return id && state ? [{ id, account: row.account_id, state }] : []
  })
}

/** Of whom the Mission was asked and has not answered: on its own users page. */
export async function unseenUsers(
  { tx, locale, actor }: Pick<DirectoryScope, 'tx' | 'locale' | 'actor'>,
  state: StateCode,
  users: readonly User[],
): Promise<Html> {
  if (actor.role !== 'mission') return nothing
  const asked = await tx
    .withTables<AccountsTables>()
    .selectFrom('accounts.still_here')
    .select('holding_id')
    .where('state', '=', state)
    .where('answered_at', 'is', null)
    .execute()
  const about = users.filter(({ id }) => asked.some((each) => each.holding_id === id))
  if (about.length === 0) return nothing
  const t = text(locale)
  return html`<div class="notice warn">
    <h2>${t('still-here.title')}</h2>
    <p>${t('still-here.what')}</p>
    ${about.map(
      ({ id, name }) =>
        html`<p><bdi>${name}</bdi></p>
          ${actButton(href(locale, stillHereRoute), t('still-here.yes'), 'main', hidden('holding', id))}`,
    )}
  </div>`
}

export function stillHereForm(on: DirectoryPage): DirectoryForm {
  return form({
    route: stillHereRoute,
    verb: 'accounts.our-users',
    fields: z.object({ holding: z.string().default('') }),
    on,
    act: async (scope, typed) => {
      const proof = requireProof(scope)
      if (!proof.ok) return proof
      const { tx, now, actor } = scope
      const holding = parseId<'holding'>(typed.holding)
      if (!holding) return refuse(noSuchUser)
      const answered = await tx
        .withTables<AccountsTables>()
        .updateTable('accounts.still_here')
        .set({ answered_at: now })
        .where('holding_id', '=', holding)
        .where('answered_at', 'is', null)
        .returning('holding_id')
        .executeTakeFirst()
      if (!answered) return refuse(noSuchUser)
      return done(undefined, [
        { verb: 'user.still-here', subject: `holding:${holding}`, state: stateOf(actor) },
      ])
    },
    next: ({ locale }) => href(locale, ourUsersRoute),
  })
}

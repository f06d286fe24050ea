import { hkdfSync, randomBytes } from 'node:crypto'
import { after, canonical, minute } from '@parley/kernel'
import { z } from 'zod'
import { actAs } from '../../platform/database/acting.ts'
import type { Keys } from '../../platform/config/keys.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { KeptForm, KeptForms } from '../../platform/pages/kept-forms.ts'
import { actingOf } from '../../platform/session/actor.ts'
import { dropFormCookie, formCookieName, keepFormCookie } from './cookie.ts'
import { columnsOf, type Holding, holdingOf } from './holding.ts'
import { isProofNeeded } from './proof.ts'
import { sealUnder, unsealUnder } from './sealed.ts'
import type { AccountsTables } from './tables.ts'

const keptFor = 10 * minute
/** A body of one megabyte, sealed and in base64; the table says the same. */
const longestSealed = 1_500_000

/**
 * Forms that outlive their session. Each is sealed under a key that the browser holds the half of, for one account in
 * one role: neither the database nor another browser can read it, and another person gets nothing.
 */
export function openKeptForms(keys: Keys, origin: URL): KeptForms {
  const sealingKey = (browserKey: string) =>
    new Uint8Array(hkdfSync('sha256', keys.derive('kept-form'), browserKey, 'kept-form', 32))
  return {
    cookie: formCookieName(origin),
    dropped: dropFormCookie(origin),
    isProofNeeded,
    keep: async (tx, sessionKey, form, now) => {
      if (sessionKey === undefined) return undefined
      const session = await findSession(tx, keys.digest('session', sessionKey))
      const holding = session && holdingOf(session)
      // A session that somebody ended was ended on purpose: only time keeps a form.
      if (!session || !holding || session.ended_at) return undefined
      const browserKey = randomBytes(32).toString('base64url')
      const owner = ownerOf(session.account_id, holding)
      const sealed = sealUnder(sealingKey(browserKey), owner, Buffer.from(JSON.stringify(form)))
      if (sealed.length > longestSealed) return undefined
      await layDown(tx, {
        session: session.digest,
        digest: keys.digest('kept-form-digest', browserKey),
        account_id: session.account_id,
        sealed,
        expires_at: after(now, keptFor),
      })
      return keepFormCookie(origin, browserKey)
    },
    take: async (tx, actor, browserKey, path, now) => {
      if (!('session' in actor)) return undefined
      const digest = keys.digest('kept-form-digest', browserKey)
      await actAs(tx, { role: 'public', key: digest })
      const kept = await findKept(tx, digest)
      const form = kept && kept.expires_at > now ? open(kept, sealingKey(browserKey), actor) : undefined
      const isHere = form?.path === path
      // In the hands of another person it is of no use to anybody any more.
      if (kept && (isHere || kept.account_id !== actor.account)) await remove(tx, digest)
      await actAs(tx, actingOf(actor))
      return isHere ? form : undefined
    },
  }
}

const keptForm = z.object({
  because: z.enum(['session-ended', 'proof-needed']),
  path: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
})

type Kept = AccountsTables['accounts.kept_form']

function open(
  kept: Kept,
  key: Uint8Array,
  actor: Holding & { readonly account: string },
): KeptForm | undefined {
  const opened = unsealUnder(key, ownerOf(actor.account, actor), kept.sealed)
  return opened && keptForm.parse(JSON.parse(Buffer.from(opened).toString()))
}

function ownerOf(account: string, holding: Holding): string {
  return `${account} ${canonical({ ...columnsOf(holding) })}`
}

/** The session of a key, whether it still holds or not; the transaction becomes that of whoever presents the key. */
async function findSession(tx: Tx, digest: string) {
  await actAs(tx, { role: 'public', key: digest })
  return tx
    .withTables<AccountsTables>()
    .selectFrom('accounts.session')
    .selectAll()
    .where('digest', '=', digest)
    .executeTakeFirst()
}

/** One form per session: the last one. */
async function layDown(tx: Tx, row: Kept): Promise<void> {
  const { session: _, ...rest } = row
  await tx
    .withTables<AccountsTables>()
    .insertInto('accounts.kept_form')
    .values(row)
    .onConflict((conflict) => conflict.column('session').doUpdateSet(rest))
    .execute()
}

function findKept(tx: Tx, digest: string): Promise<Kept | undefined> {
  return tx
    .withTables<AccountsTables>()
    .selectFrom('accounts.kept_form')
    .selectAll()
    .where('digest', '=', digest)
    .forUpdate()
    .executeTakeFirst()
}

async function remove(tx: Tx, digest: string): Promise<void> {
  await tx
    .withTables<AccountsTables>()
    .deleteFrom('accounts.kept_form')
    .where('digest', '=', digest)
    .execute()
}

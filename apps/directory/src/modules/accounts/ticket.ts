import { randomBytes, timingSafeEqual } from 'node:crypto'
import { after } from '@parley/kernel'
import type { Keys } from '../../platform/config/keys.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { AccountsTables } from './tables.ts'

const randomLength = 16
const expiryLength = 6

/**
 * A random text (base64url) that only this program can have made, for one purpose and until a moment.
 * Nothing is stored when one is handed out, so that strangers cannot fill the database by looking at a page.
 */
export function issueTicket(keys: Keys, purpose: string, now: Date, lifetime: number): string {
  const head = Buffer.alloc(randomLength + expiryLength)
  randomBytes(randomLength).copy(head)
  head.writeUIntBE(after(now, lifetime).getTime(), randomLength, expiryLength)
  return Buffer.concat([head, sign(keys, purpose, head)]).toString('base64url')
}

/** Whether `ticket` was issued for this purpose and has not lapsed. */
export function isTicket(keys: Keys, purpose: string, now: Date, ticket: string): boolean {
  const bytes = Buffer.from(ticket, 'base64url')
  const head = bytes.subarray(0, randomLength + expiryLength)
  const signature = sign(keys, purpose, head)
  const rest = bytes.subarray(head.length)
  if (rest.length !== signature.length || !timingSafeEqual(rest, signature)) return false
  return head.readUIntBE(randomLength, expiryLength) > now.getTime()
}

/** Notes that a ticket was used; false when it was used before. */
export async function spendTicket(tx: Tx, keys: Keys, ticket: string): Promise<boolean> {
  const expires = Buffer.from(ticket, 'base64url').readUIntBE(randomLength, expiryLength)
  const { numInsertedOrUpdatedRows } = await tx
    .withTables<AccountsTables>()
    .insertInto('accounts.spent_ticket')
    .values({ digest: keys.digest('ticket', `spent ${ticket}`), expires_at: new Date(expires) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

function sign(keys: Keys, purpose: string, head: Buffer): Buffer {
  return Buffer.from(keys.digest('ticket', `${purpose} ${head.toString('base64url')}`), 'hex')
}

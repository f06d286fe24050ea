import { minute, parseId } from '@parley/kernel'
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { z } from 'zod'
import { actAs } from '../../platform/database/acting.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { AccountId } from '../../platform/session/actor.ts'
import type { House } from './house.ts'
import type { AccountsTables } from './tables.ts'
import { issueTicket, isTicket, spendTicket } from './ticket.ts'

/** How long a page with a challenge may stand open. */
const challengeLasts = 15 * minute

/** EdDSA, ES256, RS256 (COSE): what authenticators speak, and what Node verifies without a flag. */
const algorithms = [-8, -7, -257]

type Bearings = Pick<House, 'origin' | 'keys'>

export interface NewPasskey {
  readonly id: string
  readonly publicKey: string
  readonly counter: number
  readonly transports: readonly string[]
}

/** What the browser needs to make a passkey (JSON of WebAuthn Level 3). `account` becomes its user handle. */
export async function askForNewPasskey(
  { origin, keys }: Bearings,
  purpose: string,
  now: Date,
  person: { readonly account: string; readonly email: string; readonly name: string },
  present: readonly string[] = [],
): Promise<string> {
  const options = await generateRegistrationOptions({
    rpName: 'Parley',
    rpID: origin.hostname,
    userID: new Uint8Array(Buffer.from(person.account.replaceAll('-', ''), 'hex')),
    userName: person.email,
    userDisplayName: person.name,
    challenge: new Uint8Array(Buffer.from(issueTicket(keys, purpose, now, challengeLasts), 'base64url')),
    attestationType: 'none',
    supportedAlgorithmIDs: algorithms,
    excludeCredentials: present.map((id) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  return JSON.stringify(options)
}

/** The passkey that the browser made for this purpose; nothing if the answer does not hold, is late or was used. */
export async function readNewPasskey(
  tx: Tx,
  { origin, keys }: Bearings,
  purpose: string,
  now: Date,
  answer: string,
): Promise<NewPasskey | undefined> {
  const response = parse(registration, answer)
  if (!response) return undefined
  let challenge = ''
  const verified = await verifyRegistrationResponse({
    response,
    expectedChallenge: (presented) => {
      challenge = presented
      return isTicket(keys, purpose, now, presented)
    },
    expectedOrigin: origin.origin,
    expectedRPID: origin.hostname,
    supportedAlgorithmIDs: algorithms,
    requireUserVerification: true,
  }).catch(() => undefined)
  if (!verified?.verified || !(await spendTicket(tx, keys, challenge))) return undefined
  const { id, publicKey, counter } = verified.registrationInfo.credential
  return {
    id,
    publicKey: Buffer.from(publicKey).toString('base64url'),
    counter,
    transports: response.response.transports ?? [],
  }
}

/** Keeps a new passkey; false when somebody registered this very one before. */
export async function keepPasskey(
  tx: Tx,
  now: Date,
  account: AccountId,
  passkey: NewPasskey,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .withTables<AccountsTables>()
    .insertInto('accounts.passkey')
    .values({
      id: passkey.id,
      account_id: account,
      public_key: passkey.publicKey,
      counter: passkey.counter,
      transports: [...passkey.transports],
      created_at: now,
      last_used_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** What the browser needs to use whichever passkey it has for this site. */
export async function askForPasskey({ origin, keys }: Bearings, purpose: string, now: Date): Promise<string> {
  const options = await generateAuthenticationOptions({
    rpID: origin.hostname,
    challenge: new Uint8Array(Buffer.from(issueTicket(keys, purpose, now, challengeLasts), 'base64url')),
    userVerification: 'required',
  })
  return JSON.stringify(options)
}

/**
 * Whose passkey answered, or nothing. From here on the transaction is a stranger's in the matter of that account:
 * the caller turns it back.
 */
export async function findByPasskey(
  tx: Tx,
  { origin, keys }: Bearings,
  purpose: string,
  now: Date,
  answer: string,
): Promise<AccountId | undefined> {
  const response = parse(authentication, answer)
  if (!response) return undefined
  await actAs(tx, { role: 'public', key: response.id })
  const accounts = tx.withTables<AccountsTables>()
  const passkey = await accounts
    .selectFrom('accounts.passkey')
    .selectAll()
    .where('id', '=', response.id)
    .executeTakeFirst()
  const account = parseId<'account'>(passkey?.account_id ?? '')
  if (!passkey || !account) return undefined
  let challenge = ''
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: (presented) => {
      challenge = presented
      return isTicket(keys, purpose, now, presented)
    },
    expectedOrigin: origin.origin,
    expectedRPID: origin.hostname,
    credential: {
      id: passkey.id,
      publicKey: new Uint8Array(Buffer.from(passkey.public_key, 'base64url')),
      counter: passkey.counter,
    },
    requireUserVerification: true,
  }).catch(() => undefined)
  if (!verified?.verified || !(await spendTicket(tx, keys, challenge))) return undefined
  await actAs(tx, { role: 'public', account })
  await accounts
    .updateTable('accounts.passkey')
    .set({ counter: verified.authenticationInfo.newCounter, last_used_at: now })
    .where('id', '=', passkey.id)
    .execute()
  return account
}

export interface KeptPasskey {
  readonly id: string
  readonly createdAt: Date
  readonly lastUsedAt: Date | null
}

export async function listPasskeys(tx: Tx, account: AccountId): Promise<readonly KeptPasskey[]> {
  const rows = await tx
    .withTables<AccountsTables>()
    .selectFrom('accounts.passkey')
    .select(['id', 'created_at', 'last_used_at'])
    .where('account_id', '=', account)
    .orderBy('created_at')
    .execute()
  return rows.map((row) => ({ id: row.id, createdAt: row.created_at, lastUsedAt: row.last_used_at }))
}

const base64url = z.string().regex(/^[\w-]{1,8192}$/)
const transports = z.array(
  z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']).catch('internal'),
)
const credential = { id: base64url, rawId: base64url, type: z.literal('public-key') }
const registration = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: transports.default([]),
  }),
  clientExtensionResults: z.object({}).default({}),
})
const authentication = z.object({
  ...credential,
  response: z.object({ clientDataJSON: base64url, authenticatorData: base64url, signature: base64url }),
  clientExtensionResults: z.object({}).default({}),
})

function parse<T>(schema: z.ZodType<T>, answer: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(answer)).data
  } catch {
    return undefined
  }
}

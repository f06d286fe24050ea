import { isLocale, newId, parseId, parseStateCode, type StateCode } from '@parley/kernel'
import { sql } from 'kysely'
import type { Tx } from '../../platform/database/database.ts'
import { type AccessRequest, type RequestStatus, requestStatuses } from './access-request.ts'
import type { CommunityTables } from './tables.ts'

type NewRequest = Pick<
  AccessRequest,
  'state' | 'reference' | 'receivedAt' | 'missionEmail' | 'missionTelephone' | 'language'
>

export async function insertRequest(tx: Tx, request: NewRequest): Promise<AccessRequest['id']> {
  const id = newId<'access-request'>()
  await tx
    .withTables<CommunityTables>()
    .insertInto('community.access_request')
    .values({
      id,
      state: request.state,
      reference: request.reference,
      received_at: request.receivedAt,
      mission_email: request.missionEmail,
      mission_telephone: request.missionTelephone,
      language: request.language,
      status: 'received',
      verified_at: null,
      decided_at: null,
      reason: null,
    })
    .execute()
  return id
}

/** The requests of a State, the newest first: for the State itself and the manager. */
export async function listRequests(tx: Tx, state: StateCode): Promise<readonly AccessRequest[]> {
  const rows = await tx
    .withTables<CommunityTables>()
    .selectFrom('community.access_request')
    .selectAll()
    .where('state', '=', state)
    .orderBy('received_at', 'desc')
    .orderBy('id')
    .execute()
  return rows.map(readRequest)
}

/** One request of a State, by its id as it stands in an address. */
export async function findRequest(tx: Tx, state: StateCode, id: string): Promise<AccessRequest | undefined> {
  if (parseId(id) === undefined) return undefined
  const row = await tx
    .withTables<CommunityTables>()
    .selectFrom('community.access_request')
    .selectAll()
    .where('id', '=', id)
    .where('state', '=', state)
    .executeTakeFirst()
  return row && readRequest(row)
}

type RequestRow = CommunityTables['community.access_request']

/** What a step leaves in the request besides its status. */
export type StepTraces = Partial<Pick<RequestRow, 'verified_at' | 'decided_at' | 'reason'>>

/** Writes a decision, unless somebody else decided since the request was read; whether it was written. */
export async function updateRequest(
  tx: Tx,
  request: AccessRequest,
  status: RequestStatus,
  traces: StepTraces,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .withTables<CommunityTables>()
    .updateTable('community.access_request')
    .set({ ...traces, status })
    .where('id', '=', request.id)
    .where('status', '=', request.status)
    .executeTakeFirst()
  return Number(numUpdatedRows) === 1
}

function readRequest(row: RequestRow): AccessRequest {
  const id = parseId<'access-request'>(row.id)
  const state = parseStateCode(row.state)
  const status = requestStatuses.find((each) => each === row.status)
  if (!id || !state || !status) throw new Error('An access request of a shape that was never written')
  return {
    id,
    state,
    status,
    reference: row.reference,
    receivedAt: row.received_at,
    missionEmail: row.mission_email,
    missionTelephone: row.mission_telephone,
    language: isLocale(row.language) ? row.language : 'en',
    verifiedAt: row.verified_at ?? undefined,
    decidedAt: row.decided_at ?? undefined,
    reason: row.reason ?? undefined,
  }
}

/** How many requests wait for the manager. */
export async function countOpenRequests(tx: Tx): Promise<number> {
  const { open } = await tx
    .withTables<CommunityTables>()
    .selectFrom('community.access_request')
    .select(sql<number>`count(*)::int`.as('open'))
    .where('status', 'in', ['received', 'verified'])
    .executeTakeFirstOrThrow()
  return open
}

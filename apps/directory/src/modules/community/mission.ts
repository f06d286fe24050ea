import { isLocale, type Locale, type StateCode } from '@parley/kernel'
import type { Tx } from '../../platform/database/database.ts'
import type { CommunityTables } from './tables.ts'

/** How a State's Permanent Mission is reached. */
export interface Mission {
  readonly email: string
  readonly telephone: string | undefined
  /** The language in which it is written to. */
  readonly language: Locale
}

/** Whom to contact in a State if its POCs do not answer (A/78/265, Annex A, 8). */
export interface CompetentAuthority {
  readonly name: string
  readonly email: string | undefined
  readonly telephone: string | undefined
}

/** The Mission of a State: for the State itself, the manager and the worker; absent before access was issued. */
export async function findMission(tx: Tx, state: StateCode): Promise<Mission | undefined> {
  const row = await tx
    .withTables<CommunityTables>()
    .selectFrom('community.mission')
    .selectAll()
    .where('state', '=', state)
    .executeTakeFirst()
  if (!row) return undefined
  const language = isLocale(row.language) ? row.language : 'en'
  return { email: row.email, telephone: row.telephone ?? undefined, language }
}

export async function saveMission(tx: Tx, state: StateCode, mission: Mission): Promise<void> {
  const { email, telephone = null, language } = mission
  await tx
    .withTables<CommunityTables>()
    .insertInto('community.mission')
    .values({ state, email, telephone, language })
    .onConflict((conflict) => conflict.column('state').doUpdateSet({ email, telephone, language }))
    .execute()
}

/** The competent authority that a State named, if it did: for the State itself, the manager and the worker. */
export async function findCompetentAuthority(
  tx: Tx,
  state: StateCode,
): Promise<CompetentAuthority | undefined> {
  const row = await tx
    .withTables<CommunityTables>()
    .selectFrom('community.competent_authority')
    .selectAll()
    .where('state', '=', state)
    .executeTakeFirst()
  return row && { name: row.name, email: row.email ?? undefined, telephone: row.telephone ?? undefined }
}

/** Names the competent authority, or takes it back when there is none to name. */
export async function saveCompetentAuthority(
  tx: Tx,
  state: StateCode,
  authority: CompetentAuthority | undefined,
): Promise<void> {
  const community = tx.withTables<CommunityTables>()
  await community.deleteFrom('community.competent_authority').where('state', '=', state).execute()
  if (!authority) return
  const { name, email = null, telephone = null } = authority
  await community
    .insertInto('community.competent_authority')
    .values({ state, name, email, telephone })
    .execute()
}

import { sql } from 'kysely'
import type { Engine } from './database.ts'

interface LoginRole {
  readonly superuser: boolean
  readonly bypassesPolicies: boolean
  readonly ownsTables: boolean
  readonly inherits: boolean
}

/**
 * What is wrong with the login role of the application on PostgreSQL: row-level security protects States from each
 * other only if this role cannot step around it. Ask after the migrations; the embedded database has no logins.
 */
export async function findLoginProblems(engine: Engine): Promise<string[]> {
  if (engine.kind === 'embedded') return []
  const { rows } = await sql<LoginRole>`
    select rolsuper as superuser, rolbypassrls as "bypassesPolicies",
      exists (select from pg_class join pg_namespace on pg_namespace.oid = relnamespace
        where nspname in (select module from platform.migration union select 'platform')
          and pg_has_role(session_user, relowner, 'member')) as "ownsTables",
      exists (select from pg_roles as parley
        where parley.rolname in ('parley_public', 'parley_participant', 'parley_auditor', 'parley_manager', 'parley_worker')
          and pg_has_role(session_user, parley.oid, 'usage')) as inherits
    from pg_roles where rolname = session_user`.execute(engine.queries)
  const [role] = rows
  if (!role) return ['DATABASE_URL: the login role is not found']
  const problems: string[] = []
  if (role.superuser) problems.push('DATABASE_URL: the login role is a superuser')
  if (role.bypassesPolicies) problems.push('DATABASE_URL: the login role bypasses row-level security')
  if (role.ownsTables)
    problems.push('DATABASE_URL: the login role owns the tables, or is a member of the role that does')
  if (role.inherits)
    problems.push('DATABASE_URL: the login role inherits the roles parley_*; create it with NOINHERIT')
  return problems
}

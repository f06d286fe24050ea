import type { MigrationFolder } from './database/migrate.ts'

/** The platform's own tables come before those of any module. */
export const platformMigrations: readonly MigrationFolder[] = [
  { name: 'platform', folder: new URL('database/migrations/', import.meta.url) },
  { name: 'history', folder: new URL('history/migrations/', import.meta.url) },
  { name: 'dual_control', folder: new URL('dual-control/migrations/', import.meta.url) },
  { name: 'outbox', folder: new URL('outbox/migrations/', import.meta.url) },
]

import type { Tx } from './database.ts'

type SettingTables = { 'platform.setting': { name: string; value: string } }

const mark = { name: 'community', value: 'demonstration' }

/** RULE-11: says once and for ever that this database holds fictional States. Needs the worker's role. */
export async function markDemonstration(tx: Tx): Promise<void> {
  await tx
    .withTables<SettingTables>()
    .insertInto('platform.setting')
    .values(mark)
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
}

/** Whether this database is a demonstration's; real operation refuses it. Needs the worker's role. */
export async function isDemonstration(tx: Tx): Promise<boolean> {
  const found = await tx
    .withTables<SettingTables>()
    .selectFrom('platform.setting')
    .select('value')
    .where('name', '=', mark.name)
    .executeTakeFirst()
  return found?.value === mark.value
}

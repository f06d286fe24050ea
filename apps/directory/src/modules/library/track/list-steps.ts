import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../platform/database/database.ts'
import type { Carrier } from './carriers.ts'
import type { TrackedStep } from './tracked-step.ts'

/** OEW-16: every step of what was adopted, the latest document first; each once, whatever languages it is there in. */
export async function listSteps(tx: Tx, locale: string): Promise<readonly TrackedStep[]> {
  const { rows } = await steps(locale, sql`true`).execute(tx)
  return rows
}

/** The step at a whole address: symbol and place. */
export async function findStep(tx: Tx, locale: string, address: string): Promise<TrackedStep | undefined> {
  // No text of the database holds the character null.
  if (address.includes('\0')) return undefined
  const { rows } = await steps(locale, sql`document.symbol || '/' || node.address = ${address}`).execute(tx)
  return rows[0]
}

/** What paragraphs say, by their place in `steps`. */
export async function readTexts(
  tx: Tx,
  wanted: readonly Pick<TrackedStep, 'document' | 'position'>[],
): Promise<ReadonlyMap<string, string>> {
  if (wanted.length === 0) return new Map()
  const pairs = sql.join(wanted.map(({ document, position }) => sql`(${document}::uuid, ${position}::int)`))
  const { rows } = await sql<{ document: string; position: number; text: string }>`
    select document, position, text from library.node where (document, position) in (${pairs})`.execute(tx)
  return new Map(rows.map((row) => [keyOf(row), row.text]))
}

export function keyOf({ document, position }: Pick<TrackedStep, 'document' | 'position'>): string {
  return `${document} ${position}`
}

/** Every paragraph that says which step of an earlier document it carries on. */
export async function listCarriers(tx: Tx): Promise<readonly Carrier[]> {
  const { rows } = await sql<Carrier>`
    select document.symbol || '/' || node.address as by, carried.symbol, carried.section, carried.step
    from library.carried_step as carried
    join library.document on document.id = carried.document
    join library.node on node.document = carried.document and node.position = carried.position
    order by document.symbol, carried.ordinal`.execute(tx)
  return rows
}

function steps(locale: string, where: RawBuilder<unknown>): RawBuilder<TrackedStep> {
  return sql<TrackedStep>`
    with shown as (
      select distinct on (symbol) id, symbol, language, dated, (damage->>'isDamaged')::boolean as damaged
      from library.document
      where kind <> 'draft-resolution'
      order by symbol, (language = ${locale}) desc, language
    )
    select step.document, step.position, document.symbol, document.language, document.damaged as "isDamaged",
      node.address, node.label, step.kind, step.section, step.acts, step.sessions, step.dates,
      coalesce(followed.state, 'open') as state, followed.evidence, followed.changed_at as "changedAt"
    from library.step
    join shown as document on document.id = step.document
    join library.node on node.document = step.document and node.position = step.position
    left join library.step_state as followed on followed.symbol = document.symbol and followed.address = node.address
    where ${where}
    order by document.dated desc nulls last, document.symbol, step.position`
}

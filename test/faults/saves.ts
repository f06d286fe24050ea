import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '@parley/kernel'
import { sql } from 'kysely'
import { erasureFileIn, parseErasures } from '../../apps/directory/src/platform/history/erasure-file.ts'
import { readNotes } from './desk-folder.ts'
import type { Draw } from './draws.ts'
import { openDirectory } from './open-directory.ts'
import type { Orders } from './orders.ts'
import type { Supervised } from './supervise.ts'

const kinds = ['entry', 'document', 'erasure', 'note'] as const
type Kind = (typeof kinds)[number]

interface Saves {
  /** The ids that were confirmed. */
  readonly kept: ReadonlyMap<Kind, ReadonlySet<string>>
  /** Refused, or asked of somebody who did not live to answer. */
  unanswered(): number
  stop(): Promise<void>
}

/** Lets entries, documents and erasures be saved, and a Desk write lines, one after the other until stopped. */
export function openSaves({
  editor,
  desk,
  draw,
}: {
  readonly editor: Supervised
  readonly desk: Supervised
  readonly draw: Draw
}): Saves {
  const kept = new Map<Kind, Set<string>>(kinds.map((kind) => [kind, new Set()]))
  let unanswered = 0
  const stopping = new AbortController()
  const saving = async (who: Supervised, choose: () => Kind) => {
    while (!stopping.signal.aborted) {
      const [id, what] = [newId(), choose()]
      // Whoever is not there for long is asked again after all.
      const outcome = await Promise.race([who.ask({ id, what }), sleep(20_000, undefined, { ref: false })])
      if (outcome === 'kept') kept.get(what)?.add(id)
      else unanswered += 1
      await sleep(100 + draw(200))
    }
  }
  const edits = ['entry', 'document', 'erasure'] as const
  const working = Promise.all([
    ...[1, 2].map(() => saving(editor, () => edits[draw(edits.length)] ?? 'entry')),
    ...[1, 2].map(() => saving(desk, () => 'note')),
  ])
  return {
    kept,
    unanswered: () => unanswered,
    stop: async () => {
      stopping.abort()
      await working
    },
  }
}

/** What is there of what was saved, each time it is there. */
async function readSaved(
  orders: Orders,
  deskFolder: string,
): Promise<{ readonly found: ReadonlyMap<Kind, readonly string[]>; readonly breaks: number }> {
  const { directory } = await openDirectory(orders)
  try {
    const [entries, documents] = await directory.database.transaction({ role: 'worker' }, async (tx) => {
      const named = await sql<{ id: string }>`
        select substring(entity_name from 8) as id from directory.entry where entity_name like 'Office %-%'`.execute(
        tx,
      )
      const symbols = await sql<{ id: string }>`
        select substring(symbol from 9) as id from library.document where symbol like 'A/FAULT/%'`.execute(tx)
      return [named.rows, symbols.rows]
    })
    const erasures = parseErasures(readFileSync(erasureFileIn(orders.folder), 'utf8'))
    const { notes, breaks } = await readNotes(deskFolder)
    const found = new Map<Kind, readonly string[]>([
      ['entry', entries.map(({ id }) => id)],
      ['document', documents.map(({ id }) => id)],
      // Two workers on one machine may write the same line at the same moment: it erases once.
      ['erasure', [...new Set(erasures.map(({ subject }) => subject.replace('fault:', '')))]],
      ['note', notes],
    ])
    return { found, breaks }
  } finally {
    await directory.close()
  }
}

export interface SavesReconciled {
  readonly saved: Readonly<Record<Kind, number>>
  /** What was confirmed and is not there. */
  readonly gone: number
  /** What is there more often than once. */
  readonly doubled: number
  /** Places in the record of the Desk that do not hold. */
  readonly breaks: number
}

export async function reconcileSaves(
  orders: Orders,
  deskFolder: string,
  kept: Saves['kept'],
): Promise<SavesReconciled> {
  const { found, breaks } = await readSaved(orders, deskFolder)
  const countOf = (kind: Kind) => kept.get(kind)?.size ?? 0
  const per = kinds.map((kind) => {
    const there = found.get(kind) ?? []
    const ids = new Set(there)
    return {
      gone: [...(kept.get(kind) ?? [])].filter((id) => !ids.has(id)).length,
      doubled: there.length - ids.size,
    }
  })
  return {
    saved: {
      entry: countOf('entry'),
      document: countOf('document'),
      erasure: countOf('erasure'),
      note: countOf('note'),
    },
    gone: per.reduce((sum, { gone }) => sum + gone, 0),
    doubled: per.reduce((sum, { doubled }) => sum + doubled, 0),
    breaks,
  }
}

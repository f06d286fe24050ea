import { readRecord } from '../../apps/desk/src/record/open-record.ts'
import { unwrapStore } from '../../apps/desk/src/open-store.ts'
import { parseLine } from '../../apps/desk/src/record/events.ts'

export interface DeskOrders {
  readonly folder: string
}

export const clerk = { name: 'Amal Haddad', passphrase: 'seven lanterns over the quay' }

/** What the notes of a Desk's record say, read from its folder, also while it runs; `breaks` are places that do not hold. */
export async function readNotes(
  folder: string,
): Promise<{ readonly notes: readonly string[]; readonly breaks: number }> {
  const found = await unwrapStore(folder, clerk, 'record')
  if (!found) throw new Error('a Desk that does not open')
  const { lines, breaks } = await readRecord(found.folder, found.key)
  const notes = lines.flatMap(({ n, plain }) => {
    const line = parseLine(n, plain)
    return line.known && line.what === 'note.written' ? [line.content.text] : []
  })
  return { notes, breaks: breaks.length }
}

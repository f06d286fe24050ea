import type { Entry } from '../src/modules/directory/index.ts'
import { type ListFormat, writeList } from '../src/modules/directory/list-file.ts'

const words = { stateName: 'Sahiliya', kindName: 'Technical POC' }

/** A list of entries as it goes out, whole. */
export async function listText(format: ListFormat, entries: readonly Entry[]): Promise<string> {
  const parts: string[] = []
  for await (const part of writeList(format, asPages(entries), () => words)) parts.push(part)
  return parts.join('')
}

async function* asPages(entries: readonly Entry[]): AsyncIterable<readonly Entry[]> {
  // Two pages, so that what stands between entries is asked for.
  yield entries.slice(0, 1)
  yield entries.slice(1)
}

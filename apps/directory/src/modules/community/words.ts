import { existsSync } from 'node:fs'
import { type Locale, locales } from '@parley/kernel'
import type { Words } from '@parley/web'
import { z } from 'zod'
import { readJson } from './profile.ts'
import { refuseProblems } from './wrong-profile.ts'

/** Sentences that a community says in its own words, by the name of the room that says them. */
export type WordsOfRooms = ReadonlyMap<string, Words>

const schema = z.record(
  z.string(),
  z.record(z.string(), z.union([z.string(), z.looseObject({ other: z.string() }).catchall(z.string())])),
)

/** Reads `locales/<language>.json` of a profile's folder, where there is one. */
export function readWords(folder: URL, id: string): WordsOfRooms {
  const byRoom = new Map<string, Words>()
  for (const locale of locales) {
    for (const [room, messages] of Object.entries(readFile(folder, id, locale)))
      byRoom.set(room, { ...byRoom.get(room), [locale]: messages })
  }
  return byRoom
}

function readFile(folder: URL, id: string, locale: Locale): z.output<typeof schema> {
  const file = new URL(`locales/${locale}.json`, folder)
  if (!existsSync(file)) return {}
  const inFile = (problem: string) => `${id}/locales/${locale}.json: ${problem}`
  const read = schema.safeParse(readJson(file, inFile))
  if (read.success) return read.data
  refuseProblems(read.error.issues.map(({ path, message }) => inFile(`${path.join('.')}: ${message}`)))
  return {}
}

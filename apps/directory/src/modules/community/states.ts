import { readFileSync } from 'node:fs'
import { isLocale, type Locale, parseStateCode, type StateCode } from '@parley/kernel'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { type Names, namesIn } from './profile.ts'

/** A member of the community. Names come from its file and nowhere else. */
export interface State {
  readonly code: StateCode
  readonly iso3: string
  readonly status: 'member' | 'observer'
  readonly group: string
  readonly names: Names
  /** A first guess at the Mission's language, which the Mission changes. */
  readonly missionLanguage: Locale
  /** For matching what a person types; never shown. */
  readonly aliases: readonly string[]
  readonly fictional: boolean
}

export interface Organization {
  readonly code: string
  readonly names: Names
  readonly members: ReadonlySet<string>
  readonly keepsDirectory: boolean
}

const row = z.record(z.string(), z.string())

const stateRow = z.looseObject({
  iso2: z.string(),
  iso3: z.string(),
  status: z.enum(['member', 'observer']),
  regional_group: z.string(),
  mission_language: z.string(),
  aliases: z.string(),
})

export function readStates(file: URL, fictional: boolean): readonly State[] {
  return readRows(file).map((cells) => {
    const state = stateRow.parse(cells)
    const code = parseStateCode(state.iso2)
    if (!code) throw new Error(`${state.iso2} is not a State code`)
    return {
      code,
      iso3: state.iso3,
      status: state.status,
      group: state.regional_group,
      names: namesOf(cells),
      missionLanguage: isLocale(state.mission_language) ? state.mission_language : 'en',
      aliases: state.aliases.split(';').filter(Boolean),
      fictional,
    }
  })
}

export function readOrganizations(file: URL): readonly Organization[] {
  return readRows(file).map((cells) => ({
    code: cells['code'] ?? '',
    names: namesOf(cells),
    members: new Set((cells['members'] ?? '').split(';')),
    keepsDirectory: cells['keeps_poc_directory'] === 'yes',
  }))
}

function readRows(file: URL): readonly Readonly<Record<string, string>>[] {
  return z.array(row).parse(parse(readFileSync(file), { columns: true, bom: true, skip_empty_lines: true }))
}

function namesOf(cells: Readonly<Record<string, string>>): Names {
  return namesIn((locale) => {
    const name = cells[`name_${locale}`]
    if (!name) throw new Error(`A name in ${locale} is missing beside ${cells['name_en']}`)
    return name
  })
}

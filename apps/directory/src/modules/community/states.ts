import { existsSync, readFileSync } from 'node:fs'
import { languageAmong, type Languages, type Locale, parseStateCode, type StateCode } from '@parley/kernel'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { type Names, namesIn } from './names.ts'
import type { Profile } from './profile.ts'
import { refuseProblems } from './wrong-profile.ts'

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

/** A group that a member belongs to none of. */
export const noGroup = 'none'

type Cells = Readonly<Record<string, string>>

/** Reads `members.csv`. Throws `WrongProfile` with one line per row that is wrong. */
export function readStates(file: URL, profile: Profile, fictional: boolean): readonly State[] {
  const rows = readRows(file, 'iso2')
  const codes = rows.map(({ iso2 }) => iso2)
  refuseProblems(
    rows.flatMap((cells, position) => [
      ...problemsOf(cells, profile).map(inLine(file, position)),
      ...(codes.indexOf(cells['iso2']) === position
        ? []
        : [inLine(file, position)(`iso2: ${cells['iso2']} stands there twice`)]),
    ]),
  )
  return rows.flatMap((cells) => {
    const code = parseStateCode(cells['iso2'] ?? '')
    if (!code) return []
    return {
      code,
      iso3: cells['iso3'] ?? '',
      status: cells['status'] === 'observer' ? 'observer' : 'member',
      group: cells['regional_group'] ?? noGroup,
      names: namesOf(cells, profile.languages),
      missionLanguage: languageAmong(profile.languages, cells['mission_language']),
      aliases: (cells['aliases'] ?? '').split(';').filter(Boolean),
      fictional,
    }
  })
}

/** A community without regional organizations has no such file. */
export function readOrganizations(file: URL, { languages }: Profile): readonly Organization[] {
  if (!existsSync(file)) return []
  const rows = readRows(file, 'code')
  refuseProblems(rows.flatMap((cells, position) => unnamed(cells, languages).map(inLine(file, position))))
  return rows.map((cells) => ({
    code: cells['code'] ?? '',
    names: namesOf(cells, languages),
    members: new Set((cells['members'] ?? '').split(';')),
    keepsDirectory: cells['keeps_poc_directory'] === 'yes',
  }))
}

function problemsOf(cells: Cells, { groups, languages }: Profile): readonly string[] {
  const { iso2 = '', status = '', regional_group: group = '' } = cells
  return [
    ...(parseStateCode(iso2) ? [] : [`iso2: «${iso2}» is not two capital letters`]),
    ...(['member', 'observer'].includes(status)
      ? []
      : [`status: «${status}» is neither member nor observer`]),
    ...([noGroup, ...groups.map(({ id }) => id)].includes(group)
      ? []
      : [`regional_group: «${group}» is not among the groups of profile.json`]),
    ...unnamed(cells, languages),
  ]
}

function unnamed(cells: Cells, languages: Languages): readonly string[] {
  return languages.filter((locale) => !cells[`name_${locale}`]).map((locale) => `name_${locale}: is empty`)
}

function inLine(file: URL, position: number): (problem: string) => string {
  // The first line has the names of the columns.
  return (problem) => `${nameOf(file)}, line ${position + 2}: ${problem}`
}

function nameOf(file: URL): string {
  return file.pathname.split('/').slice(-2).join('/')
}

function readRows(file: URL, first: string): readonly Cells[] {
  try {
    const text = readFileSync(file)
    const rows = z
      .array(z.record(z.string(), z.string()))
      .parse(parse(text, { columns: true, bom: true, skip_empty_lines: true }))
    refuseProblems(rows.every((cells) => first in cells) ? [] : [`${nameOf(file)}: no column ${first}`])
    return rows
  } catch (fault) {
    if (fault instanceof Error && 'problems' in fault) throw fault
    refuseProblems([`${nameOf(file)}: ${fault instanceof Error ? fault.message : 'cannot be read'}`])
    return []
  }
}

function namesOf(cells: Cells, languages: Languages): Names {
  return namesIn((locale) => cells[`name_${locale}`] ?? cells[`name_${languages[0]}`] ?? '')
}

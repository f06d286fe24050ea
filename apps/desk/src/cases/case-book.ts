import type { Line } from '../record/events.ts'
import type { Case } from './case.ts'
import { foldCase } from './fold.ts'
import { fits, searchText, wordsIn } from './search.ts'

/** The cases of a record, kept in step with its lines. */
export interface CaseBook {
  /** Every case, in the order in which they were opened. */
  all(): Iterable<Case>
  find(id: string): Case | undefined
  /** Lines that belong to no case that this version knows. */
  loose(): readonly Line[]
  /** Cases in which every word that was typed stands, those first in which something happened last. */
  search(typed: string): readonly Case[]
  /** Makes the texts that searches compare for so many cases more; whether any are left. */
  prepareSearch(count: number): boolean
  /** As when the Desk is locked. */
  forget(): void
}

export function openCaseBook(linesOf: () => readonly Line[]): CaseBook {
  const linesByCase = new Map<string, Line[]>()
  const cases = new Map<string, Case>()
  const searched = new Map<string, string>()
  let loose: Line[] = []
  let seen = 0

  const follow = (): void => {
    const lines = linesOf()
    if (lines.length === seen) return
    const touched = new Set<string>()
    for (const line of lines.slice(seen)) {
      if (line.case === undefined) {
        loose.push(line)
        continue
      }
      touched.add(line.case)
      const known = linesByCase.get(line.case) ?? []
      linesByCase.set(line.case, known)
      known.push(line)
      const filed = mailFiledBy(line)
      if (filed) known.push(filed)
      if (filed) known.sort((one, other) => one.n - other.n)
    }
    seen = lines.length
    for (const id of touched) {
      const folded = foldCase(id, linesByCase.get(id) ?? [])
      searched.delete(id)
      if (folded) cases.set(id, folded)
    }
  }

  /** A mail that came in without a case belongs to the one that it was put into. */
  const mailFiledBy = (line: Line): Line | undefined => {
    if (!line.known || line.what !== 'mail.filed') return undefined
    const at = loose.findIndex(({ n, what }) => n === line.content.line && what === 'message.received')
    return at === -1 ? undefined : loose.splice(at, 1)[0]
  }

  const textOf = (each: Case): string => {
    const known = searched.get(each.id)
    if (known !== undefined) return known
    const text = searchText(each)
    searched.set(each.id, text)
    return text
  }

  return {
    all: () => {
      follow()
      return cases.values()
    },
    find: (id) => {
      follow()
      return cases.get(id)
    },
    loose: () => {
      follow()
      const unopened = [...linesByCase].flatMap(([id, lines]) => (cases.has(id) ? [] : lines))
      return [...loose, ...unopened].sort((one, other) => one.n - other.n)
    },
    search: (typed) => {
      follow()
      const words = wordsIn(typed)
      if (words.length === 0) return []
      return [...cases.values()]
        .filter((each) => fits(textOf(each), words))
        .sort((one, other) => other.lastAt.getTime() - one.lastAt.getTime())
    },
    prepareSearch: (count) => {
      follow()
      let left = count
      for (const each of cases.values()) {
        if (searched.has(each.id)) continue
        if (left === 0) return true
        textOf(each)
        left -= 1
      }
      return false
    },
    forget: () => {
      linesByCase.clear()
      cases.clear()
      searched.clear()
      loose = []
      seen = 0
    },
  }
}

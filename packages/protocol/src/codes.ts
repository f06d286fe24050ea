import { codeListFiles } from './data.ts'
import type { Code } from './shapes.ts'

const lists = new Map(codeListFiles.map(({ list, codes }) => [list, codes]))

/** The codes of a list in the order in which they are offered; none where there is no such list. */
export function listCodes(list: string): readonly Code[] {
  return lists.get(list) ?? []
}

export function code(list: string, code: string): Code | undefined {
  return listCodes(list).find((each) => each.code === code)
}

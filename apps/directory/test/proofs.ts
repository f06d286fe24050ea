import { existsSync, readFileSync } from 'node:fs'

const root = new URL('../../../', import.meta.url)

export function readDocument(path: string): string {
  return readFileSync(new URL(path, root), 'utf8')
}

interface Proofs {
  readonly count: number
  /** What is named and is not there. */
  readonly problems: readonly string[]
}

/** Proofs stand as `file`, `file#function` or `file`: “title of a test”. */
export function proofsIn(words: string): Proofs {
  const proofs = [...words.matchAll(/`([\w./-]+\.(?:ts|md))(?:#(\w+))?`(?:: “([^”]+)”)?/g)]
  const problems = proofs.flatMap(([, path = '', name, title]) => {
    if (!existsSync(new URL(path, root))) return [`no file ${path}`]
    if (title !== undefined && !names(path, title)) return [`no test “${title}” in ${path}`]
    if (name !== undefined && !new RegExp(`(function|const|class) ${name}\\b`).test(readDocument(path)))
      return [`no function ${name} in ${path}`]
    return []
  })
  return { count: proofs.length, problems }
}

function names(path: string, title: string): boolean {
  return ["'", '"', '`'].some((quote) => readDocument(path).includes(`${quote}${title}${quote}`))
}

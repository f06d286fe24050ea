import { locales, ok, refuse, type Result } from '@parley/kernel'
import { z } from 'zod'
import { documentKinds, type Manifest } from '../structured-document.ts'

/** Longest of a symbol: no document bears half of it. */
const longest = 100
const symbol = z
  .string()
  .max(longest)
  .regex(/^[A-Z][A-Za-z0-9.]*(?:\/[A-Za-z0-9.()-]+(?: [A-Za-z0-9.()-]+)*)+$/)

export const toldOfDocument = {
  symbol,
  language: z.enum(locales),
  kind: z.enum(documentKinds),
  dated: z.iso.date().exactOptional(),
  becameSymbol: symbol.exactOptional(),
}
const document = z.strictObject({ file: z.string().min(1), ...toldOfDocument })

const manifestFile = z.strictObject({ documents: z.array(document).min(1) })

/** Which sentence a fault of one field has; the others share one that names the place. */
const codes: ReadonlyMap<PropertyKey | undefined, string> = new Map([
  ['language', 'library/manifest-language'],
  ['symbol', 'library/manifest-symbol'],
  ['becameSymbol', 'library/manifest-symbol'],
  ['kind', 'library/manifest-kind'],
  ['dated', 'library/manifest-date'],
])

/** What a manifest tells of each file. Every file that came must be in it, and nothing else. */
export function readManifest(json: string, files: readonly string[]): Result<ReadonlyMap<string, Manifest>> {
  const value = parseJson(json)
  if (value === undefined) return refuse({ code: 'library/manifest-not-json', kind: 'invalid' })
  const parsed = manifestFile.safeParse(value)
  if (!parsed.success) return refused(parsed.error.issues[0]?.path ?? [])
  const byFile = new Map<string, Manifest>()
  const byVersion = new Map<string, string>()
  for (const { file, ...manifest } of parsed.data.documents) {
    if (!files.includes(file)) return aboutFile('library/manifest-unknown-file', file)
    if (byFile.has(file)) return aboutFile('library/manifest-file-twice', file)
    const version = `${manifest.symbol} ${manifest.language}`
    const other = byVersion.get(version)
    if (other !== undefined) {
      return refuse({
        code: 'library/manifest-version-twice',
        kind: 'conflict',
        values: { file, other, symbol: manifest.symbol },
      })
    }
    byFile.set(file, manifest)
    byVersion.set(version, file)
  }
  const untold = files.find((file) => !byFile.has(file))
  return untold === undefined ? ok(byFile) : aboutFile('library/manifest-untold-file', untold)
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** `place` counts as people do: the first document is 1. */
function refused(path: readonly PropertyKey[]): Result<never> {
  const place = path.map((each) => (typeof each === 'number' ? each + 1 : String(each))).join(' / ')
  const code = codes.get(path[2]) ?? 'library/manifest-shape'
  return refuse({ code, kind: 'invalid', values: { place: place === '' ? 'documents' : place } })
}

function aboutFile(code: string, file: string): Result<never> {
  return refuse({ code, kind: 'invalid', values: { file } })
}

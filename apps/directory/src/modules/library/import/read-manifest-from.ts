import { ok, refuse, type Result } from '@parley/kernel'
import type { Manifest, StructuredDocument } from '../structured-document.ts'
import { excerptOf } from '../recognise/excerpt.ts'
import {
  type CoverLine,
  coverOf,
  readDated,
  readKind,
  readResolutionNumber,
  readSymbolAlone,
} from './read-cover.ts'
import { readLanguage } from './read-language.ts'

type Doubts = StructuredDocument['doubts']

export interface ReadManifest {
  readonly manifest: Manifest
  readonly doubts: Doubts
}

/** CAP-12: what a document says of itself; what was told with it stands above that. */
export function readManifestFrom(
  source: string,
  file: string,
  told: Partial<Manifest> = {},
): Result<ReadManifest> {
  const cover = coverOf(source)
  const seems = readLanguage(source)
  const language = told.language ?? seems?.language
  if (language === undefined) return refuse({ code: 'library/no-text', kind: 'invalid', values: { file } })
  const readsAs = readKind(cover)
  const kind = told.kind ?? readsAs ?? 'other'
  const dated = told.dated ?? readDated(cover, kind, language)
  const number = kind === 'resolution' ? readResolutionNumber(cover, dated, language) : undefined
  const own = number ?? readSymbolAlone(source, cover)
  const symbol = told.symbol ?? own?.symbol
  if (symbol === undefined)
    return refuse({ code: 'library/untold-symbol', kind: 'invalid', values: { file } })
  const differs = seems !== undefined && seems.language !== language
  const doubts = [
    ...doubt(told.symbol === undefined && own?.isUnsure, 'library/doubt-symbol', own),
    ...doubt(differs, 'library/doubt-other-language', cover[0]),
    ...doubt(told.language === undefined && seems?.isUnsure, 'library/doubt-language', cover[0]),
    ...doubt(told.kind === undefined && readsAs === undefined, 'library/doubt-kind', cover[0]),
    ...doubt(dated === undefined, 'library/doubt-date', cover[0]),
  ]
  return ok({ manifest: { ...told, symbol, language, kind, ...(dated !== undefined && { dated }) }, doubts })
}

function doubt(is: boolean | undefined, code: string, line: CoverLine | undefined): Doubts {
  return is === true ? [{ code, at: line?.at ?? 0, printed: excerptOf(line?.text ?? '') }] : []
}

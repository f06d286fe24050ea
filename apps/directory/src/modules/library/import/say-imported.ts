import type { Refusal } from '@parley/kernel'
import { sentence } from '@parley/web'
import { text } from '../locales/index.ts'
import { countKinds } from './count-kinds.ts'
import type { ImportedFile } from './import-documents.ts'

/** For an operator, in English: what was recognised in a file, what is doubtful, what is damaged. */
export function linesOfImported({ file, result }: ImportedFile): readonly string[] {
  if (!result.ok) return [`${file}: not read. ${refusalInEnglish(result.refusal)}`]
  const { manifest, remarks, becomes } = result.value
  const { symbol, language, kind, dated = 'no date', becameSymbol } = manifest
  const { document, citations } = result.value.recognise()
  const { damage, doubts } = document
  const told = [
    symbol,
    language,
    kind,
    dated,
    ...(becameSymbol === undefined ? [] : [`became ${becameSymbol}`]),
  ]
  const counts = countKinds(document.nodes).map(({ kind: each, count }) => `${each} ${count}`)
  const symbols = new Set(citations.map((each) => each.symbol)).size
  return [
    `${file}: ${told.join(', ')}: ${becomes}`,
    `  ${counts.join(', ')}`,
    `  ${citations.length} citations of ${symbols} symbols`,
    ...(damage.isDamaged
      ? [`  extraction damaged: ${Math.round(damage.share * 100)} % of ${damage.words} words`]
      : []),
    ...doubts.map(
      ({ code, at, printed }) => `  doubt, at ${at}: ${inEnglish(code, { printed: visible(printed) })}`,
    ),
    ...remarks.map(({ code, at, count }) => `  remark, first at ${at}: ${inEnglish(code, { count })}`),
  ]
}

export function refusalInEnglish({ code, values }: Refusal): string {
  return inEnglish(code, values)
}

function inEnglish(code: string, values: Refusal['values']): string {
  return sentence({ locale: 'en', texts: [text] }, code, values)
}

/** A terminal would obey them: controls, and marks of direction. */
function visible(printed: string): string {
  return printed.replace(
    /[\p{Cc}\p{Cf}]/gu,
    (sign) => `<U+${sign.codePointAt(0)?.toString(16).padStart(4, '0')}>`,
  )
}

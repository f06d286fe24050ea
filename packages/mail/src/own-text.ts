import { endings, openings, senderLabels, sentLabels, signatures } from './quote-marks.ts'

/**
 * What the writer added to a mail: `text` without quoted lines, the line that opens a quote, forwarded or
 * original messages below, and the signature. Empty when nothing was added.
 */
export function ownTextOf(text: string): string {
  const lines = withoutArmor(text).split('\n').slice(0, mostLines)
  const own: string[] = []
  for (let at = 0; at < lines.length; at += 1) {
    const line = plain(lines[at] ?? '')
    if (isQuoted(line)) continue
    const opening = openingAt(lines, at)
    if (opening > 0) {
      // A marked quote may be followed by more of the writer's own; an unmarked one runs to the end.
      if (!isQuoted(plain(nextFilled(lines, at + opening)))) break
      at += opening - 1
      continue
    }
    if (endsOwnText(lines, at, line)) break
    if (!signatures.some((pattern) => pattern.test(line))) own.push((lines[at] ?? '').trimEnd())
  }
  return own
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** An OpenPGP message signed in the text: the text that was signed, its dashes undone (RFC 9580, 7.2). */
function withoutArmor(text: string): string {
  const [before = '', ...signed] = text.split(/^-----BEGIN PGP SIGNED MESSAGE-----\n/m)
  const [first, ...others] = signed
  if (first === undefined) return text
  const [body = ''] = [first, ...others].join('\n').split(/^-----BEGIN PGP SIGNATURE-----$/m)
  return before + body.slice(body.indexOf('\n\n') + 2).replace(/^- /gm, '')
}

const mostLines = 5_000
const longestLine = 500

/** The line as the patterns know it: no direction marks, plain spaces, `*bold*` undone, of bounded length. */
function plain(line: string): string {
  return line
    .slice(0, longestLine)
    .replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .replace(/[\s\u00a0\u202f]+/g, ' ')
    .replace(/\*/g, '')
    .trim()
}

function isQuoted(line: string): boolean {
  return /^[>|＞]/.test(line)
}

/** How many lines from `at` make up "On … wrote:" (mail programs fold it); 0 if none begins here. */
function openingAt(lines: readonly string[], at: number): number {
  const unfolded = [0, 1, 2].map((ahead) => plain(lines[at + ahead] ?? ''))
  const end = unfolded.findIndex((line) => line === '' || isQuoted(line))
  const window = end === -1 ? unfolded : unfolded.slice(0, end)
  const isOpening = (from: number, to: number) => {
    const joined = window.slice(from, to).join(' ')
    return openings.some((pattern) => pattern.test(joined))
  }
  const taken = [1, 2, 3].find((count) => count <= window.length && isOpening(0, count)) ?? 0
  // What also opens a quote without its first line has the writer's own words in that line.
  return taken > 1 && isOpening(1, taken) ? 0 : taken
}

function endsOwnText(lines: readonly string[], at: number, line: string): boolean {
  if (endings.some((pattern) => pattern.test(line))) return true
  if (!senderLabels.test(line)) return false
  return lines.slice(at + 1, at + 6).some((below) => sentLabels.test(plain(below)))
}

function nextFilled(lines: readonly string[], from: number): string {
  return lines.slice(from, from + 4).find((line) => line.trim() !== '') ?? ''
}

// What people typed, as it stands in the text of a message. Each of its lines begins with a bar, so that nothing
// typed can pass for a heading, a reservation or the end of the message, also where a mail program folds lines.

const firstStrong = '\u2068'
const endOfIsolate = '\u2069'
const isolates = /[\u2066-\u2069]/gu

/** Columns of a line of typed text without its bar; a letter of an East Asian script takes two. */
const widest = 72

/**
 * The lines of a typed value. `| ` begins a line as it was typed; `¦` one that went on, whatever stood at the fold.
 * Taking these away and joining what went on gives back what was typed, to the character.
 */
export function writtenLines(value: string, mixed: boolean): readonly string[] {
  return value.split('\n').flatMap((line) => {
    const [first = '', ...rest] = foldLine(line)
    return [
      first === '' ? '|' : `| ${apart(first, mixed)}`,
      ...rest.map((piece) => `¦${apart(piece, mixed)}`),
    ]
  })
}

/**
 * The text in an isolate of its own (UAX 9), where it or what stands around it runs from right to left: whatever
 * directional controls are in it, it cannot reorder anything outside.
 */
export function apart(text: string, mixed: boolean): string {
  if (!mixed && !rightToLeft.test(text)) return text
  const { unopened, unclosed } = countIsolates(text)
  return firstStrong.repeat(1 + unopened) + text + endOfIsolate.repeat(1 + unclosed)
}

const rightToLeft =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}\p{Bidi_Control}]/u

function countIsolates(text: string): { readonly unopened: number; readonly unclosed: number } {
  let [unopened, unclosed] = [0, 0]
  for (const [control] of text.matchAll(isolates)) {
    if (control !== endOfIsolate) unclosed += 1
    else if (unclosed > 0) unclosed -= 1
    else unopened += 1
  }
  return { unopened, unclosed }
}

/** Pieces of at most the widest line, folded before a space; an unbroken run of ASCII (an address, a hash) stays whole. */
function foldLine(line: string): readonly string[] {
  const letters = Array.from(line)
  const pieces: string[] = []
  let start = 0
  while (start < letters.length) {
    const end = endOfPiece(letters, start)
    pieces.push(letters.slice(start, end).join(''))
    start = end
  }
  return pieces
}

function endOfPiece(letters: readonly string[], start: number): number {
  const full = fullAt(letters, start)
  if (full === letters.length) return full
  const space = letters.lastIndexOf(' ', full)
  if (space > start) return space
  const next = letters.indexOf(' ', start + 1)
  const run = letters.slice(start, next === -1 ? letters.length : next)
  return run.every((letter) => /^[ -~]$/.test(letter)) ? start + run.length : full
}

/** The first letter that does not fit on the line any more. */
function fullAt(letters: readonly string[], start: number): number {
  let columns = 0
  for (let at = start; at < letters.length; at += 1) {
    columns += widthOf(letters[at] ?? '')
    if (columns > widest) return at
  }
  return letters.length
}

function widthOf(letter: string): number {
  if (letter === '\t') return 8
  return (letter.codePointAt(0) ?? 0) >= 0x2e80 ? 2 : 1
}

/** Text as it is printed, put together from the blocks of a file: a block is a line, an empty line between two. */
export interface PrintedLines {
  /** Text of the line; blanks as the file has them where `isKept`. */
  readonly say: (text: string, isKept?: boolean) => void
  /** What stands before the next line that holds text. */
  readonly label: (text: string) => void
  /** Ends the line. */
  readonly end: () => void
  /** Ends the line and leaves an empty one. */
  readonly part: () => void
  readonly print: () => string
}

export function printedLines(): PrintedLines {
  const lines: string[] = []
  let line = ''
  let label = ''
  const end = () => {
    const told = line.replace(/^ +|[ \t]+$/g, '')
    if (told !== '') lines.push(`${label}${told}`)
    if (told !== '') label = ''
    line = ''
  }
  return {
    say: (text, isKept = false) => {
      const spaced = isKept ? text : text.replace(/[\t\n\f\r ]+/g, ' ')
      line += !isKept && /\s$/.test(line) ? spaced.replace(/^ /, '') : spaced
    },
    label: (text) => {
      end()
      label = text
    },
    end,
    part: () => {
      end()
      if (lines.length > 0 && lines.at(-1) !== '') lines.push('')
    },
    print: () => {
      end()
      return `${lines.join('\n').trimEnd()}\n`
    },
  }
}

const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** A number as it stands above the line: the mark of a footnote stays apart from the word before it. */
export function raise(digits: string): string {
  return digits.replace(/[0-9]/g, (digit) => raised.charAt(Number(digit)))
}

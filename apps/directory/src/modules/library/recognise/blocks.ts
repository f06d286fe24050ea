import type { Span } from '../structured-document.ts'

/** Lines that stand together: up to a blank line, or to a line that begins something of its own. */
export interface Block extends Span {
  /** Its lines as one, with single spaces. */
  readonly line: string
}

const printedLine = /([^\r\n]*)(\r\n|\n|\r|$)/gy

/**
 * Parts a source into blocks. Blank lines belong to the block before them, those at the top to the first, so that the
 * spans of the blocks in order are the source. `begins` tells of a line that it starts a block without a blank line before.
 */
export function partIntoBlocks(source: string, begins: (line: string) => boolean): readonly Block[] {
  const blocks: { start: number; end: number; line: string }[] = []
  let isOpen = false
  for (const [whole, printed = ''] of source.matchAll(printedLine)) {
    if (whole === '') break
    const line = printed.replace(/\s+/gu, ' ').trim()
    const last = blocks.at(-1)
    const start = last?.end ?? 0
    const end = start + whole.length
    if (!last || (line !== '' && last.line !== '' && (!isOpen || begins(line))))
      blocks.push({ start, end, line })
    else {
      last.end = end
      last.line = `${last.line} ${line}`.trim()
    }
    isOpen = line !== ''
  }
  return blocks
}

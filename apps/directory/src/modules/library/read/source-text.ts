import { html, type Html, ltr, withoutControls } from '@parley/web'

/** Web addresses and symbols: they keep their own direction within a text from right to left. */
const leftToRight =
  /(?:https?:\/\/[^\s<>"«»]*[^\s<>"«»().,;:،؛]|[A-Z]+(?:\.[A-Z\d]+)*\/[A-Za-z\d./-]*[A-Za-z\d])/u

/** A text of a source as it is read: its invisible marks of direction are shown and turn nothing. */
export function sourceText(text: string): Html {
  const pieces = withoutControls(text).split(new RegExp(`(${leftToRight.source})`, 'u'))
  return html`${pieces.map((piece, index) => (index % 2 === 1 ? ltr(piece) : piece))}`
}

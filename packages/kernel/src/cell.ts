import { fileText } from './file-text.ts'

/** What a spreadsheet would take for a formula, behind any apostrophes that make it text already. */
const formula = /^'*[\s=+\-@＝＋－＠]/u

/** One cell; what looks like a formula gets an apostrophe in front, which makes it text. */
export function writeCell(value: string): string {
  const text = formula.test(value) ? `'${fileText(value)}` : fileText(value)
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The value of a cell that `writeCell` wrote, without its quotation marks. */
export function readCell(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell
}

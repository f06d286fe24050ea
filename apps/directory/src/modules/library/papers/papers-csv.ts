import { type Locale, writeCell } from '@parley/kernel'
import { text } from '../locales/index.ts'
import type { ListedPaper } from './read-papers.ts'

/** OEW-15: the list for spreadsheets, in the reader's language; titles stay in their own. */
export function papersCsv(
  locale: Locale,
  papers: readonly ListedPaper[],
  nameOf: (code: string) => string,
): string {
  const t = text(locale)
  const states = (codes: readonly string[]) => codes.map(nameOf).join('; ')
  const columns: readonly (readonly [name: string, cell: (paper: ListedPaper) => string])[] = [
    [t('papers.number'), ({ order }) => String(order)],
    [t('tracker.address'), ({ symbol, address }) => `${symbol}/${address}`],
    [t('papers.paper'), ({ title }) => title],
    [t('library.language'), ({ language }) => language],
    [t('papers.by'), ({ joint }) => t(joint ? 'papers.joint' : 'papers.single')],
    [t('papers.submitters'), ({ submitters }) => states(submitters)],
    [t('papers.co-sponsors'), ({ coSponsors }) => states(coSponsors)],
    [t('papers.no-state'), ({ unknown }) => unknown.join('; ')],
    [t('papers.related'), ({ symbol, related }) => related.map((each) => `${symbol}/${each}`).join(' ')],
    [t('library.damaged-short'), ({ isDamaged }) => (isDamaged ? t('library.is-held') : '')],
  ]
  const lines = [
    columns.map(([name]) => writeCell(name)),
    ...papers.map((paper) => columns.map(([, cell]) => writeCell(cell(paper)))),
  ]
  // The byte order mark is for spreadsheets.
  return `\ufeff${lines.map((cells) => `${cells.join(',')}\r\n`).join('')}`
}

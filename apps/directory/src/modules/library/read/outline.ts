import { directionOf, type Locale } from '@parley/kernel'
import { html, type Html, nothing, written } from '@parley/web'
import { text } from '../locales/index.ts'
import { documentHref } from '../routes.ts'
import { headingKinds } from '../structured-document.ts'
import type { KeptDocument } from '../store/find-document.ts'
import type { ShownNode } from '../store/read-page.ts'
import { headingText } from './paragraphs.ts'

/** More lines than this do not lead anywhere faster: the deepest headings are left out first. */
const mostLines = 40
const mostLetters = 90

/** The way through a document: its headings; of a resolution its preamble and its operative paragraphs. */
export function outlineOf(
  locale: Locale,
  document: KeptDocument,
  outline: readonly ShownNode[],
  language: string | undefined,
): Html {
  const lines = fewer(outline)
  if (lines.length < 2) return nothing
  const t = text(locale)
  const label = (node: ShownNode): Html => {
    if (node.address === 'pp/1') return html`${t('library.preamble')}`
    if (node.address === 'op/1') return html`${t('library.operative')}`
    return written(shortened(headingText(node)), document.language, directionOf(document.language))
  }
  return html`<details>
    <summary>${t('library.outline')}</summary>
    <ul>
      ${lines.map(
        (node) =>
          html`<li>
            <a href="${documentHref(locale, `${document.symbol}/${node.address}`, language)}"
              >${label(node)}</a
            >
          </li>`,
      )}
    </ul>
  </details>`
}

/** The headings that a node stands under, from outside in: its ancestors. */
export function headingsOver(
  outline: readonly ShownNode[],
  first: ShownNode | undefined,
): readonly ShownNode[] {
  const over: ShownNode[] = []
  let parent = first?.parent ?? null
  while (parent !== null) {
    const found = outline.find(({ position }) => position === parent)
    if (found) over.unshift(found)
    parent = found?.parent ?? null
  }
  return over
}

function fewer(outline: readonly ShownNode[]): readonly ShownNode[] {
  const levels = [
    [...headingKinds],
    headingKinds.filter((kind) => kind !== 'heading'),
    ['part', 'annex', 'appendix'],
  ]
  const kept = levels.map((kinds) =>
    outline.filter((node) => isFirst(node) || kinds.some((kind) => kind === node.kind)),
  )
  return (kept.find((lines) => lines.length <= mostLines) ?? kept.at(-1) ?? []).slice(0, mostLines)
}

function isFirst({ address }: ShownNode): boolean {
  return address === 'pp/1' || address === 'op/1'
}

function shortened(words: string): string {
  const letters = Array.from(words)
  return letters.length <= mostLetters ? words : `${letters.slice(0, mostLetters).join('')}…`
}

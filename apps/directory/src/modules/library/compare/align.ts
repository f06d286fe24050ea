import type { NodeKind } from '../structured-document.ts'

/** A piece of a document as far as it is compared. */
export interface Compared {
  readonly kind: NodeKind
  readonly label: string | null
  readonly address: string
  readonly text: string
}

/** What stands at one address in the one and in the other; undefined where one of them lacks it. */
export interface Pair {
  readonly address: string
  readonly one: Compared | undefined
  readonly other: Compared | undefined
}

/** What readers cite by number, and the headings over it: what stands around them is each document's own. */
const aligned: readonly NodeKind[] = [
  'part',
  'section',
  'annex',
  'appendix',
  'preamble',
  'operative',
  'paragraph',
  'sub-paragraph',
  'sub-item',
  'step',
  'agenda-item',
  'measure',
  'principle',
]

/**
 * CAP-12: paragraphs of two documents side by side, by their numbers. The order is that of the one; what only the other
 * has stands behind what it follows there.
 */
export function alignNodes(one: readonly Compared[], other: readonly Compared[]): readonly Pair[] {
  const ofOne = one.filter(isAligned)
  const ofOther = other.filter(isAligned)
  const inOther = new Map(ofOther.map((node) => [node.address, node]))
  const inOne = new Set(ofOne.map(({ address }) => address))
  const onlyThere = Map.groupBy(
    ofOther.filter(({ address }) => !inOne.has(address)),
    (node) => lastCommon(ofOther, node, inOne),
  )
  const lacking = (after: string | undefined) =>
    (onlyThere.get(after) ?? []).map((node): Pair => ({ address: node.address, one: undefined, other: node }))
  return [
    ...lacking(undefined),
    ...ofOne.flatMap((node): readonly Pair[] => [
      { address: node.address, one: node, other: inOther.get(node.address) },
      ...lacking(node.address),
    ]),
  ]
}

function isAligned({ kind, text }: Compared): boolean {
  return text !== '' && aligned.includes(kind)
}

function lastCommon(
  nodes: readonly Compared[],
  node: Compared,
  inOne: ReadonlySet<string>,
): string | undefined {
  return nodes.slice(0, nodes.indexOf(node)).findLast(({ address }) => inOne.has(address))?.address
}

/** Letters of both sides that a page holds: a third of what it may cost, compressed. */
const lettersOfPage = 9_000

/** Pages of pairs, by the letters in them; a pair that is longer than a page has one of its own. */
export function pagesOfPairs(pairs: readonly Pair[]): readonly (readonly Pair[])[] {
  const pages: Pair[][] = []
  let letters = Infinity
  for (const pair of pairs) {
    const own = (pair.one?.text.length ?? 0) + (pair.other?.text.length ?? 0)
    if (letters + own > lettersOfPage) {
      pages.push([])
      letters = 0
    }
    letters += own
    pages.at(-1)?.push(pair)
  }
  return pages
}

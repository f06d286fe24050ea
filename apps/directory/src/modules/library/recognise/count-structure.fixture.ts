import type { DocumentNode, NodeKind } from '../structured-document.ts'

/** Counts what is expected, by kind or by the rule of that name. */
export function countStructure(
  nodes: readonly DocumentNode[],
  expected: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const of = (kind: NodeKind) => nodes.filter((node) => node.kind === kind)
  const at = (address: RegExp, among = nodes) => among.filter((node) => address.test(node.address)).length
  const lettered = of('sub-paragraph').filter(({ address }) => !address.includes('item-'))
  const rules: Readonly<Record<string, () => number>> = {
    'main paragraphs': () => at(/^\d+$/u),
    'annex paragraphs': () => at(/^annex\/\d+$/u),
    'Annex A paragraphs': () => at(/^annex-A\/\d+$/u),
    lettered: () => lettered.length,
    'lettered in the annex': () => at(/^annex\//u, lettered),
    'lettered in Annex A': () => at(/^annex-A\//u, lettered),
    'lettered in Annex B': () => at(/^annex-B\//u, lettered),
    'lettered in the agenda': () => of('sub-paragraph').length - lettered.length,
    'next steps': () => nextStepsOf(nodes).length,
    'steps of procedures': () => at(/\/procedure-\d\/step-\d$/u),
    'sources of measures': () => at(/\/source$/u),
    'footnote references': () =>
      nodes
        .filter(({ kind }) => kind !== 'footnote')
        .reduce((sum, { text }) => sum + (text.match(/[⁰¹²³⁴-⁹]+|\(\s\d{1,2}\)/gu)?.length ?? 0), 0),
    sponsors: () => of('sponsors').reduce((sum, { text }) => sum + text.split(/、|和(?!国)/u).length, 0),
  }
  const kinds = (what: string) => nodes.filter(({ kind }) => kind === what).length
  return Object.fromEntries(
    Object.keys(expected).map((what) => [what, rules[what]?.() ?? kinds(what)] as const),
  )
}

/** How many next steps stand in each section. */
export function stepsBySection(nodes: readonly DocumentNode[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    [...Map.groupBy(nextStepsOf(nodes), ({ parent }) => nodes[parent ?? 0]?.address.split('/')[1] ?? '')].map(
      ([section, each]) => [section, each.length] as const,
    ),
  )
}

function nextStepsOf(nodes: readonly DocumentNode[]) {
  return nodes.filter(
    ({ kind, parent }) =>
      (kind === 'paragraph' || kind === 'step') &&
      nodes[parent ?? 0]?.address.endsWith('/next-steps') === true,
  )
}

import { deflateRawSync } from 'node:zlib'
import { type DocumentNode, headingKinds, type NodeKind } from '../structured-document.ts'

/** What the text of one page may cost compressed: the rest of 14 KB is for its frame, outline and lists. */
const mostBytes = 9 * 1024
/** What stands around each paragraph: its own link. */
const aroundEach = 60

/** What readers are not shown as text. */
export const unshownKinds: readonly NodeKind[] = ['document', 'furniture']

/**
 * On which page of the reading each node stands, from 1. An annex begins a page; a part or section is on one page with what
 * it holds where it fits, and divided where it does not. A note stands with the first that refers to it.
 */
export function pagesOf(nodes: readonly DocumentNode[]): readonly number[] {
  const pages: number[] = nodes.map(() => 1)
  const owners = ownersOf(nodes)
  const below = Map.groupBy(
    nodes.filter(({ position }) => !owners.has(position)),
    ({ parent }) => parent,
  )
  const notes = Map.groupBy(nodes, ({ position }) => owners.get(position))
  const children = ({ position }: DocumentNode) => below.get(position) ?? []
  const withNotes = (node: DocumentNode) => [node, ...(notes.get(node.position) ?? [])]
  const whole = (node: DocumentNode): readonly DocumentNode[] => [
    ...withNotes(node),
    ...children(node).flatMap(whole),
  ]
  let page = 1
  let standing: DocumentNode[] = []
  const begin = () => {
    if (standing.some(isShown)) page += 1
    standing = []
  }
  const put = (more: readonly DocumentNode[]) => {
    for (const { position } of more) pages[position] = page
    standing.push(...more)
  }
  const place = (node: DocumentNode): void => {
    const all = whole(node)
    if (node.kind === 'annex') begin()
    if (fits([...standing, ...all])) return put(all)
    if (fits(all)) {
      begin()
      return put(all)
    }
    const own = withNotes(node)
    if (node.text !== '' && !fits([...standing, ...own])) begin()
    put(own)
    for (const child of children(node)) place(child)
  }
  for (const node of below.get(null) ?? []) place(node)
  return numbered(nodes, keepHeadings(nodes, pages))
}

function isShown({ kind, text }: DocumentNode): boolean {
  return text !== '' && !unshownKinds.includes(kind)
}

/** Which node each note stands with, by position: the first that refers to it. */
function ownersOf(nodes: readonly DocumentNode[]): ReadonlyMap<number, number> {
  const notes = new Map(
    nodes.flatMap(({ kind, address, position }) =>
      kind === 'footnote' || kind === 'note' ? [[address, position]] : [],
    ),
  )
  const owners = new Map<number, number>()
  for (const node of nodes)
    for (const address of node.notes) {
      const note = notes.get(address)
      if (note !== undefined && note !== node.position && !owners.has(note)) owners.set(note, node.position)
    }
  return owners
}

function fits(nodes: readonly DocumentNode[]): boolean {
  const shown = nodes.filter(isShown)
  const around = shown.length * aroundEach
  const text = shown.map((node) => node.text).join('\n')
  const bytes = Buffer.byteLength(text)
  if (around + bytes <= mostBytes) return true
  // What is far too long is not compressed to find that out.
  if (around > mostBytes || bytes > 20 * mostBytes) return false
  return around + deflateRawSync(text).length <= mostBytes
}

/** No page ends with a heading. */
function keepHeadings(nodes: readonly DocumentNode[], pages: readonly number[]): readonly number[] {
  const kept = [...pages]
  let after: number | undefined
  for (const node of nodes.toReversed().filter(isShown)) {
    const own = kept[node.position] ?? 1
    if (headingKinds.includes(node.kind) && after === own + 1) kept[node.position] = after
    after = kept[node.position]
  }
  return kept
}

/** Without gaps; what is not shown stands with what is shown before it. */
function numbered(nodes: readonly DocumentNode[], pages: readonly number[]): readonly number[] {
  const used = new Set(nodes.filter(isShown).map(({ position }) => pages[position] ?? 1))
  const sorted = [...used].sort((one, other) => one - other)
  return pages.map((page) => Math.max(1, sorted.filter((each) => each <= page).length))
}

import { ok, refuse, type Result } from '@parley/kernel'
import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parse } from 'parse5'
import { countIn } from './count-in.ts'
import { decode } from './decode.ts'
import { type PrintedLines, printedLines, raise } from './printed-lines.ts'

type Node = DefaultTreeAdapterTypes.ChildNode
type Element = DefaultTreeAdapterTypes.Element

/** Not printed, or no text. The title in `head` is printed again by the page. */
const dropped = new Set(
  'script style head template noscript iframe object svg math canvas audio video select textarea button'.split(
    ' ',
  ),
)
/** Stand apart, with an empty line around them. */
const parted = new Set(
  'p h1 h2 h3 h4 h5 h6 ol ul dl table blockquote pre hr section article main header footer nav aside div figure'.split(
    ' ',
  ),
)
const lined = new Set('br li tr dt dd caption figcaption address'.split(' '))

const listTypes: ReadonlyMap<string, string> = new Map([
  ['a', 'lowerLetter'],
  ['A', 'upperLetter'],
  ['i', 'lowerRoman'],
  ['I', 'upperRoman'],
])

/** Deeper is no document, and takes the parser longer with each level. */
const deepest = 400
const tooDeep = new Error('nested too deep')

/** What a browser prints of a page: blocks become lines, lists have their numbers. */
export function readHtml(bytes: Uint8Array, file: string): Result<string> {
  const source = decode(bytes)
  if (!source.ok) return source
  const lines = printedLines()
  try {
    for (const node of treeOf(source.value).childNodes) print(node, lines, false)
  } catch (error) {
    if (error === tooDeep) return refuse({ code: 'library/too-nested', kind: 'invalid', values: { file } })
    throw error
  }
  return ok(lines.print())
}

function treeOf(source: string): DefaultTreeAdapterTypes.Document {
  let depth = 0
  return parse(source, {
    treeAdapter: {
      ...defaultTreeAdapter,
      onItemPush: () => {
        depth += 1
        if (depth > deepest) throw tooDeep
      },
      onItemPop: () => {
        depth -= 1
      },
    },
  })
}

function print(node: Node, lines: PrintedLines, isKept: boolean): void {
  if (defaultTreeAdapter.isTextNode(node)) {
    for (const [index, part] of (isKept ? node.value.split('\n') : [node.value]).entries()) {
      if (index > 0) lines.end()
      lines.say(part, isKept)
    }
  } else if (defaultTreeAdapter.isElementNode(node) && isPrinted(node)) printElement(node, lines, isKept)
}

function isPrinted(element: Element): boolean {
  return !dropped.has(element.tagName) && attribute(element, 'hidden') === undefined
}

function printElement(element: Element, lines: PrintedLines, isKept: boolean): void {
  const name = element.tagName
  const around =
    parted.has(name) && !isInItem(element)
      ? lines.part
      : parted.has(name) || lined.has(name)
        ? lines.end
        : undefined
  around?.()
  if (name === 'sup' && /^\d+$/.test(textOf(element))) lines.say(raise(textOf(element)))
  else if (name === 'ol' || name === 'ul') printList(element, lines, isKept)
  else for (const child of element.childNodes) print(child, lines, isKept || name === 'pre')
  if (name === 'td' || name === 'th') lines.say('\t', true)
  around?.()
}

/** Blocks within an item or a cell begin no line of their own: `<li><p>` is one line with its number. */
function isInItem(element: Element): boolean {
  const parent = element.parentNode
  return parent !== null && 'tagName' in parent && ['li', 'td', 'th', 'dd'].includes(parent.tagName)
}

function textOf(element: Element): string {
  return element.childNodes
    .map((child) =>
      defaultTreeAdapter.isTextNode(child)
        ? child.value
        : defaultTreeAdapter.isElementNode(child)
          ? textOf(child)
          : '',
    )
    .join('')
    .trim()
}

function printList(list: Element, lines: PrintedLines, isKept: boolean): void {
  const way = listTypes.get(attribute(list, 'type') ?? '') ?? 'decimal'
  let count = whole(attribute(list, 'start')) ?? 1
  for (const child of list.childNodes) {
    if (defaultTreeAdapter.isElementNode(child) && child.tagName === 'li' && isPrinted(child)) {
      count = whole(attribute(child, 'value')) ?? count
      lines.label(list.tagName === 'ol' ? `${countIn(way, count)}. ` : '- ')
      count += 1
    }
    print(child, lines, isKept)
  }
}

function whole(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined
}

function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((each) => each.name === name)?.value
}

import { parseXml, XmlElement, XmlError } from '@rgrove/parse-xml'

/** An element with the namespace that its prefix stands for. */
export interface Element {
  readonly name: Name
  readonly children: readonly Element[]
  readonly text: string
}

export interface Name {
  readonly namespace: string
  readonly local: string
}

const deepest = 16

/** Reads a request's XML. A document type is refused: nothing here needs one, and entities could grow without end. */
export function readXml(text: string): Element | undefined {
  if (/<!DOCTYPE/i.test(text) || isDeep(text)) return undefined
  try {
    const { root } = parseXml(text)
    return root ? elementOf(root, new Map()) : undefined
  } catch (fault) {
    if (fault instanceof XmlError) return undefined
    throw fault
  }
}

/** The parser calls itself for each level: what would use up its stack is not given to it. */
function isDeep(text: string): boolean {
  let depth = 0
  for (const [, closing, empty] of text.matchAll(/<(\/?)[^\s<>!?/][^<>]*?(\/?)>/g)) {
    if (closing) depth -= 1
    else if (!empty) depth += 1
    if (depth > deepest) return true
  }
  return false
}

function elementOf(element: XmlElement, outer: ReadonlyMap<string, string>): Element {
  const spaces = new Map(outer)
  for (const [name, value] of Object.entries(element.attributes)) {
    if (name === 'xmlns') spaces.set('', value)
    else if (name.startsWith('xmlns:')) spaces.set(name.slice('xmlns:'.length), value)
  }
  const [prefix, local] = element.name.includes(':') ? element.name.split(':') : ['', element.name]
  return {
    name: { namespace: spaces.get(prefix ?? '') ?? '', local: local ?? '' },
    children: element.children
      .filter((child) => child instanceof XmlElement)
      .map((child) => elementOf(child, spaces)),
    text: element.text.trim(),
  }
}

export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

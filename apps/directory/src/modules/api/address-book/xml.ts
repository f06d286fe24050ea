import { XmlElement } from '@rgrove/parse-xml'
import { parseBoundedXml } from '../../../platform/bounded-xml.ts'

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

/** Reads a request's XML. */
export function readXml(text: string): Element | undefined {
  const root = parseBoundedXml(text, deepest)
  return root && elementOf(root, new Map())
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

import { XmlElement } from '@rgrove/parse-xml'
import { parseBoundedXml } from '../../../platform/bounded-xml.ts'

/** Deeper is no document, and would use up the parser's stack. */
const deepest = 400

/** The root of a part; undefined where it is no XML, or holds a document type, which could grow without end. */
export function readPart(text: string): XmlElement | undefined {
  return parseBoundedXml(text, deepest)
}

export function elements(parent: XmlElement | undefined): readonly XmlElement[] {
  return parent?.children.filter((each) => each instanceof XmlElement) ?? []
}

export function child(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  return elements(parent).find((each) => each.name === name)
}

/** `w:val` of a child, the commonest way to say something in these files. */
export function valueOf(parent: XmlElement | undefined, name: string): string | undefined {
  return child(parent, name)?.attributes['w:val']
}

import { parseXml, type XmlElement, XmlError } from '@rgrove/parse-xml'

/**
 * The root of XML from outside; undefined where it is none, is nested deeper than `deepest`, or holds a document type:
 * nothing here needs one, and entities could grow without end.
 */
export function parseBoundedXml(text: string, deepest: number): XmlElement | undefined {
  if (/<!DOCTYPE/i.test(text) || isDeep(text, deepest)) return undefined
  try {
    return parseXml(text.replace(/^\ufeff/, '')).root ?? undefined
  } catch (fault) {
    if (fault instanceof XmlError) return undefined
    throw fault
  }
}

/** The parser calls itself for each level: what would use up its stack is not given to it. */
function isDeep(text: string, deepest: number): boolean {
  let depth = 0
  for (const [, closing, empty] of text.matchAll(/<(\/?)[^\s<>!?/][^<>]*?(\/?)>/g)) {
    if (closing) depth -= 1
    else if (!empty) depth += 1
    if (depth > deepest) return true
  }
  return false
}

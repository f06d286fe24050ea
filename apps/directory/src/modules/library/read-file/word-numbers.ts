import type { XmlElement } from '@rgrove/parse-xml'
import { countIn } from './count-in.ts'
import { child, elements, valueOf } from './word-xml.ts'

// The numbers that a word processor prints before paragraphs and does not store with them.

interface Level {
  readonly start: number
  readonly way: string
  /** `%1.%2`: the counts of the levels by their place. */
  readonly pattern: string
}

interface List {
  readonly counts: string
  readonly levels: ReadonlyMap<number, Level>
}

/** What is printed before a paragraph, given its properties; the paragraphs are asked for in their order. */
export type LabelOf = (properties: XmlElement | undefined) => string

export function wordNumbers(numbering: XmlElement | undefined, styles: XmlElement | undefined): LabelOf {
  const lists = readLists(numbering)
  const styleOf = new Map(
    elements(styles)
      .filter((each) => each.name === 'w:style')
      .map((each) => [each.attributes['w:styleId'], each]),
  )
  const countsOf = new Map<string, Map<number, number>>()
  return (properties) => {
    const place = placeOf(properties, styleOf)
    const list = place && lists.get(place.list)
    const level = list?.levels.get(place?.depth ?? 0)
    if (place === undefined || list === undefined || level === undefined) return ''
    const counts = countsOf.get(list.counts) ?? new Map<number, number>()
    countsOf.set(list.counts, counts)
    counts.set(place.depth, (counts.get(place.depth) ?? level.start - 1) + 1)
    for (const depth of counts.keys()) if (depth > place.depth) counts.delete(depth)
    return labelIn(list, level, counts)
  }
}

function labelIn(list: List, level: Level, counts: ReadonlyMap<number, number>): string {
  if (level.way === 'bullet') return '- '
  const label = level.pattern.replace(/%([1-9])/g, (_, digit: string) => {
    const depth = Number(digit) - 1
    const other = list.levels.get(depth)
    return other === undefined ? '' : countIn(other.way, counts.get(depth) ?? other.start)
  })
  return label === '' ? '' : `${label} `
}

/** The paragraph's own numbering, else that of its style or of the style that this one is based on. */
function placeOf(
  properties: XmlElement | undefined,
  styleOf: ReadonlyMap<string | undefined, XmlElement>,
): { readonly list: string; readonly depth: number } | undefined {
  const seen = new Set<XmlElement>()
  let list: string | undefined
  let depth: string | undefined
  let style = styleOf.get(valueOf(properties, 'w:pStyle'))
  let asked = properties
  for (;;) {
    const numbers = child(asked, 'w:numPr')
    list ??= valueOf(numbers, 'w:numId')
    depth ??= valueOf(numbers, 'w:ilvl')
    if (list !== undefined || style === undefined || seen.has(style)) break
    seen.add(style)
    asked = child(style, 'w:pPr')
    style = styleOf.get(valueOf(style, 'w:basedOn'))
  }
  return list === undefined || list === '0' ? undefined : { list, depth: Number(depth ?? 0) }
}

/** By `w:numId`. Two of them share their counts where they share the definition and none starts anew. */
function readLists(numbering: XmlElement | undefined): ReadonlyMap<string, List> {
  const definitions = new Map(
    elements(numbering)
      .filter((each) => each.name === 'w:abstractNum')
      .map((each) => [each.attributes['w:abstractNumId'] ?? '', readLevels(each)]),
  )
  const lists = new Map<string, List>()
  for (const each of elements(numbering).filter(({ name }) => name === 'w:num')) {
    const id = each.attributes['w:numId'] ?? ''
    const definition = valueOf(each, 'w:abstractNumId') ?? ''
    const levels = new Map(definitions.get(definition))
    let isOwn = false
    for (const override of elements(each).filter(({ name }) => name === 'w:lvlOverride')) {
      const depth = Number(override.attributes['w:ilvl'] ?? 0)
      const written = child(override, 'w:lvl')
      const level = written === undefined ? levels.get(depth) : readLevel(written)
      const start = valueOf(override, 'w:startOverride')
      if (level !== undefined)
        levels.set(depth, start === undefined ? level : { ...level, start: Number(start) })
      isOwn = true
    }
    lists.set(id, { counts: isOwn ? `own ${id}` : `shared ${definition}`, levels })
  }
  return lists
}

function readLevels(definition: XmlElement): ReadonlyMap<number, Level> {
  return new Map(
    elements(definition)
      .filter((each) => each.name === 'w:lvl')
      .map((each) => [Number(each.attributes['w:ilvl'] ?? 0), readLevel(each)]),
  )
}

function readLevel(level: XmlElement): Level {
  return {
    start: Number(valueOf(level, 'w:start') ?? 0),
    way: valueOf(level, 'w:numFmt') ?? 'decimal',
    pattern: valueOf(level, 'w:lvlText') ?? '',
  }
}

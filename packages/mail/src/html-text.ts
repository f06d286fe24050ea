/**
 * The plain text of an HTML mail: blocks become lines, quoted blocks get `> `, nothing is fetched or run.
 * Linear in the length of `html`, whatever stands in it.
 */
export function htmlToText(html: string): string {
  const page = newPage()
  const lower = html.toLowerCase()
  let at = 0
  while (at < html.length) {
    const open = html.indexOf('<', at)
    if (open === -1) {
      page.write(html.slice(at))
      break
    }
    page.write(html.slice(at, open))
    at = afterTag(lower, open, page)
  }
  return page.text()
}

type Page = ReturnType<typeof newPage>

/** Acts on the tag at `open`; gives back where reading goes on. What never ends is left out. */
function afterTag(lower: string, open: number, page: Page): number {
  const after = (mark: string, from: number): number => {
    const found = lower.indexOf(mark, from)
    return found === -1 ? lower.length : found + mark.length
  }
  if (lower.startsWith('<!--', open)) return after('-->', open)
  const end = after('>', open)
  const [, slash = '', name = ''] = /^<(\/?)([a-z][a-z0-9]*)/.exec(lower.slice(open, open + 20)) ?? []
  if (unseen.has(name) && slash === '') return after('>', after(`</${name}`, end))
  if (name === 'blockquote') page.quote(slash === '' ? 1 : -1)
  else if (name === 'td' || name === 'th') page.write(' ')
  else if (name === 'br') page.breakLine()
  else if (blocks.has(name)) page.startLine()
  return end
}

const unseen = new Set(['head', 'style', 'script', 'title', 'template', 'noscript'])
const blocks = new Set(
  'address article center dd div dl dt footer form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table tr ul'.split(
    ' ',
  ),
)

function newPage() {
  const lines: string[] = []
  let line: string[] = []
  let depth = 0

  function breakLine(): void {
    const content = decodeEntities(line.join(''))
      .replace(/[\s\u00a0]+/g, ' ')
      .trim()
    lines.push(`${'> '.repeat(depth)}${content}`.trimEnd())
    line = []
  }
  function startLine(): void {
    if (line.some((part) => part.trim() !== '')) breakLine()
    line = []
  }

  return {
    write(text: string): void {
      line.push(text)
    },
    breakLine,
    startLine,
    quote(step: number): void {
      startLine()
      depth = Math.min(20, Math.max(0, depth + step))
    },
    text(): string {
      startLine()
      return lines
        .join('\n')
        .replace(/\n{3,}/g, '\n\n')
        .trim()
    },
  }
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}\d?));?/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return named.get(name) ?? named.get(name.toLowerCase()) ?? whole
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
    return isCharacter ? String.fromCodePoint(code) : '\ufffd'
  })
}

// HTML 4 names of U+00A0 to U+00FF, in order, then the few others that mail programs write.
const latin1 =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'
const named = new Map<string, string>([
  ...latin1.split(' ').map((name, index): [string, string] => [name, String.fromCodePoint(0xa0 + index)]),
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['ndash', '–'],
  ['mdash', '—'],
  ['lsquo', '‘'],
  ['rsquo', '’'],
  ['ldquo', '“'],
  ['rdquo', '”'],
  ['hellip', '…'],
  ['euro', '€'],
  ['bull', '•'],
  ['zwnj', '\u200c'],
  ['zwj', '\u200d'],
  ['lrm', '\u200e'],
  ['rlm', '\u200f'],
  ['oelig', 'œ'],
])

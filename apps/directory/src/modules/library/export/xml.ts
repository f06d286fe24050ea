// XML by hand: what a text holds never becomes mark-up, nor a sign that XML forbids.

type Attributes = Readonly<Record<string, string | undefined>>

/** An element; `children` are mark-up already. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const said = Object.entries(attributes)
    .filter((each): each is [string, string] => each[1] !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(value)}"`)
    .join('')
  const content = children.join('')
  return content === '' ? `<${name}${said}/>` : `<${name}${said}>${content}</${name}>`
}

/** Signs that no XML 1.0 may hold, such as the form feed between two pages, become spaces. */
export function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ' ')
    .replace(/[&<>"]/g, (sign) => entities[sign] ?? sign)
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

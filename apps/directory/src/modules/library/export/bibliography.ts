import type { StructuredDocument } from '../structured-document.ts'
import { documentUrl } from './addresses.ts'

type Field = readonly [name: string, value: string]

/** For LaTeX, with the `author` that the community names. Nothing in a title is a command. */
export function toBibtex({ manifest, title }: StructuredDocument, author: string): string {
  const { symbol, language, dated } = manifest
  const fields: readonly Field[] = [
    ['author', `{${latex(author)}}`],
    ['title', `{${latex(title || symbol)}}`],
    ['number', latex(symbol)],
    ...(dated === undefined ? [] : ([['year', dated.slice(0, 4)]] as const)),
    ['url', documentUrl(symbol)],
    ['langid', language],
  ]
  const key = symbol.replace(/[^A-Za-z0-9]+/g, '-')
  return `@techreport{${key},\n${fields.map(([name, value]) => `  ${name} = {${value}},\n`).join('')}}\n`
}

/** For reference managers. A line of the title never begins a field. */
export function toRis({ manifest, title }: StructuredDocument, author: string): string {
  const { symbol, language, dated } = manifest
  const fields: readonly Field[] = [
    ['TY', 'GOVDOC'],
    ['AU', author],
    ['TI', title || symbol],
    ['M1', symbol],
    ...(dated === undefined
      ? []
      : ([
          ['PY', dated.slice(0, 4)],
          ['DA', dated.replaceAll('-', '/')],
        ] as const)),
    ['UR', documentUrl(symbol)],
    ['LA', language],
    ['ER', ''],
  ]
  return fields.map(([name, value]) => `${name}  - ${oneLine(value)}\r\n`).join('')
}

function oneLine(value: string): string {
  return value.replace(/[\s\p{Cc}]+/gu, ' ').trim()
}

const commands: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
}

function latex(value: string): string {
  return oneLine(value).replace(/[\\~^{}$&#%_]/g, (sign) => commands[sign] ?? `\\${sign}`)
}

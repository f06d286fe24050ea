import { browserHeaders } from '@parley/web'
import { mark } from './hostile-text.ts'

/** What came back, as a browser or a program reads it. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** What is wrong with an answer, whatever was asked; an empty list is a sound one. */
export function faultsOf({ status, headers, text }: Answer): readonly string[] {
  const type = headers.get('content-type') ?? ''
  const isPage = type.startsWith('text/html')
  const written = [...headers].map(([name, value]) => `${name}: ${value}`)
  return [
    ...(status >= 500 ? [`status ${status}`] : []),
    ...(isTrace(text) ? ['a stack trace'] : []),
    ...(isPage && escapes(text) ? ['markup that escaped'] : []),
    ...(type.includes('xml') && text.includes(`<${mark}`) ? ['markup that escaped'] : []),
    ...(written.some((line) => new RegExp(`^x-${mark}|^set-cookie: ${mark}`).test(line))
      ? ['a header of a stranger’s']
      : []),
    ...(leadsAway(headers.get('location') ?? '') ? ['a way out'] : []),
    ...(type === '' && text !== '' ? ['no type'] : []),
    ...(isPage && headers.get('cache-control') !== 'no-store' ? ['a page that a cache may keep'] : []),
    ...(type.includes('json') && !isJson(text) ? ['no JSON'] : []),
    ...Object.keys(browserHeaders)
      .filter((name) => !headers.has(name))
      .map((name) => `no header ${name}`),
  ]
}

function isTrace(text: string): boolean {
  return /node_modules|\bat (?:async )?[\w.<>]+ \(|\.(?:ts|js|mjs):\d+:\d+/.test(text)
}

/** Quoted values are taken out first: what still stands in a tag was not kept in them. */
function escapes(text: string): boolean {
  const bare = text.replace(/="[^"]*"/g, '=""')
  return (
    bare.includes(`<${mark}`) ||
    new RegExp(`<script[^>]*>\\s*${mark}`).test(bare) ||
    new RegExp(`<[a-z][^<>]*\\bon${mark}`, 'i').test(bare) ||
    new RegExp(`<[a-z][^<>]*\\b(?:href|src|action|formaction)="\\s*(?:javascript:|//|\\\\)`, 'i').test(text)
  )
}

function leadsAway(location: string): boolean {
  return location !== '' && new URL(location, 'http://localhost:8080').origin !== 'http://localhost:8080'
}

function isJson(text: string): boolean {
  if (text === '') return true
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

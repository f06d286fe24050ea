import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { basename } from 'node:path'
import { type Joining, joinModules } from './join-modules.ts'

export interface Asset {
  /** The address, with a hash of the contents in it: it may be kept for ever. */
  readonly path: string
  readonly type: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** The one stylesheet of every page. */
export function stylesheet(): Asset {
  const css = readFileSync(new URL('stylesheet.css', import.meta.url), 'utf8')
  const small = css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
  return asset('parley.css', 'text/css; charset=utf-8', small)
}

/** The sign of the program in a browser's tab. */
export function icon(): Asset {
  return asset('icon.svg', 'image/svg+xml', readFileSync(new URL('icon.svg', import.meta.url), 'utf8'))
}

/** A script for the browser, written in TypeScript: stripped of its types and joined with its imports once, at start. */
export function clientScript(file: URL, joining?: Joining): Asset {
  return script(`${basename(file.pathname, '.client.ts')}.js`, joinModules(file, strip, joining))
}

/** A script that is made at start. */
export function script(name: string, text: string): Asset {
  return asset(name, 'text/javascript; charset=utf-8', text)
}

/** Warns before a session ends, on a page whose note says when. */
export function sessionScript(): Asset {
  return clientScript(new URL('session.client.ts', import.meta.url))
}

/**
 * Browser files of a package: the first of them, then those that it loads from beside itself. What is left out is
 * never asked for: loading it fails.
 */
export function packagedScripts(
  file: URL,
  leftOut: readonly string[],
): readonly [Asset, ...(readonly Asset[])] {
  const made = new Map<string, Asset>()
  const make = (each: URL): Asset => {
    const text = readFileSync(each, 'utf8')
      .replace(/\bimport\("\.\/([^"]+)"\)/g, (whole, name: string) =>
        leftOut.includes(name) ? `Promise.reject(new Error("${name} is left out"))` : whole,
      )
      .replace(/(\bfrom ?|\bimport ?\(?)"\.\/([^"]+)"/g, (_, how: string, name: string) => {
        const beside = made.get(name) ?? make(new URL(name, each))
        made.set(name, beside)
        return `${how}"${beside.path}"`
      })
    return script(basename(each.pathname).replace(/\..*/, '.js'), text)
  }
  const first = make(file)
  return [first, ...made.values()]
}

function asset(name: string, type: string, text: string): Asset {
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 10)
  const [stem, ...ending] = name.split('.')
  return { path: `/assets/${stem}-${hash}.${ending.join('.')}`, type, bytes: new TextEncoder().encode(text) }
}

/** Type stripping is still called experimental; its warning says nothing to the operator. */
function strip(source: string): string {
  const emitWarning = process.emitWarning.bind(process)
  process.emitWarning = () => undefined
  try {
    return stripTypeScriptTypes(source)
  } finally {
    process.emitWarning = emitWarning
  }
}

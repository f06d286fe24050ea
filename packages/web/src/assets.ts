import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { basename } from 'node:path'
import { joinModules } from './join-modules.ts'

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
export function clientScript(file: URL): Asset {
  const name = basename(file.pathname, '.client.ts') + '.js'
  return asset(name, 'text/javascript; charset=utf-8', joinModules(file, strip))
}

/** Warns before a session ends, on a page whose note says when. */
export function sessionScript(): Asset {
  return clientScript(new URL('session.client.ts', import.meta.url))
}

/** A browser file of a package, as it is. */
export function packagedScript(file: URL): Asset {
  return asset(basename(file.pathname), 'text/javascript; charset=utf-8', readFileSync(file, 'utf8'))
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

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** What is joined otherwise than it stands in the tree. */
export interface Joining {
  /** Source that stands in for a module, by the module's file: a part of what it holds. */
  readonly instead?: ReadonlyMap<string, string>
  /** Scripts that are loaded from an address of their own, by the name that they are imported by. */
  readonly outside?: Readonly<Record<string, string>>
}

/**
 * One script of a browser module and all that it imports: a slow line asks for one file, not for fifty. A module whose
 * names nobody uses stays out, also where an index names it. Understands what this house writes (named imports and
 * exports, JSON); anything else, and a circle, is a fault at start.
 */
export function joinModules(entry: URL, strip: (source: string) => string, joining: Joining = {}): string {
  const read = openReader(strip, joining)
  const outside = new Map<string, string>()
  const written = new Map<string, string>()
  const parts: string[] = []
  const write = (file: string, waiting: readonly string[]): string => {
    if (waiting.includes(file)) throw new Error(`${file} imports itself by a circle`)
    const known = written.get(file)
    if (known !== undefined) return known
    const module = read(file)
    const bound = module.imports.map(({ name, as, from }) => {
      if (from.startsWith(elsewhere)) return { as, value: `${nameOf(outside, from)}.${name}` }
      const found = locate(read, from, name)
      return { as, value: `${write(found.file, [...waiting, file])}.${found.name}` }
    })
    const id = `m${written.size}`
    written.set(file, id)
    const lines = bound.map(({ as, value }) => `const ${as} = ${value}`)
    const body = [...lines, module.body, `return { ${[...module.exports].join(', ')} }`].join('\n')
    parts.push(`const ${id} = (() => {\n${body}\n})()`)
    return id
  }
  write(fileURLToPath(entry), [])
  const loaded = [...outside].map(
    ([from, id]) => `import * as ${id} from '${from.slice(elsewhere.length)}'\n`,
  )
  return `${loaded.join('')}(() => {\n${parts.join('\n')}\n})()\n`
}

/** Marks where a name comes from that is no file of the tree. */
const elsewhere = 'outside:'

function nameOf(outside: Map<string, string>, from: string): string {
  const id = outside.get(from) ?? `o${outside.size}`
  outside.set(from, id)
  return id
}

interface ReadModule {
  readonly imports: readonly Binding[]
  /** Names that it gives on from other modules; `*` gives on all. */
  readonly passed: readonly Binding[]
  readonly exports: ReadonlySet<string>
  readonly body: string
}

interface Binding {
  readonly name: string
  readonly as: string
  /** File. */
  readonly from: string
}

type Read = (file: string) => ReadModule

/** Where a name is made, through whatever index gives it on. */
function locate(read: Read, file: string, name: string): { readonly file: string; readonly name: string } {
  const found = seek(read, file, name)
  if (found === undefined) throw new Error(`${file} gives out no ${name}`)
  return found
}

function seek(
  read: Read,
  file: string,
  name: string,
): { readonly file: string; readonly name: string } | undefined {
  const { exports, passed } = read(file)
  if (exports.has(name)) return { file, name }
  const named = passed.find(({ as }) => as === name)
  if (named !== undefined) return seek(read, named.from, named.name)
  for (const { from } of passed.filter(({ as }) => as === '*')) {
    const found = seek(read, from, name)
    if (found !== undefined) return found
  }
  return undefined
}

function openReader(strip: (source: string) => string, { instead, outside = {} }: Joining): Read {
  const modules = new Map<string, ReadModule>()
  return (file) => {
    const known = modules.get(file)
    if (known !== undefined) return known
    const source = instead?.get(file) ?? readFileSync(file, 'utf8')
    const module = file.endsWith('.json') ? readJson(source) : readScript(file, strip(source), outside)
    modules.set(file, module)
    return module
  }
}

function readJson(source: string): ReadModule {
  const body = `const value = ${JSON.stringify(JSON.parse(source))}`
  return { imports: [], passed: [], exports: new Set(['value']), body }
}

const importNames = /^import\s*\{([^}]*)\}\s*from\s*'([^']+)'.*$/gm
const importJson = /^import\s+(\w+)\s+from\s*'([^']+\.json)'\s*with\s*\{[^}]*\}.*$/gm
const passNames = /^export\s*\{([^}]*)\}\s*from\s*'([^']+)'.*$/gm
const passAll = /^export\s*\*\s*from\s*'([^']+)'.*$/gm
const makes = /^export\s+((?:async\s+)?function\*?|const|class)\s+(\w+)/gm
const docComment = /^\s*\/\*\*[\s\S]*?\*\/\n/gm

function readScript(file: string, source: string, outside: Readonly<Record<string, string>>): ReadModule {
  const imports: Binding[] = []
  const passed: Binding[] = []
  const exports = new Set<string>()
  const resolve = (specifier: string) => {
    const address = outside[specifier]
    return address === undefined ? resolveFrom(file, specifier) : `${elsewhere}${address}`
  }
  const take = (to: Binding[]) => (_: string, names: string, from: string) => {
    to.push(...bindingsOf(names).map((each) => ({ ...each, from: resolve(from) })))
    return ''
  }
  const body = source
    .replace(docComment, '')
    .replace(importNames, take(imports))
    .replace(passNames, take(passed))
    .replace(importJson, (_, as: string, from: string) => {
      imports.push({ name: 'value', as, from: resolve(from) })
      return ''
    })
    .replace(passAll, (_, from: string) => {
      passed.push({ name: '*', as: '*', from: resolve(from) })
      return ''
    })
    .replace(makes, (_, kind: string, name: string) => {
      exports.add(name)
      return `${kind} ${name}`
    })
  const unknown = /^(?:import|export)\b.*$/m.exec(body)
  if (unknown) throw new Error(`${file}: nobody here can join «${unknown[0]}»`)
  return { imports, passed, exports, body }
}

/** `a, b as c`; where a type was stripped there is nothing between the commas. */
function bindingsOf(names: string): readonly Pick<Binding, 'name' | 'as'>[] {
  return names.split(',').flatMap((each) => {
    const [name = '', as = name] = each.trim().split(/\s+as\s+/)
    return name === '' ? [] : [{ name, as }]
  })
}

function resolveFrom(file: string, specifier: string): string {
  if (specifier.startsWith('.')) return fileURLToPath(new URL(specifier, pathToFileURL(file)))
  return createRequire(file).resolve(specifier)
}

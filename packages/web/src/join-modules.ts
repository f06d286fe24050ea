import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

/**
 * One script of a browser module and all that it imports: a slow line asks for one file, not for fifty. A module whose
 * names nobody uses stays out, also where an index names it. Understands what this house writes (named imports and
 * exports, JSON); anything else, and a circle, is a fault at start.
 */
export function joinModules(entry: URL, strip: (source: string) => string): string {
  const read = openReader(strip)
  const written = new Map<string, string>()
  const parts: string[] = []
  const write = (file: string, waiting: readonly string[]): string => {
    if (waiting.includes(file)) throw new Error(`${file} imports itself by a circle`)
    const known = written.get(file)
    if (known !== undefined) return known
    const module = read(file)
    const bound = module.imports.map(({ name, as, from }) => {
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
  return `(() => {\n${parts.join('\n')}\n})()\n`
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

function openReader(strip: (source: string) => string): Read {
  const modules = new Map<string, ReadModule>()
  return (file) => {
    const known = modules.get(file)
    if (known !== undefined) return known
    const source = readFileSync(file, 'utf8')
    const module = file.endsWith('.json') ? readJson(source) : readScript(file, strip(source))
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

function readScript(file: string, source: string): ReadModule {
  const imports: Binding[] = []
  const passed: Binding[] = []
  const exports = new Set<string>()
  const resolve = (specifier: string) => resolveFrom(file, specifier)
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

import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { fieldsOf, listCodes, listTemplates, type Template } from '@parley/protocol'
import { type Asset, clientScript, packagedScripts, script } from '@parley/web'

/** The scripts of the form: one for all kinds of message, and one for each kind with its template and codes. */
export interface FormScripts {
  readonly assets: readonly Asset[]
  /** Addresses for the page of a kind, in the order in which they run. */
  of(kind: string): readonly string[]
  /** The same for the page that encrypts, with its library. */
  encrypting(kind: string): readonly string[]
}

export function formScripts(): FormScripts {
  const instead = fromThePage()
  const form = clientScript(new URL('composer/compose.client.ts', import.meta.url), { instead })
  const library = encryptionLibrary()
  const encrypting = clientScript(new URL('composer/encrypt.client.ts', import.meta.url), {
    instead,
    outside: { openpgp: library[0].path },
  })
  const templates = new Map(listTemplates().map((template) => [template.kind, templateScript(template)]))
  const withTemplate = (kind: string, ...scripts: readonly Asset[]) =>
    [templates.get(kind) ?? [], scripts].flat().map(({ path }) => path)
  return {
    assets: [form, encrypting, ...library, ...templates.values()],
    of: (kind) => withTemplate(kind, form),
    // The pieces that the library would ask for later are there before it: nothing is loaded while somebody writes.
    encrypting: (kind) => withTemplate(kind, ...library.toReversed(), encrypting),
  }
}

/** Without what only decrypting, old ciphers and passphrases need. */
function encryptionLibrary() {
  const built = createRequire(import.meta.url).resolve('openpgp')
  const file = new URL('../lightweight/openpgp.min.mjs', pathToFileURL(built))
  return packagedScripts(file, ['argon2id.min.mjs', 'legacy_ciphers.min.mjs', 'unbzip2-stream.min.mjs'])
}

/** All templates and codes in six languages are larger than a page may be: each page brings its own alone (ADR 36). */
function templateScript(template: Template): Asset {
  const lists = fieldsOf(template).flatMap((field) => ('list' in field ? [field.list] : []))
  const brought = {
    templateFiles: [template],
    codeListFiles: [...new Set(lists)].map((list) => ({ list, codes: listCodes(list).map(withoutSource) })),
  }
  return script(`${template.kind}.js`, `globalThis.parley = ${JSON.stringify(brought)}\n`)
}

function withoutSource({ code, label }: ReturnType<typeof listCodes>[number]) {
  return { code, label }
}

/** Where the form's script finds them, in the place of the data files of `packages/protocol`. */
function fromThePage(): ReadonlyMap<string, string> {
  const door = pathToFileURL(createRequire(import.meta.url).resolve('@parley/protocol'))
  const source = `export const templateFiles = globalThis.parley.templateFiles
export const codeListFiles = globalThis.parley.codeListFiles\n`
  return new Map([[fileURLToPath(new URL('data.ts', door)), source]])
}

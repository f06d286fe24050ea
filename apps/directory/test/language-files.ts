import { globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Locale } from '@parley/kernel'
import type { Messages } from '@parley/web'
import ts from 'typescript'

const root = resolve(import.meta.dirname, '../../..')

/** The language files of one room or package. */
export interface LanguageFolder {
  /** As refusal codes begin: `checks`, `web`. */
  readonly name: string
  /** Where its own code stands. */
  readonly folder: string
  readonly messages: Readonly<Record<Locale, Messages>>
}

export function readLanguageFolders(): readonly LanguageFolder[] {
  return globSync('{apps,packages}/*/src/**/locales/en.json', { cwd: root }).map((english) => {
    const folder = dirname(dirname(english))
    const read = (locale: Locale): Messages =>
      JSON.parse(readFileSync(join(root, folder, 'locales', `${locale}.json`), 'utf8'))
    return {
      name:
        folder
          .replace(/\/src$/, '')
          .split('/')
          .at(-1) ?? '',
      folder,
      messages: {
        ar: read('ar'),
        zh: read('zh'),
        en: read('en'),
        fr: read('fr'),
        ru: read('ru'),
        es: read('es'),
      },
    }
  })
}

/** What a source file says in quotes: whole texts, and templates as patterns with `…` for what is filled in. */
export interface Said {
  readonly file: string
  readonly texts: ReadonlySet<string>
  readonly templates: readonly string[]
  /** What stands behind `verb:`. */
  readonly verbs: ReadonlySet<string>
}

export function readSources(): readonly Said[] {
  const files = globSync('{apps,packages}/*/src/**/*.ts', { cwd: root })
  return files
    .filter((file) => !/\.(test|journey)\.ts$/.test(file))
    .map((file) => ({ file, ...quoted(readFileSync(join(root, file), 'utf8')) }))
}

export function quoted(source: string): Omit<Said, 'file'> {
  const texts = new Set<string>()
  const templates: string[] = []
  const verbs = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) texts.add(node.text)
    if (ts.isTemplateExpression(node))
      templates.push([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…'))
    if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) && node.name.text === 'verb')
      for (const text of textsIn(node.initializer)) verbs.add(text)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest))
  return { texts, templates, verbs }
}

function textsIn(expression: ts.Expression): readonly string[] {
  if (ts.isStringLiteralLike(expression)) return [expression.text]
  if (!ts.isConditionalExpression(expression)) return []
  return [...textsIn(expression.whenTrue), ...textsIn(expression.whenFalse)]
}

/** Whether one of these files says a key, whole or by a template of which enough is written out. */
export function says(sources: readonly Omit<Said, 'file'>[], key: string): boolean {
  return sources.some(
    ({ texts, templates }) =>
      texts.has(key) || templates.some((template) => hasEnough(template) && fits(template, key)),
  )
}

/** A template that is nearly all hole would name every message. */
function hasEnough(template: string): boolean {
  return template.replaceAll('…', '').length >= 3
}

function fits(template: string, key: string): boolean {
  const parts = template.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('[a-zA-Z0-9.:-]+')}$`).test(key)
}

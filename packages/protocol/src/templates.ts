import { templateFiles } from './data.ts'
import type { Field, FieldFile, Template } from './shapes.ts'

const templates: readonly Template[] = templateFiles.map((file) => ({
  ...file,
  steps: file.steps.map((step) => ({ ...step, fields: step.fields.map(readField) })),
}))

/** The newest version of each template, in the order in which they are offered. */
export function listTemplates(): readonly Template[] {
  return templates
}

/** The template of a kind in one version; nothing where this program knows no such one. */
export function template(kind: string, version: number): Template | undefined {
  return templates.find((each) => each.kind === kind && each.version === version)
}

/** The fields of a template in their order, whatever step they stand in. */
export function fieldsOf(template: Template): readonly Field[] {
  return template.steps.flatMap(({ fields }) => fields)
}

function readField({ type, list, ...words }: FieldFile): Field {
  switch (type) {
    case 'line':
    case 'text':
    case 'hours':
    case 'instant':
      return { ...words, type }
    case 'code':
    case 'codes':
      if (list === undefined) throw new Error(`${words.id} names no list`)
      return { ...words, type, list }
    default:
      throw new Error(`${words.id} is a field of no known type`)
  }
}

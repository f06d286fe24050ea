import { z } from '@hono/zod-openapi'
import type { ApiDocument } from './describe.ts'

// Reads of the document what its page shows of it.

interface Described {
  readonly name: string
  readonly type: string
  readonly description: string
}

interface Field extends Described {
  readonly isRequired: boolean
}

const schema = z.looseObject({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  format: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  items: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  description: z.string().optional(),
})

const parameter = z.looseObject({
  name: z.string(),
  in: z.string(),
  description: z.string().optional(),
  schema: z.unknown().optional(),
})

export function schemasOf({ components }: ApiDocument): readonly (readonly [string, unknown])[] {
  return Object.entries(components?.schemas ?? {})
}

export function parametersOf(document: ApiDocument, path: string): readonly Described[] {
  return z
    .array(parameter)
    .parse(document.paths?.[path]?.get?.parameters ?? [])
    .filter((each) => each.in !== 'header')
    .map(({ name, description = '', schema: of }) => ({
      name,
      type: writeType(of),
      description: description || (schema.parse(of ?? {}).description ?? ''),
    }))
}

export function fieldsOf({ components }: ApiDocument, name: string): readonly Field[] {
  const { properties = {}, required = [] } = schema.parse(components?.schemas?.[name] ?? {})
  return Object.entries(properties).map(([field, of]) => ({
    name: field,
    type: writeType(of),
    isRequired: required.includes(field),
    description: schema.parse(of).description ?? '',
  }))
}

/** A type in a few words: `array of Entry`, `string (uuid)`, `"email" | "phone"`. */
export function writeType(of: unknown): string {
  const { $ref, type = 'object', format, enum: values, items, properties } = schema.parse(of ?? {})
  if ($ref !== undefined) return $ref.replace('#/components/schemas/', '')
  if (values) return values.map((value) => JSON.stringify(value)).join(' | ')
  if (type === 'array') return `array of ${writeType(items)}`
  if (properties)
    return `{ ${Object.entries(properties)
      .map(([name, inner]) => `${name}: ${writeType(inner)}`)
      .join(', ')} }`
  return format === undefined ? String(type) : `${String(type)} (${format})`
}

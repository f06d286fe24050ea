import { locales } from '@parley/kernel'
import {
  type Field,
  fieldsOf,
  limits,
  listCodes,
  listTemplates,
  markings,
  natures,
  reservationsVersion,
  type Template,
} from '../src/index.ts'

type Schema = Readonly<Record<string, unknown>>

const written = (longest: number, forbidden: string) => ({
  type: 'string',
  maxLength: longest,
  pattern: `^(?=[^${forbidden}]*\\S)[^${forbidden}]*$`,
})
const noControls = String.raw`\p{Cc}\u2028\u2029\ud800-\udfff`
const line = (longest: number) => written(longest, noControls)
const stateName = written(limits.name, String.raw`${noControls}\p{Bidi_Control}`)
const instant = {
  type: 'string',
  format: 'date-time',
  pattern: String.raw`^[12]\d{3}-\d\d-\d\dT\d\d:\d\d:[0-5]\dZ$`,
}

/** The JSON Schema (2020-12) of a message, from the same data as its parser. */
export function messageSchema(): Schema {
  const templates = listTemplates()
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:parley:message:1',
    title: 'A message between points of contact',
    description:
      'Beside this, a program checks what a schema cannot say: answers is not the id of the message itself, and no two attachments have the same name.',
    ...object(
      {
        parley: { const: 'message' },
        version: { const: 1 },
        id: ref('uuid'),
        thread: ref('uuid'),
        reference: { type: 'string', pattern: '^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$' },
        kind: { enum: templates.map(({ kind }) => kind) },
        template: { type: 'integer', minimum: 1 },
        nature: { enum: natures },
        tlp: { enum: markings.toReversed() },
        languages: { type: 'array', items: { enum: locales }, minItems: 1, maxItems: 2, uniqueItems: true },
        from: party({ name: line(limits.name) }),
        to: party({}),
        writtenAt: ref('instant'),
        values: { type: 'object' },
        reservations: { type: 'integer', minimum: 1, maximum: reservationsVersion },
        attachments: { type: 'array', items: ref('attachment'), maxItems: limits.attachments },
      },
      { exercise: line(limits.name), answers: ref('uuid') },
    ),
    allOf: [
      when({ nature: { const: 'REAL' } }, { exercise: false }),
      ...locales.map(namesOnlyWhereSpoken),
      ...templates.map(({ kind, version }) =>
        when({ kind: { const: kind } }, { template: { const: version }, values: ref(`values-${kind}`) }),
      ),
    ],
    $defs: {
      uuid: {
        type: 'string',
        pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
      },
      instant,
      attachment: object({
        name: { ...line(limits.name), not: { pattern: String.raw`[/\\]|^\.+$` } },
        size: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
        sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
      }),
      ...Object.fromEntries(templates.map((template) => [`values-${template.kind}`, valuesOf(template)])),
    },
  }
}

function party(more: Schema): Schema {
  return object(
    {
      state: { type: 'string', pattern: '^[A-Z]{2}$' },
      kind: { type: 'string', pattern: '^[a-z][a-z0-9-]{0,39}$' },
      entity: line(limits.name),
    },
    {
      stateNames: object({}, Object.fromEntries(locales.map((locale) => [locale, stateName]))),
      ownReference: line(limits.name),
      ...more,
    },
  )
}

/** A State is named in the message's own languages alone: the text shows no others. */
function namesOnlyWhereSpoken(locale: string): Schema {
  const silent = { properties: { stateNames: { properties: { [locale]: false } } } }
  return when(
    { languages: { not: { type: 'array', contains: { const: locale } } } },
    { from: silent, to: silent },
  )
}

/** RULE-2: no field is required. */
function valuesOf(template: Template): Schema {
  return object({}, Object.fromEntries(fieldsOf(template).map((field) => [field.id, valueOf(field)])))
}

function valueOf(field: Field): Schema {
  switch (field.type) {
    case 'line':
      return line(limits.line)
    case 'text': {
      const text = written(
        limits.text,
        String.raw`\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff`,
      )
      return { ...text, allOf: [{ pattern: String.raw`^(?:[^\n]*\n){0,${limits.textLines - 1}}[^\n]*$` }] }
    }
    case 'hours':
      return { type: 'integer', minimum: 0, maximum: limits.hours }
    case 'instant':
      return ref('instant')
    case 'code':
      return { enum: codesOf(field.list) }
    case 'codes':
      return {
        type: 'array',
        items: { enum: codesOf(field.list) },
        minItems: 1,
        maxItems: limits.codes,
        uniqueItems: true,
      }
  }
}

function codesOf(list: string): readonly string[] {
  return listCodes(list).map(({ code }) => code)
}

function object(required: Schema, optional: Schema = {}): Schema {
  return {
    type: 'object',
    properties: { ...required, ...optional },
    ...(Object.keys(required).length === 0 ? {} : { required: Object.keys(required) }),
    additionalProperties: false,
  }
}

/** Where these members are so, those are so. */
function when(condition: Schema, consequence: Schema): Schema {
  return { anyOf: [{ not: { properties: condition } }, { properties: consequence }] }
}

function ref(name: string): Schema {
  return { $ref: `#/$defs/${name}` }
}

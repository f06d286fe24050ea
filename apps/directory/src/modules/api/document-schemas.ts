import { z } from '@hono/zod-openapi'
import { locales } from '@parley/kernel'
import { documentKinds } from '../library/index.ts'

// Documents of the library as they are asked for and answered. No text of the database holds U+0000.

const symbol = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[^\0]*$/)
  .openapi({ description: 'As it is cited, without language.', example: 'A/78/265' })

const address = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\0]*$/)
  .openapi({ description: 'Below the symbol; permanent.', example: 'annex-A/8' })

const page = z
  .string()
  .regex(/^[1-9]\d{0,5}$/)
  .optional()
  .openapi({ description: 'From 1; the first if absent.', example: '1' })

const language = z.string().openapi({ description: 'BCP 47.', example: 'ar' })
const version = z
  .enum(locales)
  .optional()
  .openapi({ description: 'The language of the document; whichever is there if absent.', example: 'ar' })

export const symbolPath = z.strictObject({ symbol })
export const paragraphPath = z.strictObject({ symbol, address })
export const pageQuery = z.strictObject({ page })
export const languageQuery = z.strictObject({ in: version })
export const documentQuery = z.strictObject({ in: version, page })

export const searchQuery = z.strictObject({
  text: z
    .string()
    .max(500)
    .optional()
    .openapi({ description: 'Words, symbols, phrases in quotation marks; nothing is found without.' }),
  language: version,
  kind: z.enum(documentKinds).optional(),
  year: z
    .string()
    .regex(/^\d{4}$/)
    .optional()
    .openapi({ description: 'That the document bears.', example: '2023' }),
  page,
})

export const foundParagraphs = z
  .strictObject({
    paragraphs: z.array(
      z.strictObject({
        symbol: z.string(),
        address: z.string(),
        language,
        text: z.string(),
        citeAs: z.string(),
        damaged: z.boolean(),
      }),
    ),
  })
  .openapi('FoundParagraphs')

const documentShape = {
  symbol: z.string(),
  language,
  kind: z.string().openapi({ description: '`resolution`, `draft-resolution`, `report` or `other`.' }),
  title: z.string(),
  dated: z.iso.date().optional(),
  becameSymbol: z.string().optional().openapi({ description: 'What a draft became.' }),
  damaged: z.boolean().openapi({
    description: 'The text could not be extracted well: compare it with the original before quoting it.',
  }),
} as const

export const document = z.strictObject(documentShape).openapi('Document')
export const documentList = z.strictObject({ documents: z.array(document) }).openapi('DocumentList')

const nodeShape = {
  address: z.string(),
  kind: z.string().openapi({ description: 'What it is: `operative`, `paragraph`, `footnote`, …' }),
  label: z.string().optional().openapi({ description: 'Its number or letter.' }),
  text: z.string().openapi({ description: 'As the source has it, in one line.' }),
  notes: z.array(z.string()).openapi({ description: 'Addresses of the notes that it refers to.' }),
} as const

export const node = z.strictObject(nodeShape).openapi('Node')

export const wholeDocument = z
  .strictObject({
    ...documentShape,
    pages: z.int().openapi({ description: 'How many there are.' }),
    paragraphs: z.array(node),
  })
  .openapi('WholeDocument')

const place = z.strictObject({ symbol: z.string(), address: z.string() }).openapi('DocumentPlace')

const annotation = z
  .strictObject({
    printed: z.string().optional().openapi({ description: 'The words of the paragraph that it is about.' }),
    text: z.string(),
    language,
    madeAt: z.iso.datetime(),
  })
  .openapi('Annotation', { description: 'Said beside a paragraph; no part of the document.' })

export const paragraph = z
  .strictObject({
    symbol: z.string(),
    language,
    ...nodeShape,
    citeAs: z.string().openapi({ example: 'A/78/265, annex A, para. 8' }),
    url: z.url().openapi({ description: 'Permanent.' }),
    quotedIn: z.array(place),
    annotations: z.array(annotation),
  })
  .openapi('Paragraph')

export const concordance = z
  .strictObject({
    symbols: z.array(
      z.strictObject({
        symbol: z.string(),
        held: z.boolean().openapi({ description: 'The library holds it.' }),
        quotedIn: z.array(z.string()),
      }),
    ),
  })
  .openapi('Concordance')

export const quotingList = z
  .strictObject({
    symbol: z.string(),
    quotedIn: z.array(
      z.strictObject({
        symbol: z.string(),
        address: z.string(),
        place: z
          .string()
          .optional()
          .openapi({ description: 'What is named below the symbol; the whole document if absent.' }),
      }),
    ),
  })
  .openapi('QuotingList')

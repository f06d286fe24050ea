import type { z } from '@hono/zod-openapi'
import { ok, refuse } from '@parley/kernel'
import type { Community } from '../community/index.ts'
import {
  citeAs,
  findPlace,
  type FoundPlace,
  listBeside,
  listDocuments,
  listQuoting,
  readConcordance,
  readPage,
  searchParagraphs,
} from '../library/index.ts'
import type { SystemScope } from '../tokens/index.ts'
import * as asked from './document-schemas.ts'
import { type Operation, operation } from './operation.ts'
import { nothingAsked } from './schemas.ts'

const absent = refuse({ code: 'library/unknown-document', kind: 'absent' })
/** On one page of a list. */
const size = 50
/** Of what quotes one paragraph, or stands beside it; there is a list of each. */
const mostBeside = 50

/** CAP-12, OEW-12: the documents of the library, page by page as they are read. */
export function documentOperations(origin: URL, { profile }: Community): readonly Operation[] {
  return [
    listDocumentsOperation,
    documentOperation,
    paragraphOperation(new URL(`${profile.languages.includes('en') ? 'en' : profile.languages[0]}/`, origin)),
    concordanceOperation,
    quotingOperation,
    searchOperation,
  ]
}

const listDocumentsOperation = operation({
  id: 'listDocuments',
  path: '/documents',
  verb: 'api.documents',
  summary: 'Documents of the library',
  description: `The newest first, ${size} symbols on a page, each in every language that it is there in.`,
  params: nothingAsked,
  query: asked.pageQuery,
  answer: asked.documentList,
  read: async ({ tx }, _, { page }) => {
    const at = portion(page)
    const found = await listDocuments(tx, at)
    const symbols = [...new Set(found.map(({ symbol }) => symbol))]
    const shown = new Set(symbols.slice(0, size))
    const documents = found.filter(({ symbol }) => shown.has(symbol)).map(documentJson)
    return ok({ value: { documents }, next: symbols.length > size ? following(page) : undefined })
  },
})

const documentOperation = operation({
  id: 'getDocument',
  path: '/documents/{symbol}',
  verb: 'api.documents',
  summary: 'A document',
  description:
    'One page of its paragraphs, in the order of the source. Write the symbol as one segment: `A%2F78%2F265`.',
  params: asked.symbolPath,
  query: asked.documentQuery,
  answer: asked.wholeDocument,
  read: async ({ tx }, { symbol }, { in: language, page }) => {
    const found = await findAt(tx, symbol, '', language)
    if (!found) return absent
    const { nodes, starts } = await readPage(tx, found.document.id, Number(page ?? 1))
    const paragraphs = nodes.filter(({ address }) => address !== '').map(nodeJson)
    const isMore = Number(page ?? 1) < starts.length
    const value = { ...documentJson(found.document), pages: starts.length, paragraphs }
    return ok({ value, next: isMore ? following(page, found.document.language) : undefined })
  },
})

/** `pages` is where they begin in a language. */
function paragraphOperation(pages: URL): Operation {
  return operation({
    id: 'getParagraph',
    path: '/documents/{symbol}/paragraphs/{address}',
    verb: 'api.documents',
    summary: 'A paragraph',
    description:
      'Its text as the source has it, how it is cited, who quotes it, and what is said beside it. The address is one segment: `annex-A%2F8`.',
    params: asked.paragraphPath,
    query: asked.languageQuery,
    answer: asked.paragraph,
    read: async ({ tx }, { symbol, address }, { in: language }) => {
      const found = await findAt(tx, symbol, address, language)
      const { nodes } = found ? await readPage(tx, found.document.id, found.page) : { nodes: [] }
      const node = nodes.find((each) => each.address === address)
      if (!found || !node) return absent
      const quoting = await listQuoting(tx, symbol, { from: 0, most: 500 })
      const said = await listBeside(tx, found.document, [address], mostBeside)
      return ok({
        value: {
          symbol,
          language: found.document.language,
          ...nodeJson(node),
          citeAs: citeAs(symbol, address, 'en'),
          url: new URL(`documents/${segments(`${symbol}/${address}`)}`, pages).href,
          quotedIn: quoting
            .filter(({ place }) => place === address)
            .slice(0, mostBeside)
            .map((each) => ({ symbol: each.symbol, address: each.address })),
          annotations: said.map(({ printed, text, textLanguage, madeAt }) => ({
            ...(printed === null ? {} : { printed }),
            text,
            language: textLanguage,
            madeAt: madeAt.toISOString(),
          })),
        },
      })
    },
  })
}

const searchOperation = operation({
  id: 'searchParagraphs',
  path: '/paragraphs',
  verb: 'api.documents',
  summary: 'Search in the paragraphs of all documents',
  description: `The most telling first, ${size} on a page, in any of the languages: those that have all words before those that have some.`,
  params: nothingAsked,
  query: asked.searchQuery,
  answer: asked.foundParagraphs,
  read: async ({ tx }, _, { text = '', language, kind, year, page }) => {
    const filters = { language, kind, year: year === undefined ? undefined : Number(year) }
    const { paragraphs: found } = await searchParagraphs(tx, text, language ?? 'en', {
      ...filters,
      ...portion(page),
    })
    const paragraphs = found.slice(0, size).map((each) => ({
      symbol: each.symbol,
      address: each.address,
      language: each.language,
      text: each.text,
      citeAs: citeAs(each.symbol, each.address, 'en'),
      damaged: each.isDamaged,
    }))
    const asked = Object.entries({ text, language, kind, year, page: String(Number(page ?? 1) + 1) })
    const next = new URLSearchParams(
      asked.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    )
    return ok({ value: { paragraphs }, next: found.length > size ? next : undefined })
  },
})

const concordanceOperation = operation({
  id: 'listConcordance',
  path: '/concordance',
  verb: 'api.documents',
  summary: 'Concordance',
  description: `Every symbol that documents of the library name, ${size} on a page, and the documents that name it.`,
  params: nothingAsked,
  query: asked.pageQuery,
  answer: asked.concordance,
  read: async ({ tx }, _, { page }) => {
    const lines = await readConcordance(tx, portion(page))
    const symbols = lines
      .slice(0, size)
      .map(({ symbol, isHeld, citing }) => ({ symbol, held: isHeld, quotedIn: [...citing] }))
    return ok({ value: { symbols }, next: lines.length > size ? following(page) : undefined })
  },
})

const quotingOperation = operation({
  id: 'listQuoting',
  path: '/concordance/{symbol}',
  verb: 'api.documents',
  summary: 'Who quotes a symbol',
  description: `The paragraphs that name it, ${size} on a page; none where no document of the library does.`,
  params: asked.symbolPath,
  query: asked.pageQuery,
  answer: asked.quotingList,
  read: async ({ tx }, { symbol }, { page }) => {
    const lines = await listQuoting(tx, symbol, portion(page))
    const quotedIn = lines.slice(0, size).map(({ place, ...each }) => ({
      symbol: each.symbol,
      address: each.address,
      ...(place === null ? {} : { place }),
    }))
    return ok({ value: { symbol, quotedIn }, next: lines.length > size ? following(page) : undefined })
  },
})

/** Where exactly this symbol is, in the language that is asked for or, where none is, in whichever. */
async function findAt(
  tx: SystemScope['tx'],
  symbol: string,
  address: string,
  language: string | undefined,
): Promise<FoundPlace | undefined> {
  const whole = address === '' ? symbol : `${symbol}/${address}`
  const found = await findPlace(tx, whole, language === undefined ? [] : [language])
  const isAsked = found?.document.symbol === symbol && found.place === address
  return isAsked && (language ?? found.document.language) === found.document.language ? found : undefined
}

function documentJson({
  symbol,
  language,
  kind,
  title,
  dated,
  becameSymbol,
  damage,
}: FoundPlace['document']): z.input<typeof asked.document> {
  return {
    symbol,
    language,
    kind,
    title,
    ...(dated === null ? {} : { dated }),
    ...(becameSymbol === null ? {} : { becameSymbol }),
    damaged: damage.isDamaged,
  }
}

type Node = Awaited<ReturnType<typeof readPage>>['nodes'][number]

function nodeJson({ address, kind, label, text, notes }: Node): z.input<typeof asked.node> {
  return { address, kind, ...(label === null ? {} : { label }), text, notes: [...notes] }
}

function segments(address: string): string {
  return address.split('/').map(encodeURIComponent).join('/')
}

function portion(page: string | undefined) {
  return { from: (Number(page ?? 1) - 1) * size, most: size + 1 }
}

function following(page: string | undefined, language?: string): URLSearchParams {
  const next = { page: String(Number(page ?? 1) + 1) }
  return new URLSearchParams(language === undefined ? next : { in: language, ...next })
}

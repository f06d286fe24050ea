import type { Locale } from '@parley/kernel'
import type { Citation, DocumentNode, StructuredDocument } from '../structured-document.ts'
import { documentUrl } from './addresses.ts'
import { type Body, eIdOf, inlineText, paragraphs, treeOf } from './akoma-text.ts'
import { element, escaped } from './xml.ts'

const languages: Readonly<Record<Locale, string>> = {
  ar: 'ara',
  en: 'eng',
  es: 'spa',
  fr: 'fra',
  ru: 'rus',
  zh: 'zho',
}

/** What Akoma Ntoso has a name of its own for; all other pieces are containers that say their kind. */
const elements: Readonly<Partial<Record<DocumentNode['kind'], string>>> = {
  part: 'part',
  section: 'section',
  operative: 'paragraph',
  paragraph: 'paragraph',
  'sub-paragraph': 'point',
  'sub-item': 'point',
}

/** A day has to be said: this one says that nobody told it. */
const untold = '0001-01-01'

/** The document as Akoma Ntoso 1.0, without what pages print around its text. */
export function toAkomaNtoso(document: StructuredDocument, citations: readonly Citation[]): string {
  const body = treeOf(document, citations)
  const isResolution = document.manifest.kind.endsWith('resolution')
  const main = body.main.map((node) => hierarchy(node, body)).join('')
  const whole = element(
    isResolution ? 'statement' : 'doc',
    { name: document.manifest.kind, contains: 'originalVersion' },
    meta(document, body, citations),
    preface(document, body),
    preamble(body),
    element('mainBody', {}, main || element('p', {})),
    some('conclusions', paragraphs(body.closing, body)),
  )
  const namespace = 'http://docs.oasis-open.org/legaldocml/ns/akn/3.0'
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('akomaNtoso', { xmlns: namespace }, whole)}\n`
}

function meta(document: StructuredDocument, body: Body, citations: readonly Citation[]): string {
  const source = { source: '#parley' }
  const symbols = [...new Set(citations.map(({ symbol }) => symbol))].toSorted()
  const cited = symbols.map((symbol, position) =>
    element('TLCReference', {
      eId: `ref_${position + 1}`,
      name: 'cites',
      href: documentUrl(symbol),
      showAs: symbol,
    }),
  )
  const notes = body.notes.map((node) =>
    element(
      'note',
      { eId: eIdOf(node), marker: node.label ?? '*' },
      element('p', {}, inlineText(node, body)),
    ),
  )
  return element(
    'meta',
    {},
    identification(document),
    element(
      'references',
      source,
      organization('un', 'https://www.un.org', 'United Nations'),
      organization('parley', '/', 'Parley'),
      ...cited,
    ),
    notes.length > 0 ? element('notes', source, ...notes) : '',
    damage(document),
  )
}

function identification({ manifest }: StructuredDocument): string {
  const { symbol, kind, language } = manifest
  const work = `/akn/un/${kind.endsWith('resolution') ? 'statement' : 'doc'}/${kind}/${manifest.dated ?? untold}/${symbol.replace(/[/ ]/g, '-')}`
  const expression = `${work}/${languages[language]}@`
  const level = (uri: string, ...rest: readonly string[]) =>
    [
      element('FRBRthis', { value: `${uri}/!main` }),
      element('FRBRuri', { value: uri }),
      element('FRBRdate', {
        date: manifest.dated ?? untold,
        name: manifest.dated === undefined ? 'unknown' : 'document',
      }),
      element('FRBRauthor', { href: '#un' }),
      ...rest,
    ].join('')
  return element(
    'identification',
    { source: '#parley' },
    element(
      'FRBRWork',
      {},
      level(
        work,
        element('FRBRcountry', { value: 'un' }),
        element('FRBRsubtype', { value: kind }),
        element('FRBRnumber', { value: symbol }),
      ),
    ),
    element(
      'FRBRExpression',
      {},
      level(expression, element('FRBRlanguage', { language: languages[language] })),
    ),
    element(
      'FRBRManifestation',
      {},
      level(`${expression}.xml`, element('FRBRformat', { value: 'application/akn+xml' })),
    ),
  )
}

function organization(eId: string, href: string, showAs: string): string {
  return element('TLCOrganization', { eId, href, showAs })
}

/** A text that could not be read well says so wherever it goes. */
function damage({ damage: { isDamaged, share } }: StructuredDocument): string {
  if (!isDamaged) return ''
  const said = element('parley:extraction', {
    'xmlns:parley': 'urn:parley:library',
    damaged: 'true',
    share: share.toFixed(2),
  })
  return element('proprietary', { source: '#parley' }, said)
}

function preface({ title }: StructuredDocument, body: Body): string {
  const named = title === '' ? '' : element('p', {}, element('docTitle', {}, escaped(title)))
  return some('preface', named + paragraphs(body.cover, body))
}

function preamble(body: Body): string {
  const recitals = body.preamble.map((node) =>
    element('recital', { eId: eIdOf(node) }, element('p', {}, inlineText(node, body))),
  )
  return recitals.length === 0
    ? ''
    : element('preamble', {}, element('recitals', { eId: 'recitals' }, ...recitals))
}

function hierarchy(node: DocumentNode, body: Body): string {
  const children = body.childrenOf(node)
  const [heading] = children.filter(({ kind }) => kind === 'heading')
  const takesHeading =
    heading !== undefined && children[0] === heading && body.childrenOf(heading).length === 0
  const below = (takesHeading ? children.slice(1) : children).map((child) => hierarchy(child, body))
  const text = inlineText(node, body)
  const own = text === '' ? '' : element('p', {}, text)
  const name = elements[node.kind]
  return element(
    name ?? 'hcontainer',
    { eId: eIdOf(node), ...(name === undefined && { name: node.kind }) },
    node.label === null ? '' : element('num', {}, escaped(node.label)),
    takesHeading ? element('heading', { eId: eIdOf(heading) }, inlineText(heading, body)) : '',
    below.length === 0
      ? element('content', { eId: `${eIdOf(node)}__content` }, own)
      : (own && element('intro', { eId: `${eIdOf(node)}__intro` }, own)) + below.join(''),
  )
}

function some(name: string, content: string): string {
  return content === '' ? '' : element(name, {}, content)
}

import type { BookCard } from './book.ts'
import { escapeXml, type Name } from './xml.ts'

// The properties of RFC 4918, 5397 and 6352 that phones and programs ask for; each is a piece of XML.

export const dav = 'DAV:'
export const carddav = 'urn:ietf:params:xml:ns:carddav'
const calendarserver = 'http://calendarserver.org/ns/'

export const places = {
  root: '/carddav/',
  principal: '/carddav/principal/',
  home: '/carddav/books/',
  book: '/carddav/books/directory/',
} as const

export interface Resource {
  readonly href: string
  readonly properties: Readonly<Record<string, string>>
}

/** How a property is known: `{namespace}local`. */
function keyOf({ namespace, local }: Name): string {
  return `{${namespace}}${local}`
}

const d = (local: string) => `{${dav}}${local}`
const c = (local: string) => `{${carddav}}${local}`

const principal = `<D:href>${places.principal}</D:href>`

function collection(href: string, name: string, more: Readonly<Record<string, string>> = {}): Resource {
  return {
    href,
    properties: {
      [d('resourcetype')]: '<D:collection/>',
      [d('displayname')]: escapeXml(name),
      [d('current-user-principal')]: principal,
      [d('current-user-privilege-set')]: '<D:privilege><D:read/></D:privilege>',
      ...more,
    },
  }
}

export function rootResource(name: string): Resource {
  return collection(places.root, name, { [c('addressbook-home-set')]: `<D:href>${places.home}</D:href>` })
}

export function principalResource(name: string): Resource {
  return collection(places.principal, name, {
    [d('resourcetype')]: '<D:collection/><D:principal/>',
    [d('principal-URL')]: principal,
    [c('addressbook-home-set')]: `<D:href>${places.home}</D:href>`,
  })
}

export function homeResource(name: string): Resource {
  return collection(places.home, name)
}

const synchronises = '<D:supported-report><D:report><D:sync-collection/></D:report></D:supported-report>'

export function bookResource(name: string, tag: string, syncToken: string): Resource {
  const reports = ['addressbook-multiget', 'addressbook-query'].map(
    (report) => `<D:supported-report><D:report><C:${report}/></D:report></D:supported-report>`,
  )
  return collection(places.book, name, {
    [d('resourcetype')]: '<D:collection/><C:addressbook/>',
    [d('supported-report-set')]: [...reports, synchronises].join(''),
    [d('sync-token')]: escapeXml(syncToken),
    [c('supported-address-data')]: '<C:address-data-type content-type="text/vcard" version="4.0"/>',
    [`{${calendarserver}}getctag`]: tag,
  })
}

export function hrefOf({ id }: Pick<BookCard, 'id'>): string {
  return `${places.book}${id}.vcf`
}

export function cardResource(card: BookCard, withData: boolean): Resource {
  return {
    href: hrefOf(card),
    properties: {
      [d('resourcetype')]: '',
      [d('getetag')]: escapeXml(card.tag),
      [d('getcontenttype')]: 'text/vcard; charset=utf-8',
      [d('getcontentlength')]: String(Buffer.byteLength(card.vcard)),
      [d('current-user-principal')]: principal,
      ...(withData ? { [c('address-data')]: escapeXml(card.vcard) } : {}),
    },
  }
}

/** What was found of each resource, what was not, and what is not there at all. */
export function multistatus(
  resources: readonly Resource[],
  wanted: readonly Name[] | 'all',
  absent: readonly string[] = [],
  syncToken?: string,
): string {
  const responses = resources.map(({ href, properties }) => {
    const names = wanted === 'all' ? Object.keys(properties).map(nameOf) : wanted
    const found = names.filter((name) => properties[keyOf(name)] !== undefined)
    const missing = names.filter((name) => properties[keyOf(name)] === undefined)
    return `<D:response><D:href>${escapeXml(href)}</D:href>${propstat(
      found.map((name) => elementNamed(name, properties[keyOf(name)] ?? '')),
      '200 OK',
    )}${propstat(
      missing.map((name) => elementNamed(name, '')),
      '404 Not Found',
    )}</D:response>`
  })
  const gone = absent.map(
    (href) =>
      `<D:response><D:href>${escapeXml(href)}</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response>`,
  )
  return `<?xml version="1.0" encoding="utf-8"?>\n<D:multistatus xmlns:D="${dav}" xmlns:C="${carddav}">${[...responses, ...gone].join('')}${
    syncToken === undefined ? '' : `<D:sync-token>${escapeXml(syncToken)}</D:sync-token>`
  }</D:multistatus>`
}

/** What a request asked for and may not have, as the program that sent it understands it. */
export function precondition(local: string): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n<D:error xmlns:D="${dav}"><D:${local}/></D:error>`
}

function propstat(elements: readonly string[], status: string): string {
  if (elements.length === 0) return ''
  return `<D:propstat><D:prop>${elements.join('')}</D:prop><D:status>HTTP/1.1 ${status}</D:status></D:propstat>`
}

function elementNamed({ namespace, local }: Name, content: string): string {
  return `<x:${local} xmlns:x="${escapeXml(namespace)}">${content}</x:${local}>`
}

function nameOf(key: string): Name {
  const [, namespace = '', local = ''] = /^\{(.*)\}(.*)$/.exec(key) ?? []
  return { namespace, local }
}

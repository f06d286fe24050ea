import { directionOf, type Locale } from '@parley/kernel'
import { html, type Html, ltr, nothing } from '@parley/web'
import { besideParagraph } from '../annotate/show-annotation.ts'
import { labelIn } from '../cite/letters.ts'
import { text } from '../locales/index.ts'
import { documentHref, idOf } from '../routes.ts'
import { headingKinds } from '../structured-document.ts'
import type { Annotation } from '../store/annotations.ts'
import type { KeptDocument } from '../store/find-document.ts'
import type { ShownNode } from '../store/read-page.ts'
import { sourceText } from './source-text.ts'

/** What the paragraphs of one page are shown with. */
export interface Reading {
  readonly locale: Locale
  readonly document: KeptDocument
  /** Named in links, where the reader asked for another language than the own. */
  readonly language: string | undefined
  readonly nodes: readonly ShownNode[]
  /** Headings that the first node of the page stands under. */
  readonly under: readonly ShownNode[]
  /** Who quotes a paragraph of this page, by its address. */
  readonly quoting: ReadonlyMap<string, readonly string[]>
  /** What is said beside paragraphs of this page. */
  readonly annotations: readonly Annotation[]
  /** The paragraph that was asked for, and how it is cited. */
  readonly asked: { readonly place: string; readonly sentence: Html } | undefined
}

/** Quoting documents that are named beside a paragraph: the others stand in the list of all. */
const mostBeside = 3

/** The text of one page, in its language and direction, each paragraph with its permanent link and its notes below it. */
export function paragraphs(reading: Reading): Html {
  const { document, nodes, under } = reading
  const owners = ownersOfNotes(nodes)
  const placed = new Set([...owners.values()].flat())
  const { language } = document
  return html`<article class="source" lang="${language}" dir="${directionOf(language)}">
    ${under.length === 0 ? nothing : html`<h2>${sourceText(under.map(headingText).join(' · '))}</h2>`}
    ${nodes
      .filter((node) => node.text !== '' && !placed.has(node))
      .map(
        (node) =>
          html`${shown(reading, node)}${(owners.get(node) ?? []).map((note) => noteOf(reading, note))}`,
      )}
  </article>`
}

/** Each note with the first node of the page that refers to it. */
function ownersOfNotes(nodes: readonly ShownNode[]): ReadonlyMap<ShownNode, readonly ShownNode[]> {
  const notes = new Map(
    nodes.filter(({ kind }) => kind === 'footnote' || kind === 'note').map((note) => [note.address, note]),
  )
  const owners = new Map<ShownNode, readonly ShownNode[]>()
  for (const node of nodes) {
    const own = node.notes.flatMap((address) => {
      const note = notes.get(address)
      notes.delete(address)
      return note && note !== node ? [note] : []
    })
    owners.set(node, own)
  }
  return owners
}

function shown(reading: Reading, node: ShownNode): Html {
  const isHeading = headingKinds.some((kind) => kind === node.kind)
  if (node.kind === 'footnote' || node.kind === 'note') return noteOf(reading, node)
  if (isHeading)
    return html`<h2 id="${idIn(reading, node)}">${sourceText(headingText(node))}</h2>
      ${beside(reading, node)}`
  if (node.kind === 'cover')
    return html`<p class="small" id="${idIn(reading, node)}">${sourceText(node.text)}</p>
      ${beside(reading, node)}`
  return html`<div class="place${depthClass(node)}" id="${idIn(reading, node)}">
    ${permanentLink(reading, node)}
    <p>${sourceText(node.text)}</p>
    ${elsewhere(reading, node)}${quotedIn(reading, node)}${beside(reading, node)}
  </div>`
}

function noteOf(reading: Reading, node: ShownNode): Html {
  return html`<div class="place note" id="${idIn(reading, node)}">
    ${permanentLink(reading, node)}
    <p>${sourceText(node.text)}</p>
    ${beside(reading, node)}
  </div>`
}

/** Its label as it is printed; a sign where none is. */
function permanentLink({ locale, document, language }: Reading, { kind, label, address }: ShownNode): Html {
  const whole = `${document.symbol}/${address}`
  const printed = label === null || kind === 'preamble' ? '¶' : labelIn(document.language, kind, label)
  return html`<a href="${documentHref(locale, whole, language)}" aria-label="${whole}">${printed}</a>`
}

/** Notes that stand on another page, with the paragraph that referred to them first. */
function elsewhere({ locale, document, language, nodes }: Reading, { notes }: ShownNode): Html {
  const there = notes.filter((address) => !nodes.some((node) => node.address === address))
  if (there.length === 0) return nothing
  const link = (address: string) =>
    html`<a href="${documentHref(locale, `${document.symbol}/${address}`, language)}">${ltr(address)}</a> `
  return html`<p class="small" lang="${locale}" dir="${directionOf(locale)}">
    ${text(locale)('library.notes-elsewhere')} ${there.map(link)}
  </p>`
}

/** What is said of it, and how it is cited. */
function beside(reading: Reading, node: ShownNode): Html {
  const said = reading.annotations.filter(({ address }) => address === node.address)
  return html`${said.map((each) => besideParagraph(reading.locale, each))}${cited(reading, node)}`
}

function cited({ locale, asked }: Reading, { address }: ShownNode): Html {
  if (asked?.place !== address) return nothing
  return html`<p class="small" lang="${locale}" dir="${directionOf(locale)}">${asked.sentence}</p>`
}

function quotedIn({ locale, quoting }: Reading, { address }: ShownNode): Html {
  const by = quoting.get(address) ?? []
  if (by.length === 0) return nothing
  const links = by
    .slice(0, mostBeside)
    .map((whole) => html`<a href="${documentHref(locale, whole)}">${ltr(whole)}</a> `)
  return html`<p class="small" lang="${locale}" dir="${directionOf(locale)}">
    ${text(locale)('library.quoted-in')}: ${links}${by.length > mostBeside ? '…' : nothing}
  </p>`
}

const depths: Readonly<Record<string, string>> = {
  'sub-paragraph': ' below',
  'sub-item': ' deeper',
  bullet: ' below',
}

function depthClass({ kind }: ShownNode): string {
  return depths[kind] ?? ''
}

function idIn({ document }: Reading, { address }: ShownNode): string {
  return idOf(`${document.symbol}/${address}`)
}

/** A heading as it is printed, with its letter; its address where nothing is. */
export function headingText({ address, text: own }: Pick<ShownNode, 'address' | 'text'>): string {
  return own === '' ? address : own
}

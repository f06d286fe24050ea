import type { Locale } from '@parley/kernel'
import { html, type Html, nothing } from '@parley/web'
import { text } from '../locales/index.ts'

/** The way to the page before and after, where there is one. */
export function turn(
  locale: Locale,
  to: { readonly previous?: string | undefined; readonly next?: string | undefined },
): Html {
  if (to.previous === undefined && to.next === undefined) return nothing
  const t = text(locale)
  return html`<nav class="row" aria-label="${t('library.pages')}">
    ${link('prev', t('library.previous'), to.previous)}${link('next', t('library.next'), to.next)}
  </nav>`
}

function link(rel: 'prev' | 'next', label: string, address: string | undefined): Html {
  return address === undefined ? nothing : html`<a class="button" rel="${rel}" href="${address}">${label}</a>`
}

/** Which lines of a long list a page shows: one more is read, to know whether another page follows. */
export interface ListPage {
  readonly number: number
  readonly from: number
  readonly most: number
}

const mostPages = 1_000_000

export function listPageOf(query: URLSearchParams, size: number): ListPage {
  const asked = Number(query.get('page') ?? '1')
  const number = Number.isInteger(asked) && asked > 0 && asked < mostPages ? asked : 1
  return { number, from: (number - 1) * size, most: size + 1 }
}

export function turnList(locale: Locale, path: string, { number }: ListPage, isMore: boolean): Html {
  const at = (page: number) => `${path}${path.includes('?') ? '&' : '?'}page=${page}`
  return turn(locale, {
    previous: number > 1 ? at(number - 1) : undefined,
    next: isMore ? at(number + 1) : undefined,
  })
}

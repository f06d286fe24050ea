import type { Locale } from '@parley/kernel'
import { href, html, type Html, ltr, nothing } from '@parley/web'
import { text } from '../locales/index.ts'
import { documentHref, quotingRoute } from '../routes.ts'
import type { Named, Quoting } from '../store/cited.ts'

/** What is shown on a page of the text; the rest stands on the page of the symbol. */
export const mostQuoting = 10
const mostNamed = 40

/** Symbols lead to the document where the library holds it, to those who name it where not. */
function symbolLink(locale: Locale, { symbol, isHeld }: Named): Html {
  const to = isHeld ? documentHref(locale, symbol) : href(locale, quotingRoute, { symbol })
  return html`<a href="${to}">${ltr(symbol)}</a>`
}

/** OEW-12: who quotes a document, and what this page of it recalls. */
export function bothWays(
  locale: Locale,
  symbol: string,
  quoting: readonly Quoting[],
  named: readonly Named[],
): Html {
  const t = text(locale)
  const all = html`<p>
    <a href="${href(locale, quotingRoute, { symbol })}">${t('library.all-quoting', { symbol })}</a>
  </p>`
  return html`<h2>${t('library.quoted-in')}</h2>
    ${
      quoting.length === 0
        ? html`<p class="empty">${t('library.quoted-nowhere')}</p>`
        : html`<ul>
            ${quoting.slice(0, mostQuoting).map((each) => quotingLine(locale, each))}
          </ul>`
    }
    ${quoting.length > mostQuoting ? all : nothing}
    <h2>${t('library.recalls')}</h2>
    ${
      named.length === 0
        ? html`<p class="empty">${t('library.recalls-nothing')}</p>`
        : html`<ul class="key">
            ${named.slice(0, mostNamed).map((each) => html`<li>${symbolLink(locale, each)}</li>`)}
          </ul>`
    }
    ${named.length > mostNamed ? html`<p>…</p>` : nothing}`
}

function quotingLine(locale: Locale, { symbol, address }: Quoting): Html {
  const whole = addressOf(symbol, address)
  return html`<li><a href="${documentHref(locale, whole)}">${ltr(whole)}</a></li>`
}

/** A place below a symbol; the document itself has none. */
export function addressOf(symbol: string, place: string): string {
  return place === '' ? symbol : `${symbol}/${place}`
}

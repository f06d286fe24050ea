import { directionOf, type Locale } from '@parley/kernel'
import { html, type Html, nothing } from './html.ts'
import { webText } from './locales/index.ts'
import { inLanguage, type PageScope, type View } from './page.ts'

/** What stands around every page: given by the program, the same for a whole request. */
export interface Frame {
  readonly product: string
  readonly home: string
  /** The languages that every page is there in. */
  readonly languages: readonly Locale[]
  readonly stylesheet: string
  readonly icon: string
  /** EXERCISE, TEST or DEMONSTRATION: a band across the top that cannot be dismissed. */
  readonly band?: string | undefined
  readonly menu: readonly { readonly href: string; readonly label: string }[]
  /** Who is signed in, and as what. */
  readonly who: Html
  /** At the foot: when the session ends. */
  readonly note?: Html | undefined
  /** Hashed names of client scripts of every page. */
  readonly scripts?: readonly string[]
  readonly footer: readonly { readonly href: string; readonly label: string }[]
}

/** The whole document around a view. */
export function documentOf(scope: PageScope, frame: Frame, view: View): Html {
  const { locale } = scope
  const t = webText(locale)
  return html`<!doctype html>
    <html lang="${locale}" dir="${directionOf(locale)}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${view.title} · ${frame.product}</title>
        <link rel="stylesheet" href="${frame.stylesheet}" />
        <link rel="icon" href="${frame.icon}" />
        ${
          view.reloadAfter === undefined
            ? nothing
            : html`<noscript
                ><meta http-equiv="refresh" content="${view.reloadAfter}; url=${renewed(scope)}"
              /></noscript>`
        }
      </head>
      <body>
        <a class="skip" href="#main">${t('skip')}</a>
        ${frame.band ? html`<p class="band">${frame.band}</p>` : nothing}
        ${view.sealed ? nothing : header(scope, frame)}
        <main id="main" tabindex="-1" class="${view.width ?? 'wide'}">${view.body}</main>
        <footer class="bottom">
          ${frame.languages.length > 1 ? html`<nav aria-label="${t('languages')}">${frame.languages.map((other) => languageLink(scope, other))}</nav>` : nothing}
          ${view.reloadAfter === undefined ? nothing : html`<noscript>${t('renews', { count: view.reloadAfter })}</noscript>`}${view.sealed ? nothing : footer(scope, frame)}
        </footer>
        ${[...(view.scripts ?? []), ...(view.sealed ? [] : (frame.scripts ?? []))].map((script) => html`<script type="module" src="${script}"></script>`)}
      </body>
    </html>`
}

function header(scope: PageScope, frame: Frame): Html {
  return html`<header class="top">
    <a class="brand" href="${frame.home}">${frame.product}</a>
    ${frame.menu.length > 0 ? html`<nav aria-label="${webText(scope.locale)('menu')}">${frame.menu.map((item) => menuItem(scope, item))}</nav>` : nothing}
    <div class="who">${frame.who}</div>
  </header>`
}

function footer(scope: PageScope, frame: Frame): Html {
  return html`${frame.note ?? nothing}
    <nav aria-label="${frame.product}">${frame.footer.map((item) => menuItem(scope, item))}</nav>`
}

/** The name in a query that says: nobody asked for this page, it renewed itself. That is no activity. */
export const renewedName = 'renewed'

function renewed(scope: PageScope): string {
  const query = new URLSearchParams(scope.query)
  query.set(renewedName, 'yes')
  return inLanguage({ ...scope, query }, scope.locale)
}

function menuItem(scope: PageScope, item: { readonly href: string; readonly label: string }): Html {
  const here = item.href === inLanguage({ ...scope, query: new URLSearchParams() }, scope.locale)
  return html`<a href="${item.href}" ${here ? html` aria-current="page"` : nothing}>${item.label}</a>`
}

/** Each language in the language itself, keeping the place. */
function languageLink(scope: PageScope, locale: Locale): Html {
  const name = webText(locale)(`language.${locale}`)
  return locale === scope.locale
    ? html`<span lang="${locale}" aria-current="true">${name}</span>`
    : html`<a
        href="${inLanguage(scope, locale)}"
        lang="${locale}"
        dir="${directionOf(locale)}"
        hreflang="${locale}"
        >${name}</a
      >`
}

import type { Locale } from '@parley/kernel'
import { inArabic } from '../cite/letters.ts'
import { romanIn } from '../cite/places.ts'
import { text } from '../locales/index.ts'

interface Named {
  readonly key: Parameters<ReturnType<typeof text>>[0]
  readonly rule: RegExp
}

/** Pieces of an address, and how each is said. */
const named: readonly Named[] = [
  { key: 'cite.annex', rule: /^annex-([A-Z]+)$/ },
  { key: 'cite.annex-alone', rule: /^annex$/ },
  { key: 'cite.preambular', rule: /^pp\/(\d+(?:\/[a-z]+)*)$/ },
  { key: 'cite.paragraph', rule: /^op\/(\d+(?:\/[a-z]+)*)$/ },
  { key: 'cite.footnote', rule: /^fn\/(\d+)$/ },
  { key: 'cite.step', rule: /^step-(\d+)$/ },
  { key: 'cite.procedure', rule: /^procedure-(\d+)\/step-(\d+)$/ },
  { key: 'cite.measure', rule: /^measure-(\d+(?:\/[a-z]+)*)$/ },
  { key: 'cite.principle', rule: /^principle-(\d+)$/ },
  { key: 'cite.agenda-item', rule: /^item-(\d+)$/ },
  { key: 'cite.appendix', rule: /^appendix$/ },
  { key: 'cite.section', rule: /^([A-Z])$/ },
  { key: 'cite.paragraph', rule: /^(\d+(?:\/[a-z]+)*)$/ },
]

/** `A/78/265, annex A, para. 8` in the language of the reader. */
export function citeAs(symbol: string, address: string, locale: Locale): string {
  const t = text(locale)
  const said = piecesOf(address).map((piece) => {
    for (const { key, rule } of named) {
      const [whole, value = '', step] = rule.exec(piece) ?? []
      if (whole === undefined) continue
      return t(key, {
        name: nameIn(locale, value),
        number: step === undefined ? numberIn(locale, value) : `${value}.${step}`,
      })
    }
    return piece
  })
  return [symbol, ...said].join(t('cite.separator'))
}

/** `annex-A/29/a` is an annex and a paragraph. */
function piecesOf(address: string): readonly string[] {
  return (
    address.match(/procedure-\d+\/step-\d+|(?:(?:pp|op|fn)\/|measure-)?\d+(?:\/[a-z]+(?=\/|$))*|[^/]+/g) ?? []
  )
}

function nameIn(locale: Locale, name: string): string {
  const roman = romanIn(locale, name)
  return locale === 'ar' && roman === name ? inArabic(name) : roman
}

/** `29/a` is printed `29 (a)`. */
function numberIn(locale: Locale, number: string): string {
  const [first = '', ...letters] = number.split('/')
  const space = locale === 'zh' ? '' : ' '
  return [first, ...letters.map((each) => `(${locale === 'ar' ? inArabic(each) : each})`)].join(space)
}

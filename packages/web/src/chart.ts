import { directionOf, type Locale } from '@parley/kernel'
import { html, type Html, nothing } from './html.ts'
import { webText } from './locales/index.ts'
import { writeShare } from './moment.ts'

/** How a part of a bar is filled: a pattern each, so that it is told apart in black and white. */
export type ChartTone = 'good' | 'late' | 'stop'

interface ChartBar {
  readonly label: string
  /** What stands at its end: the figure that it shows. */
  readonly value: string
  /** Of the whole width, 0 to 1, one after the other. */
  readonly parts: readonly { readonly share: number; readonly tone: ChartTone }[]
}

interface Chart {
  readonly locale: Locale
  /** Unique on its page: patterns are found by it. */
  readonly id: string
  readonly title: string
  readonly bars: readonly ChartBar[]
}

const width = 360
const rowHeight = 40
const axisHeight = 22

/** Bars from 0 to 100 percent, from the side where reading begins; the same stands in a table beside it. */
function barChart({ locale, id, title, bars }: Chart): Html {
  const isMirrored = directionOf(locale) === 'rtl'
  const height = bars.length * rowHeight + axisHeight
  const pair = (bar: ChartBar) => webText(locale)('pair', { name: bar.label, value: bar.value })
  const from = (start: number, size: number) => (isMirrored ? width - start - size : start)
  return html`<svg
    class="chart"
    viewBox="0 0 ${width} ${height}"
    role="img"
    aria-labelledby="${id}-title"
    aria-describedby="${id}-desc"
  >
    <title id="${id}-title">${title}</title>
    <desc id="${id}-desc">${bars.map(pair).join('; ')}</desc>
    <defs>
      <pattern id="${id}-late" width="6" height="6" patternUnits="userSpaceOnUse">
        <path class="stroke" d="M-1 7 7 -1M-1 1 1 -1M5 7 7 5"></path>
      </pattern>
      <pattern id="${id}-stop" width="5" height="5" patternUnits="userSpaceOnUse">
        <circle class="dot" cx="2.5" cy="2.5" r="1"></circle>
      </pattern>
    </defs>
    ${[0, 0.25, 0.5, 0.75, 1].map((share) => axisLine(locale, from(share * width, 0), share, height))}
    ${bars.map((bar, row) => {
      const top = row * rowHeight
      return html`${label(locale, bar, top)}${partsOf(bar).map(({ tone, start, size }) =>
        size > 0
          ? html`<rect
              class="${tone}"
              x="${from(start, size).toFixed(1)}"
              y="${top + 20}"
              width="${size.toFixed(1)}"
              height="14"
              ${tone === 'good' ? nothing : html` fill="url(#${id}-${tone})"`}
            ></rect>`
          : nothing,
      )}`
    })}
  </svg>`
}

/** A heading, a chart under it, and beside them the table that says the same in figures. */
export function charted(chart: Chart, figures: Html): Html {
  return html`<section class="charted">
    <div>
      <h2>${chart.title}</h2>
      ${barChart(chart)}
    </div>
    ${figures}
  </section>`
}

function partsOf({ parts }: ChartBar) {
  let start = 0
  return parts.map(({ share, tone }) => {
    const part = { tone, start: start * width, size: share * width }
    start += share
    return part
  })
}

/** The name where the line begins, the figure where it ends; figures run from left to right. */
function label(locale: Locale, { label: name, value }: ChartBar, top: number): Html {
  const [near, far] = directionOf(locale) === 'rtl' ? [width, 0] : [0, width]
  const farSide = far === 0 ? 'start' : 'end'
  return html`<text x="${near}" y="${top + 14}">${name}</text
    ><text class="value" direction="ltr" x="${far}" y="${top + 14}" text-anchor="${farSide}">${value}</text>`
}

function axisLine(locale: Locale, x: number, share: number, height: number): Html {
  const foot = height - axisHeight
  const anchor = x === 0 ? 'start' : x === width ? 'end' : 'middle'
  return html`<line class="axis" x1="${x}" x2="${x}" y1="0" y2="${foot}"></line
    ><text class="axis" direction="ltr" x="${x}" y="${foot + 15}" text-anchor="${anchor}">
      ${writeShare(locale, share)}
    </text>`
}

/** What the patterns mean, once for the charts of a page. */
export function chartKey(
  id: string,
  tones: readonly { readonly tone: ChartTone; readonly label: string }[],
): Html {
  return html`<ul class="key">
    ${tones.map(
      ({ tone, label: means }) =>
        html`<li>
          <svg class="swatch" viewBox="0 0 24 14" aria-hidden="true">
            <rect
              class="${tone}"
              width="24"
              height="14"
              ${tone === 'good' ? nothing : html` fill="url(#${id}-${tone})"`}
            ></rect>
          </svg>
          ${means}
        </li>`,
    )}
  </ul>`
}

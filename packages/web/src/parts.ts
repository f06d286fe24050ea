import { html, type Html, nothing } from './html.ts'

/** A word in a box; the tone is never the only sign. */
export function chip(label: string, tone?: 'good' | 'warn' | 'stop'): Html {
  return html`<span class="chip${tone ? ` ${tone}` : ''}">${label}</span>`
}

/** Names and values, one under the other. Rows without a value are left out. */
export function facts(rows: readonly (readonly [label: string, value: Html | string | undefined])[]): Html {
  return html`<dl class="facts">
    ${rows.map(([label, value]) =>
      value === undefined
        ? nothing
        : html`<div>
            <dt>${label}</dt>
            <dd>${value}</dd>
          </div>`,
    )}
  </dl>`
}

/** A table that becomes cards on a narrow screen: each cell carries its column's name. */
export function table(
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly (Html | string | number)[])[],
): Html {
  return html`<table class="cards">
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        ${columns.map((column) => html`<th scope="col">${column}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            ${row.map((cell, index) => html`<td data-label="${columns[index] ?? ''}">${cell}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`
}

/** Large figures side by side, each with what it counts. */
export function figures(
  items: readonly { readonly value: Html | string | number; readonly label: string }[],
): Html {
  return html`<dl class="figures">
    ${items.map(
      (item) =>
        html`<div>
          <dt>${item.label}</dt>
          <dd>${item.value}</dd>
        </div>`,
    )}
  </dl>`
}

/** Shares of a whole as one bar; its text says the same to those who do not see it. */
export function bar(
  description: string,
  parts: readonly { readonly share: number; readonly tone: 'good' | 'wait' | 'stop' }[],
): Html {
  let start = 0
  const pieces = parts.map(({ share, tone }) => {
    const piece = html`<rect
      class="${tone}"
      x="${(start * 1000).toFixed(1)}"
      width="${(share * 1000).toFixed(1)}"
      height="12"
    ></rect>`
    start += share
    return piece
  })
  return html`<svg
    class="bar"
    viewBox="0 0 1000 12"
    preserveAspectRatio="none"
    role="img"
    aria-label="${description}"
  >
    ${pieces}
  </svg>`
}

/** A form of one button: an act without anything to fill in. */
export function actButton(
  action: string,
  label: string | Html,
  tone: 'main' | 'plain' | 'stop' = 'plain',
  fields: Html = nothing,
): Html {
  return html`<form method="post" action="${action}">
    ${fields}<button class="button ${tone}">${label}</button>
  </form>`
}

export function linkButton(to: string, label: string, tone: 'main' | 'plain' = 'plain'): Html {
  return html`<a class="button ${tone}" href="${to}">${label}</a>`
}

/** What will be here and how it gets here. */
export function empty(text: string | Html): Html {
  return html`<p class="empty">${text}</p>`
}

/** A message that stands out: a result, a warning. */
export function notice(text: string | Html, tone: 'good' | 'warn' | 'stop' = 'good'): Html {
  return html`<div class="notice ${tone}" role="status">${text}</div>`
}

import { html as template, raw } from 'hono/html'

/** Escaped markup; text put into it through `html` is escaped on the way in. */
export type Html = Awaited<ReturnType<typeof template>>

/** A tagged template that escapes every value but markup made by itself. */
export function html(strings: TemplateStringsArray, ...values: readonly unknown[]): Html {
  const made = template(strings, ...values)
  if (made instanceof Promise) throw new TypeError('Pages are written from values, not from promises')
  return made
}

/** Text that is markup already. Only for text of our own that was escaped before. */
export function trusted(markup: string): Html {
  return raw(markup)
}

export const nothing = trusted('')

/** Whether a value is markup made here. */
export function isHtml(value: unknown): value is Html {
  return typeof value === 'object' && value !== null && 'isEscaped' in value
}

/** Text that keeps its left-to-right order inside Arabic: numbers, addresses, symbols. */
export function ltr(text: string | number): Html {
  return html`<bdi dir="ltr">${String(text)}</bdi>`
}

const invisible = /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu

/** Controls that would turn the line, and letters that nobody sees, as marks that are seen. */
export function withoutControls(text: string): string {
  return text.replace(
    invisible,
    (control) => `⟨U+${(control.codePointAt(0) ?? 0).toString(16).toUpperCase()}⟩`,
  )
}

/** Words somebody wrote, in their language and direction; controls that would turn the line stand as marks. */
export function written(text: string, language: string, direction: 'ltr' | 'rtl'): Html {
  return html`<bdi lang="${language}" dir="${direction}">${withoutControls(text)}</bdi>`
}

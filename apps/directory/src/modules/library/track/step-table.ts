import { directionOf, type Locale } from '@parley/kernel'
import { chip, href, html, type Html, ltr, nothing, table, written } from '@parley/web'
import { text } from '../locales/index.ts'
import { stepRoute } from '../routes.ts'
import { isOverdue } from './due.ts'
import { keyOf } from './list-steps.ts'
import type { TrackedStep } from './tracked-step.ts'
import { actsText, citedStep, dueText } from './words.ts'

/** Longer than this, the rest of a paragraph stands on the page of its step. */
const mostLetters = 420

interface Listed {
  readonly locale: Locale
  readonly now: Date
  readonly steps: readonly TrackedStep[]
  /** By `keyOf`. */
  readonly texts: ReadonlyMap<string, string>
  readonly caption: string
  /** Texts stand there to their end. */
  readonly isWhole?: true
}

export function stepTable({ locale, now, steps, texts, caption, isWhole }: Listed): Html {
  const t = text(locale)
  const columns = [t('tracker.step'), t('tracker.text'), t('tracker.due'), t('tracker.state')]
  const rows = steps.map((step) => [
    html`<a href="${stepHref(locale, step)}">${cited(locale, step)}</a>
      <div class="small">${actsText(locale, step)}</div>`,
    html`${stepText(step, texts.get(keyOf(step)) ?? '', isWhole ?? false)}
    ${step.isDamaged ? chip(t('library.damaged-short'), 'warn') : nothing}`,
    dueText(locale, step),
    stateChips(locale, step, now),
  ])
  return table(caption, columns, rows)
}

/** Its symbol is never parted at the end of a line. */
function cited(locale: Locale, step: TrackedStep): Html {
  const place = citedStep(locale, step).slice(step.symbol.length)
  return html`<span class="symbol">${ltr(step.symbol)}</span>${place}`
}

function stepHref(locale: Locale, { symbol, address }: Pick<TrackedStep, 'symbol' | 'address'>): string {
  return href(locale, stepRoute, { address: `${symbol}/${address}` })
}

export function stateChips(locale: Locale, step: TrackedStep, now: Date): Html {
  const t = text(locale)
  const state = chip(t(`state.${step.state}`), step.state === 'done' ? 'good' : undefined)
  return html`${state} ${isOverdue(step, now) ? chip(t('tracker.overdue'), 'warn') : nothing}`
}

function stepText({ language }: TrackedStep, words: string, isWhole: boolean): Html {
  const letters = Array.from(words)
  const shown =
    !isWhole && letters.length > mostLetters ? `${letters.slice(0, mostLetters).join('').trimEnd()}…` : words
  return written(shown, language, directionOf(language))
}

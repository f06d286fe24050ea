import type { Locale } from '@parley/kernel'
import { chip, html, type Html, moment, nothing } from '@parley/web'
import type { DirectoryScope } from '../../platform/pages/scope.ts'
import { type Card, isDisputedOn, newSince } from './domain/card.ts'
import type { Address } from './domain/entry.ts'
import { text } from './locales/index.ts'
import { reachedBy } from './write-entry.ts'

/** Beside an address or a key: that it is disputed, new, or has not answered since it is. */
export function markOf(
  { locale, now }: Pick<DirectoryScope, 'locale' | 'now'>,
  card: Card,
  { id, changedAt }: Pick<Address, 'changedAt'> & { readonly id: string },
): Html {
  const t = text(locale)
  const disputed = isDisputedOn(card, id)
  const waits = card.unanswered.get(id)
  const since = newSince(card, changedAt, now)
  const said =
    waits !== undefined
      ? t.html('card.unanswered', { date: moment(locale, waits, 'date') })
      : since !== undefined && t.html('card.address-new', { date: moment(locale, since, 'date') })
  return html`${disputed ? html` ${chip(t('card.disputed'), 'warn')}` : nothing}${said ? html`<div class="small">${said}</div>` : nothing}`
}

/** What stood there before, until when, or that the change is disputed; nothing where nothing changed lately. */
export function formerLines(locale: Locale, { former }: Card): Html | undefined {
  if (former.length === 0) return undefined
  const t = text(locale)
  const disputed = former.filter((value) => value.disputed)
  const explained = disputed.some(({ value }) => value === undefined)
    ? t('card.disputed.erased')
    : disputed.length > 0 && t('card.disputed.explanation')
  return html`${former.map(
    ({ value, ...of }) =>
      html`<div>
        ${value === undefined ? t('card.former.erased') : reachedBy({ ...of, value })}
        ${
          of.disputed
            ? chip(t('card.disputed'), 'warn')
            : html`<span class="small"
                >${t.html('card.until', { date: moment(locale, of.until, 'date') })}</span
              >`
        }
      </div>`,
  )}${explained ? html`<div class="small">${explained}</div>` : nothing}`
}

import { day, type Locale } from '@parley/kernel'
import { chip, html, type Html, moment, nothing } from '@parley/web'
import type { DirectoryScope } from '../../platform/pages/scope.ts'
import type { Address, Entry } from './domain/entry.ts'
import { text } from './locales/index.ts'
import { listShownFormer, type ShownFormer } from './store/shown-former.ts'
import { listUnanswered } from './store/unanswered.ts'
import { reachedBy } from './write-entry.ts'

const newForDays = 30

/** What the contact card, and nothing else, says of changes: former values, and new ones that have not answered. */
export interface CardChanges {
  readonly former: readonly ShownFormer[]
  readonly unanswered: ReadonlyMap<string, Date>
  readonly isNew: (since: Date) => boolean
}

export async function readCardChanges(
  { tx, now }: Pick<DirectoryScope, 'tx' | 'now'>,
  entry: Entry,
): Promise<CardChanges> {
  return {
    former: await listShownFormer(tx, now, entry.id),
    unanswered: await listUnanswered(tx, entry.id),
    isNew: (since) => since > entry.createdAt && now.getTime() - since.getTime() < newForDays * day,
  }
}

/** Beside an address or a key: that it is disputed, new, or has not answered since it is. */
export function markOf(
  locale: Locale,
  { former, unanswered, isNew }: CardChanges,
  { id, changedAt: since }: Pick<Address, 'changedAt'> & { readonly id: string },
): Html {
  const t = text(locale)
  const disputed = former.some((value) => value.disputed && value.successors.includes(id))
  const waits = unanswered.get(id)
  const said =
    waits !== undefined
      ? t.html('card.unanswered', { date: moment(locale, waits, 'date') })
      : isNew(since) && t.html('card.address-new', { date: moment(locale, since, 'date') })
  return html`${disputed ? html` ${chip(t('card.disputed'), 'warn')}` : nothing}${said ? html`<div class="small">${said}</div>` : nothing}`
}

/** What stood there before, until when, or that the change is disputed; nothing where nothing changed lately. */
export function formerLines(locale: Locale, { former }: CardChanges): Html | undefined {
  if (former.length === 0) return undefined
  const t = text(locale)
  const explained = former.some(({ disputed }) => disputed)
  return html`${former.map(
    (value) =>
      html`<div>
        ${reachedBy(value)}
        ${
          value.disputed
            ? chip(t('card.disputed'), 'warn')
            : html`<span class="small"
                >${t.html('card.until', { date: moment(locale, value.until, 'date') })}</span
              >`
        }
      </div>`,
  )}${explained ? html`<div class="small">${t('card.disputed.explanation')}</div>` : nothing}`
}

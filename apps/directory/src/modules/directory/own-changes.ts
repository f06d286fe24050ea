import { href, html, type Html, linkButton, moment, nothing } from '@parley/web'
import type { DirectoryScope } from '../../platform/pages/scope.ts'
import { openOutcomes } from './domain/decide-change.ts'
import type { Entry } from './domain/entry.ts'
import { type ContactChange, isDisputed } from './domain/former-value.ts'
import { text } from './locales/index.ts'
import { decideChangeRoute } from './routes.ts'
import { listChanges } from './store/changes.ts'
import { reachedBy } from './write-entry.ts'

/** For the State itself and the manager: earlier values as long as they are kept, and for the Mission the way to decide. */
export async function ownChanges(
  { tx, locale, actor }: Pick<DirectoryScope, 'tx' | 'locale' | 'actor'>,
  entry: Entry,
): Promise<Html> {
  const changes = await listChanges(tx, entry.id)
  if (changes.length === 0) return nothing
  const t = text(locale)
  const standing = (change: ContactChange) =>
    change.outcome === undefined ? isDisputed(change) && t('card.disputed') : t(`outcome.${change.outcome}`)
  const decides = (change: ContactChange) => actor.role === 'mission' && openOutcomes(change).length > 0
  return html`<h2>${t('former.title')}</h2>
    <p class="small">${t('former.explanation')}</p>
    <ul class="plain">
      ${changes.map((change) => {
        const to = href(locale, decideChangeRoute, { entry: entry.id, change: change.id })
        const stands = standing(change)
        return html`<li>
          ${t.html('former.until', { date: moment(locale, change.changedAt, 'date') })}${stands ? html` · ${stands}` : nothing}
          ${change.former.map((value) => html`<div>${reachedBy(value)}${change.compromised.includes(value.id) ? html` · ${t('former.compromised')}` : nothing}</div>`)}${
            decides(change)
              ? linkButton(to, t('decide.title'), isDisputed(change) ? 'main' : 'plain')
              : nothing
          }
        </li>`
      })}
    </ul>`
}

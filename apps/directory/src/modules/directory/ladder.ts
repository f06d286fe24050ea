import type { Locale } from '@parley/kernel'
import { type Html, html, ltr, moment, nothing, table, writeTelephone } from '@parley/web'
import type { Tx } from '../../platform/database/database.ts'
import type { Address, Entry, Known } from './domain/entry.ts'
import { text } from './locales/index.ts'
import { listKnown } from './store/known.ts'

/**
 * What is known of each address of an entry, in words and by months: for the State itself and the manager alone
 * (RULE-3). Nothing of it is asked for beyond an answer.
 */
export async function showLadder(locale: Locale, tx: Tx, entry: Entry): Promise<Html> {
  const t = text(locale)
  const known = await listKnown(tx, entry.addresses)
  return html`<p class="small">${t('known.explanation')} ${t('known.voluntary')}</p>
    ${table(
      t('known.title'),
      [t('known.address'), t('known.what')],
      entry.addresses.map((address) => [
        ltr(address.channel === 'phone' ? writeTelephone(address.value) : address.value),
        rungsOf(locale, address, known.get(address.id) ?? []),
      ]),
    )}`
}

/** The rungs that it has reached, the lowest first. */
function rungsOf(locale: Locale, address: Address, known: readonly Known[]): Html {
  const t = text(locale)
  const month = (at: Date) => moment(locale, at, 'month')
  return html`<div>${t('rung.valid')} · ${month(address.changedAt)}</div>
    ${known.map(({ rung, at }) => html`<div>${t(`rung.${rung}`)} · ${month(at)}</div>`)}${
      known.length === 0 ? html`<div>${t('known.nothing')}</div>` : nothing
    }`
}

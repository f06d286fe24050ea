import type { Locale, StateCode } from '@parley/kernel'
import { webText, writeMoment } from '@parley/web'
import type { Community } from '../community/index.ts'
import type { Check, Round } from './domain/check.ts'
import { text } from './locales/index.ts'

export interface NoteFacts {
  readonly state: StateCode
  readonly round: Round
  /** What did not answer, with the name its entry has now. */
  readonly silent: readonly { readonly check: Check; readonly entityName: string }[]
  /** The competent authority that the State named, if it did (A/78/265, Annex A, 8). */
  readonly authority: string | undefined
}

/** A note in the Mission's language that names what did not answer and asks to bring it up to date. Parley's own words. */
export function prepareNote(
  community: Community,
  locale: Locale,
  { state, round, silent, authority }: NoteFacts,
): string {
  const t = text(locale)
  const directory = community.profile.names[locale]
  const to = authority ?? t('note.mission', { state: community.stateName(state, locale) })
  const lines = silent.map(({ check, entityName }) => {
    const kind = community.kindName(check.kind, locale)
    const reason = check.status === 'undeliverable' ? t('note.undeliverable') : t('note.no-answer')
    const value = `${entityName} (${reason})`
    return `– ${webText(locale)('pair', { name: kind, value })}`
  })
  return [
    t('note.to', { to }),
    t('note.presents', { operator: community.profile.operator[locale], directory }),
    t('note.round', { number: round.number, date: writeMoment(locale, round.startedAt, 'date') }),
    lines.join('\n'),
    t('note.ask'),
    t('note.nothing'),
    community.profile.operator[locale],
  ].join('\n\n')
}

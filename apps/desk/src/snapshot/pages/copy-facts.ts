import { groupFingerprint, type Locale } from '@parley/kernel'
import type { VerifiedSnapshot } from '@parley/protocol/snapshot'
import { facts, html, type Html, ltr, moment, notice, nothing, writeRelative } from '@parley/web'
import { text } from '../../locales/index.ts'
import { keyOf } from '../kept.ts'
import type { OfflineDirectory } from '../offline-directory.ts'

interface Around {
  readonly locale: Locale
  readonly now: Date
  readonly directory: OfflineDirectory
}

/** Which copy of the directory this is, how old, signed by whom, and when it was last fetched. */
export function copyFacts(scope: Around, { snapshot, line }: VerifiedSnapshot): Html {
  const { locale, now } = scope
  const t = text(locale)
  const issuedAt = new Date(snapshot.issuedAt)
  return facts([
    [t('offline.community'), ltr(snapshot.community)],
    [t('offline.number'), ltr(snapshot.number)],
    [
      t('offline.issued'),
      html`${moment(locale, issuedAt)}
        <span class="small">(${writeRelative(locale, issuedAt.getTime() - now.getTime())})</span>`,
    ],
    [t('offline.valid'), moment(locale, new Date(snapshot.validUntil))],
    [t('offline.key'), html`<bdi dir="ltr" class="whole">${groupFingerprint(keyOf(line))}</bdi>`],
    [t('offline.pulled'), lastPulled(scope)],
  ])
}

function lastPulled({ locale, directory }: Around): Html | string {
  const { pulledAt } = directory.lastPull() ?? {}
  return pulledAt === undefined ? text(locale)('offline.never') : moment(locale, new Date(pulledAt))
}

/** Why the last fetching gave nothing, where it did not. */
export function pullNotice({ locale, directory }: Omit<Around, 'now'>): Html {
  const { refusal, triedAt } = directory.lastPull() ?? {}
  if (refusal === undefined || triedAt === undefined) return nothing
  return notice(html`${moment(locale, new Date(triedAt))}: ${text.find(locale, refusal) ?? ''}`, 'warn')
}

import type { Locale } from '@parley/kernel'
import type { Case } from '../cases/case.ts'
import { decideConsent, isExchanged } from '../cases/consent.ts'
import { text } from '../locales/index.ts'

/** RULE-5: whose consent to all of a case is there, for a recipient that is named or for anybody. */
function consentState(each: Case, recipient: string, now: Date): keyof typeof sentences {
  const decided = decideConsent(
    each,
    each.lines.filter(isExchanged),
    { kind: 'third-party', name: recipient },
    now,
  )
  if (decided.ok) return 'both'
  switch (decided.refusal.code) {
    case 'desk/consent-missing-ours':
      return 'theirs'
    case 'desk/consent-missing-theirs':
      return 'ours'
    default:
      return 'none'
  }
}

/** The same as a sentence that says what is missing. */
export function sayConsentState(locale: Locale, each: Case, recipient: string, now: Date): string {
  return text(locale)(sentences[consentState(each, recipient, now)])
}

const sentences = {
  both: 'consent.both',
  ours: 'consent.only-ours',
  theirs: 'consent.only-theirs',
  none: 'consent.none',
} as const

import type { Locale } from '@parley/kernel'
import { writeList, writeMoment, writeNumber } from '@parley/web'
import { citeAs } from '../export/cite-as.ts'
import { text } from '../locales/index.ts'
import type { StepFilter } from './filter-steps.ts'
import { addressees, stepStates, type TrackedAct, type TrackedStep, verbs } from './tracked-step.ts'

/** What a step does and whom it asks, in the reader's words; what could not be read is said to be so. */
export function actsText(locale: Locale, { acts }: Pick<TrackedStep, 'acts'>): string {
  const t = text(locale)
  if (acts.length === 0) return t('tracker.not-read')
  return [...new Set(acts.map((act) => actText(locale, act)))].join(t('tracker.separator'))
}

function actText(locale: Locale, { verb, addressee }: TrackedAct): string {
  const t = text(locale)
  const does = t(`verb.${verb}`)
  return addressee === null ? does : t('tracker.act', { verb: does, addressee: t(`addressee.${addressee}`) })
}

/** When it falls due, as printed: sessions by number, then days, months or years. */
export function dueText(
  locale: Locale,
  { sessions, dates }: Pick<TrackedStep, 'sessions' | 'dates'>,
): string {
  const due = [...sessionTexts(locale, sessions), ...dates.map((date) => dateText(locale, date))]
  return due.join(text(locale)('tracker.separator'))
}

function sessionTexts(locale: Locale, sessions: readonly number[]): readonly string[] {
  if (sessions.length === 0) return []
  const numbers = writeList(
    locale,
    sessions.map((each) => writeNumber(locale, each)),
  )
  return [text(locale)('tracker.sessions', { count: sessions.length, numbers })]
}

function dateText(locale: Locale, date: string): string {
  const [year = date, month, day] = date.split('-')
  if (month === undefined) return year
  const at = new Date(`${year}-${month}-${day ?? '01'}T00:00:00Z`)
  return writeMoment(locale, at, day === undefined ? 'month' : 'date')
}

/** How a step is cited, with its symbol. */
export function citedStep(
  locale: Locale,
  { symbol, address }: Pick<TrackedStep, 'symbol' | 'address'>,
): string {
  return citeAs(symbol, address, locale)
}

/** The heading of a group of steps; the empty key is what has none. */
export function groupName(locale: Locale, group: StepFilter['group'], key: string): string {
  const t = text(locale)
  const names: Readonly<Record<StepFilter['group'], () => string | undefined>> = {
    document: () => key,
    addressee: () => known(addressees, key, (each) => t(`addressee.${each}`)),
    verb: () => known(verbs, key, (each) => t(`verb.${each}`)),
    state: () => known(stepStates, key, (each) => t(`state.${each}`)),
  }
  return names[group]() ?? t('tracker.of-nobody')
}

function known<T extends string>(
  all: readonly T[],
  key: string,
  name: (each: T) => string,
): string | undefined {
  const found = all.find((each) => each === key)
  return found === undefined ? undefined : name(found)
}

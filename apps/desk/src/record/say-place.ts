import type { Locale } from '@parley/kernel'
import { text } from '../locales/index.ts'

/** Where a record does not hold, as a person reads it; a place of a newer version by the name that it has there. */
export function sayPlace(
  locale: Locale,
  { what, line, to }: { readonly what: string; readonly line: number; readonly to?: number | undefined },
): string {
  const t = text(locale)
  const last = to ?? line
  switch (what) {
    case 'head-changed':
      return t('damage.head-changed')
    case 'line-changed':
    case 'line-moved':
    case 'line-foreign':
    case 'line-forked':
      return t(`damage.${what}`, { line })
    case 'line-missing':
    case 'end-missing':
      return last === line ? t(`damage.${what}`, { line }) : t(`damage.${what}.several`, { line, last })
    case 'end-unknown':
      return t('damage.end-unknown', { line: line - 1 })
    default:
      return `${what} ${line}`
  }
}

import type { Locale } from '@parley/kernel'
import type { State } from './states.ts'
import { text } from './locales/index.ts'

const keys = {
  'African Group': 'group.african',
  'Asia-Pacific Group': 'group.asia-pacific',
  'Eastern European Group': 'group.eastern-european',
  GRULAC: 'group.grulac',
  WEOG: 'group.weog',
  none: 'group.none',
} as const

/** A regional group in a language; a group that only a profile knows is shown as the profile writes it. */
export function groupName(locale: Locale, group: State['group']): string {
  return isKnown(group) ? text(locale)(keys[group]) : group
}

function isKnown(group: string): group is keyof typeof keys {
  return Object.hasOwn(keys, group)
}

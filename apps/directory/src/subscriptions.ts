import type { Subscriptions } from './platform/outbox/outbox.ts'

/** Every event and who hears it: a total map, with an empty list when nobody does. */
export function subscriptions(): Subscriptions {
  return {}
}

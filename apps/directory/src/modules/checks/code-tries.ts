import { hour, minute } from '@parley/kernel'
import type { Limits } from '../../platform/limits.ts'

const perCaller = 20
const inAll = 200

/** Wrong codes are counted by caller and in all; codes that were right cost nothing. */
export interface CodeTries {
  allow(caller: string): boolean
  wasRight(caller: string): void
}

export function openCodeTries(limits: Limits): CodeTries {
  return {
    allow: (caller) =>
      limits.allow('code in all', inAll, minute) && limits.allow(`code ${caller}`, perCaller, hour),
    wasRight: (caller) => {
      limits.giveBack('code in all')
      limits.giveBack(`code ${caller}`)
    },
  }
}

import { holdingOf, visitorWithPassword } from '../../apps/directory/test/people.ts'
import { issue } from '../../apps/directory/test/issue.ts'
import { stateCode } from '../../apps/directory/test/nominate.ts'
import type { Visitor, World } from '../../apps/directory/test/world.ts'
import { everyone } from '../../apps/directory/src/platform/session/authority.ts'

export const personRoles = everyone
export const whoever = [...everyone, 'system'] as const
/** Each kind of person, and a State's own system. */
export type Who = (typeof whoever)[number]

export interface Browsers {
  of(role: (typeof everyone)[number]): Visitor
  /** What a State’s own system reads with. */
  readonly token: string
  /** What is sent with a request of theirs; programs for address books send a password. */
  proofOf(who: Who, how: 'Bearer' | 'Basic'): Readonly<Record<string, string>>
}

/** Everybody signed in anew: what a hostile form ended is there again. */
export async function openBrowsers(world: World, round: number, before?: Browsers): Promise<Browsers> {
  const visitors = new Map<string, Visitor>()
  for (const role of everyone) {
    const holding = holdingOf(role)
    const visitor =
      role === 'contributor' && holding
        ? await visitorWithPassword(world, `contributor-${round}@sahiliya.example`, holding)
        : await world.visitor(holding)
    visitors.set(role, visitor)
  }
  const scopes = ['entries:read-all', 'snapshot:read', 'address-book'] as const
  // A State has a few tokens and no more: then its system goes on with the last one.
  const token = await issue(world, stateCode('XB'), scopes).catch((fault: unknown) => {
    if (before === undefined) throw fault
    return before.token
  })
  const basic = Buffer.from(`phone:${token}`).toString('base64')
  const of = (role: (typeof everyone)[number]) => {
    const visitor = visitors.get(role)
    if (!visitor) throw new Error(`nobody is a ${role}`)
    return visitor
  }
  return {
    token,
    of,
    proofOf: (who, how) => {
      if (who === 'system') return { authorization: `${how} ${how === 'Basic' ? basic : token}` }
      const cookie = of(who).cookie()
      return cookie === '' ? {} : { cookie }
    },
  }
}

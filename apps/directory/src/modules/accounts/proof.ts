import { minute, ok, type Refusal, refuse, type Result } from '@parley/kernel'
import { href, html, type Html, inLanguage, linkButton, nothing } from '@parley/web'
import type { DirectoryScope } from '../../platform/pages/scope.ts'
import { text } from './locales/index.ts'
import { proveRoute } from './routes.ts'

/** How long one proof does for sensitive acts. */
export const proofLasts = 10 * minute

type Scope = Pick<DirectoryScope, 'actor' | 'now'>

/** Before a sensitive act (roles, keys, contact data): whether the person proved who they are within 10 minutes. */
export function requireProof(scope: Scope): Result<undefined> {
  return hasProof(scope) ? ok(undefined) : refuse(proofNeeded)
}

const proofNeeded: Refusal = { code: 'accounts/prove-first', kind: 'unauthenticated' }

/** A form that was refused for this is kept, and shown again when the person comes back. */
export function isProofNeeded({ code }: Refusal): boolean {
  return code === proofNeeded.code
}

/** What a page with a sensitive act says on top when proof is needed first; nothing otherwise. */
export function proofNotice(scope: Scope & Pick<DirectoryScope, 'locale' | 'path' | 'query'>): Html {
  if (hasProof(scope)) return nothing
  const { locale } = scope
  const t = text(locale)
  const back = new URLSearchParams({ back: inLanguage(scope, locale) })
  return html`<div class="notice warn">
    <p>${t('prove.needed')}</p>
    ${linkButton(`${href(locale, proveRoute)}?${back}`, t('prove.title'))}
  </div>`
}

function hasProof({ actor, now }: Scope): boolean {
  return 'session' in actor && now.getTime() - actor.session.provenAt.getTime() <= proofLasts
}

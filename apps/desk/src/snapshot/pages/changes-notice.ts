import { href, html, type Html, notice, nothing, type PageScope } from '@parley/web'
import { text } from '../../locales/index.ts'
import { changesRoute } from '../../routes.ts'
import { isUnseen } from '../changes.ts'
import type { OfflineDirectory } from '../offline-directory.ts'

/** Says that a number or key differs, until somebody looked at it. */
export function changesNotice({
  locale,
  directory,
}: Pick<PageScope, 'locale'> & { readonly directory: OfflineDirectory }): Html {
  if (!directory.changes().some(isUnseen)) return nothing
  return notice(html`<a href="${href(locale, changesRoute)}">${text(locale)('changes.unseen')}</a>`, 'warn')
}

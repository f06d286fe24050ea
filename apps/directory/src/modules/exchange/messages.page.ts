import { ok } from '@parley/kernel'
import { listTemplates } from '@parley/protocol'
import { href, html, nothing } from '@parley/web'
import { type DirectoryPage, page } from '../../platform/pages/scope.ts'
import type { Community } from '../community/index.ts'
import { entryName } from '../directory/index.ts'
import { addressing, findCounterpart } from './find-counterpart.ts'
import { text } from './locales/index.ts'
import { composeRoute, encryptRoute, messagesRoute } from './routes.ts'
import { openpgpOf } from './words-for-page.ts'

/** POC-34: each kind of message has its template; the page for it comes with that one alone, so that it stays small. */
export function messagesPage(community: Community): DirectoryPage {
  return page({
    route: messagesRoute,
    verb: 'exchange.compose',
    read: async (scope) => {
      const { locale, params } = scope
      const found = await findCounterpart(community, scope, params.entry)
      if (!found.ok) return found
      if (!('card' in found.value)) return ok(found.value)
      const counterpart = found.value
      const { entry } = counterpart.card
      const t = text(locale)
      const title = t('compose.title', { state: community.stateName(entry.state, locale) })
      const to = (route: typeof composeRoute | typeof encryptRoute, kind: string) =>
        href(locale, route, { entry: entry.id }) + addressing(counterpart, { kind })
      const hasKey = openpgpOf(counterpart.card.keys) !== undefined
      const body = html`<h1>${title}</h1>
        <p class="lede">${community.kindName(entry.kind, locale)} · ${entryName(locale, entry)}</p>
        <p>${t('messages.which')}</p>
        <dl class="kinds">
          ${listTemplates().map(
            ({ kind, title, help }) =>
              html`<dt><a href="${to(composeRoute, kind)}">${title[locale]}</a></dt>
                <dd>
                  ${help[locale]}
                  ${hasKey ? html`<a href="${to(encryptRoute, kind)}">${t('encrypted.start')}<span class="said">: ${title[locale]}</span></a>` : nothing}
                </dd>`,
          )}
        </dl>
        <h2>${t('messages.how')}</h2>
        <ol>
          ${(['write', 'send', 'draft', 'encrypt'] as const).map((part) => html`<li>${t(`messages.how.${part}`)}</li>`)}
        </ol>
        <p class="small">${t('compose.operator')}</p>`
      return ok({ title, body, width: 'narrow' })
    },
  })
}

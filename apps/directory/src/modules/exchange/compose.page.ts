import { ok, refuse, type Result } from '@parley/kernel'
import { listTemplates } from '@parley/protocol'
import { href, html, linkButton, nothing, notice, type View } from '@parley/web'
import { type DirectoryPage, type DirectoryScope, page } from '../../platform/pages/scope.ts'
import type { Community } from '../community/index.ts'
import { type CardLimit, entryName, entryRoute } from '../directory/index.ts'
import type { PageWords } from './composer/page-words.ts'
import { type Counterpart, findCounterpart } from './find-counterpart.ts'
import type { FormScripts } from './form-scripts.ts'
import { inquirySheet } from './inquiry-sheet.ts'
import { text } from './locales/index.ts'
import { composeRoute, encryptRoute } from './routes.ts'
import { keysForPage, whichDirectory, wordsForPage } from './words-for-page.ts'

/**
 * POC-36: what it takes to write to the point of contact of another State. RULE-1: the page has all it needs and can
 * send nothing. RULE-12: nothing is written down or counted of who opened it for whom.
 */
export function composePage(community: Community, limit: CardLimit, scripts: FormScripts): DirectoryPage {
  return page({
    route: composeRoute,
    verb: 'exchange.compose',
    read: (scope) => showForm(community, limit, scope, { scripts: scripts.of, bring: async () => ok({}) }),
  })
}

/** The same, chosen on the card of an entry with a key: the page brings the library and the keys of both sides. */
export function encryptPage(community: Community, limit: CardLimit, scripts: FormScripts): DirectoryPage {
  return page({
    route: encryptRoute,
    verb: 'exchange.compose',
    read: (scope) =>
      showForm(community, limit, scope, {
        scripts: scripts.encrypting,
        note: 'encrypted.needs-script',
        bring: async (counterpart) => {
          const keys = await keysForPage(scope, counterpart)
          return keys ? ok({ keys }) : refuse({ code: 'exchange/no-key', kind: 'conflict' })
        },
      }),
  })
}

interface Brought {
  readonly scripts: (kind: string) => readonly string[]
  readonly note?: 'encrypted.needs-script'
  readonly bring: (counterpart: Counterpart) => Promise<Result<Pick<PageWords, 'keys'>>>
}

async function showForm(
  community: Community,
  limit: CardLimit,
  scope: Omit<DirectoryScope, 'params'> & { readonly params: { readonly entry: string } },
  { scripts, note, bring }: Brought,
): Promise<Result<View>> {
  const { locale, params, query } = scope
  const found = await findCounterpart(community, scope, params.entry)
  if (!found.ok) return found
  if (!('card' in found.value)) return ok(found.value)
  const kind = query.get('kind') ?? 'inquiry'
  const template = listTemplates().find((each) => each.kind === kind)
  if (!template) return refuse({ code: 'exchange/entry-absent', kind: 'absent' })
  const brought = await bring(found.value)
  if (!brought.ok) return brought
  const allowed = await limit(scope)
  if (!allowed.ok) return allowed
  const { entry } = found.value.card
  const t = text(locale)
  const title = t('compose.title', { state: community.stateName(entry.state, locale) })
  const words = { ...(await wordsForPage(community, scope, found.value, template)), ...brought.value }
  const body = html`<h1>${title}</h1>
    <div class="lede">${community.kindName(entry.kind, locale)} · ${entryName(locale, entry)}</div>
    <div class="unprinted" data-composer="${JSON.stringify(words)}">
      ${linkButton(href(locale, entryRoute, { entry: entry.id }), t('compose.leave'))}
      ${notice(t('compose.nothing-sent'))}
      <p>${whichDirectory(community, locale, found.value)}</p>
      <p class="small">${t('compose.operator')}</p>
      ${note === undefined ? nothing : html`<p>${t(note)}</p>`}
    </div>
    ${inquirySheet(scope, community, found.value.card, template)}`
  return ok({ title, body, width: 'narrow', sealed: true, scripts: scripts(kind) })
}

import { ok } from '@parley/kernel'
import { empty, href, html, type Html, linkButton, table } from '@parley/web'
import { type DirectoryPage, type DirectoryScope, page } from '../../platform/pages/scope.ts'
import { nextRoundNote } from '../checks/index.ts'
import { type Community, listParticipatingMembers } from '../community/index.ts'
import { checkpointFileRoute, historyRoute } from '../history/index.ts'
import { text } from './locales/index.ts'
import { welcomeRoute } from './routes.ts'

/** Where the day begins of those who read no entry: what they can do here, and what will be here. */
export function welcomePage(community: Community): DirectoryPage {
  return page({
    route: welcomeRoute,
    verb: 'today.welcome',
    read: async (scope) => {
      const t = text(scope.locale)
      const body = html`<h1>${t('welcome.title')}</h1>
        ${await bodyFor(community, scope)} ${await nextRoundNote(community)(scope)}`
      return ok({ title: t('welcome.title'), body, width: 'narrow' })
    },
  })
}

async function bodyFor(
  community: Community,
  scope: Pick<DirectoryScope, 'locale' | 'tx' | 'actor'>,
): Promise<Html> {
  const { locale, actor } = scope
  const t = text(locale)
  if (actor.role === 'regional') return membersOf(community, scope, actor.organization)
  if (actor.role !== 'auditor')
    return empty(t(actor.role === 'contributor' ? 'welcome.state' : 'welcome.portal'))
  return html`<p class="lede">${t('welcome.auditor')}</p>
    <ol>
      <li>${t('welcome.auditor.keep')}</li>
      <li>${t('welcome.auditor.verify')} <code dir="ltr">parley verify-history --against FILE</code></li>
      <li>${t('welcome.auditor.say')}</li>
    </ol>
    <p class="row">
      ${linkButton(href(locale, checkpointFileRoute), t('welcome.checkpoint'), 'main')}
      ${linkButton(href(locale, historyRoute), t('welcome.history'))}
    </p>`
}

/** Which members of a regional organization participate, and nothing else of them. */
async function membersOf(
  community: Community,
  scope: Pick<DirectoryScope, 'locale' | 'tx' | 'actor'>,
  code: string,
): Promise<Html> {
  const { locale } = scope
  const t = text(locale)
  const organization = community.organizations.find((each) => each.code === code)
  const taking = new Set(await listParticipatingMembers(scope, organization?.members ?? new Set()))
  const members = community
    .searchStates('', locale)
    .filter((state) => organization?.members.has(state.code) ?? false)
  return html`<p class="lede">
      ${t('welcome.regional', { organization: organization?.names[locale] ?? code })}
    </p>
    ${table(
      t('welcome.members'),
      [t('welcome.member'), t('welcome.participates')],
      members.map(({ code: state, names }) => [
        names[locale],
        t(taking.has(state) ? 'welcome.yes' : 'welcome.no'),
      ]),
    )}`
}

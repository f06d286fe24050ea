import { ok } from '@parley/kernel'
import {
  actButton,
  chip,
  errorSummary,
  hidden,
  href,
  html,
  type Html,
  linkButton,
  moment,
  nothing,
  notice,
  table,
} from '@parley/web'
import { type DirectoryPage, type DirectoryScope, formView, page } from '../../platform/pages/scope.ts'
import { addressOfAccount } from './find-account.ts'
import type { House } from './house.ts'
import { listHoldings } from './holding.ts'
import { text } from './locales/index.ts'
import { listOwnSessions } from './my-sessions.ts'
import { countOneTimeCodes } from './one-time-codes.ts'
import { askForNewPasskey, listPasskeys } from './passkey.ts'
import { passkeyButton } from './passkey-button.ts'
import { hasPassword } from './prove-with-password.ts'
import { proofNotice } from './proof.ts'
import { holdingName } from './role-name.ts'
import {
  addPasskeyRoute,
  changePasswordRoute,
  chooseRoleRoute,
  endOtherSessionsRoute,
  endSessionRoute,
  myAccountRoute,
  printCodesRoute,
  removePasskeyRoute,
  replaceAppRoute,
} from './routes.ts'
import { signedIn, type SignedInActor } from './signed-in.ts'

type Scope = Pick<DirectoryScope, 'tx' | 'now' | 'locale'>

/** One's own matters: how one signs in, in which roles, and where one is signed in now. */
export function myAccountPage(house: House): DirectoryPage {
  return page({
    route: myAccountRoute,
    verb: 'accounts.own',
    read: async (scope, form) => {
      const { locale, query, actor, tx } = scope
      const t = text(locale)
      const me = signedIn(actor)
      const held = await listHoldings(tx, me.account)
      const switching =
        held.length > 1
          ? html`<p>${linkButton(href(locale, chooseRoleRoute), t('role.choose'))}</p>`
          : nothing
      const body = html`<h1>${t('my-account.title')}</h1>
        <p class="lede">${me.name} · ${holdingName(house.members, locale, me)}</p>
        ${errorSummary(formView(scope, form))}
        ${query.has('new') ? notice(t('my-account.welcome')) : nothing}${changedNotice(locale, query)}${proofNotice(scope)}${switching}
        ${await passkeys(house, scope, me)}${await passwordAndCodes(scope, me)}${await sessions(house, scope, me)}`
      return ok({ title: t('my-account.title'), body, scripts: [house.passkeyScript.path] })
    },
  })
}

function changedNotice(locale: Scope['locale'], query: URLSearchParams): Html {
  const changed = query.get('changed')
  return changed === 'password' || changed === 'app' ? notice(text(locale)(`${changed}.changed`)) : nothing
}

async function passkeys(house: House, { tx, now, locale }: Scope, me: SignedInActor): Promise<Html> {
  const t = text(locale)
  const kept = await listPasskeys(tx, me.account)
  const person = { account: me.account, email: await addressOfAccount(tx, me.account), name: me.name }
  const present = kept.map(({ id }) => id)
  const options = await askForNewPasskey(house, `add ${me.account}`, now, person, present)
  const remove = (id: string) =>
    actButton(href(locale, removePasskeyRoute), t('passkey.remove'), 'stop', hidden('passkey', id))
  const list = table(
    t('passkey.list'),
    [t('passkey.since'), t('passkey.used'), ''],
    kept.map(({ id, createdAt, lastUsedAt }) => [
      moment(locale, createdAt),
      lastUsedAt ? moment(locale, lastUsedAt) : t('never'),
      remove(id),
    ]),
  )
  return html`<h2>${t('passkey.title')}</h2>
    ${kept.length > 0 ? list : html`<p>${t('passkey.none')}</p>`}
    ${kept.length === 1 ? html`<p>${t('passkey.second')}</p>` : nothing}
    <form method="post" action="${href(locale, addPasskeyRoute)}">
      ${passkeyButton(locale, { label: t('passkey.add'), ask: 'create', options })}
    </form>`
}

/** The app and its one-time codes go with a password: only those who have one have a use for them. */
async function passwordAndCodes({ tx, locale }: Scope, me: SignedInActor): Promise<Html> {
  if (!(await hasPassword(tx, me.account))) return nothing
  const t = text(locale)
  return html`<h2>${t('password.heading')}</h2>
    <p>
      ${linkButton(href(locale, changePasswordRoute), t('password.title'))}
      ${linkButton(href(locale, replaceAppRoute), t('app.title'))}
    </p>
    <h2>${t('codes.title')}</h2>
    <p>${t('codes.left', { count: await countOneTimeCodes(tx, me.account) })} ${t('codes.what')}</p>
    ${actButton(href(locale, printCodesRoute), t('codes.print'))}`
}

async function sessions(house: House, { tx, now, locale }: Scope, me: SignedInActor): Promise<Html> {
  const t = text(locale)
  const open = await listOwnSessions(tx, me.account, now)
  const rows = open.map((session) => [
    session.holding ? holdingName(house.members, locale, session.holding) : '',
    moment(locale, session.createdAt),
    moment(locale, session.lastSeenAt),
    session.digest === me.session.digest
      ? chip(t('session.this'), 'good')
      : actButton(href(locale, endSessionRoute), t('session.end'), 'stop', hidden('session', session.digest)),
  ])
  const others = actButton(href(locale, endOtherSessionsRoute), t('session.end-others'), 'stop')
  return html`<h2>${t('session.title')}</h2>
    ${table(t('session.list'), [t('field.role'), t('session.since'), t('session.seen'), ''], rows)}
    ${open.length > 1 ? others : nothing}`
}

import { ok, type Result } from '@parley/kernel'
import {
  errorSummary,
  facts,
  type FormState,
  hidden,
  href,
  html,
  type Html,
  line,
  linkButton,
  moment,
  notice,
  secret,
  textField,
  ltr,
  type View,
} from '@parley/web'
import { z } from 'zod'
import { actAs } from '../../platform/database/acting.ts'
import {
  type DirectoryForm,
  type DirectoryPage,
  type DirectoryScope,
  form,
  formView,
  page,
} from '../../platform/pages/scope.ts'
import { actingOf } from '../../platform/session/actor.ts'
import { acceptInvitation, isTold, tellTelephoneCode } from './accept-invitation.ts'
import { keepSession } from './cookie.ts'
import { type Account, findAccountByAddress } from './find-account.ts'
import type { House } from './house.ts'
import { findInvitation, type Invitation } from './invitation.ts'
import { text } from './locales/index.ts'
import { askForNewPasskey } from './passkey.ts'
import { passkeyButton } from './passkey-button.ts'
import type { PasswordRules } from './password.ts'
import { needsPasskey } from './holding.ts'
import { holdingName } from './role-name.ts'
import { invitationRoute, signInRoute, telephoneCodeRoute } from './routes.ts'
import { showApp } from './show-app.ts'

type Scope = Omit<DirectoryScope, 'params'> & {
  readonly params: { readonly invitation: string; readonly token: string }
}

export function acceptInvitationPage(house: House): DirectoryPage {
  return page({
    route: invitationRoute,
    verb: 'accounts.invitation.accept',
    read: (scope, form) => readInvitation(house, scope, form),
  })
}

async function readInvitation(house: House, scope: Scope, form: FormState): Promise<Result<View>> {
  const { tx, now, locale, params, actor } = scope
  const found = await findInvitation(tx, house.keys, params, now)
  if (!found.ok) return found
  const invitation = found.value
  const account = await findAccountByAddress(tx, invitation.email)
  await actAs(tx, actingOf(actor))
  const t = text(locale)
  const body = html`<h1>${t('invitation.title')}</h1>
    ${errorSummary(formView(scope, form))}
    <div class="card"><section>${aboutInvitation(house, scope, invitation)}</section></div>
    ${await nextStep(house, scope, form, invitation, account)}`
  return ok({
    title: t('invitation.title'),
    body,
    width: 'narrow',
    scripts: [house.passkeyScript.path],
  })
}

function aboutInvitation(
  house: House,
  { locale }: Scope,
  { inviter, holding, email, expiresAt }: Invitation,
) {
  const t = text(locale)
  const by = t(`invitation.by.${inviter.role}`)
  return facts([
    [t('invitation.from'), inviter.name === '' ? by : t('invitation.by', { name: inviter.name, role: by })],
    [t('field.role'), holdingName(house.members, locale, holding)],
    [t('field.email'), ltr(email)],
    [t('invitation.until'), moment(locale, expiresAt)],
  ])
}

async function nextStep(
  house: House,
  scope: Scope,
  form: FormState,
  invitation: Invitation,
  account: Account | undefined,
): Promise<Html> {
  const told = valueOf(form, 'told')
  if (!isTold(house, invitation, scope.now, told)) return askTelephoneCode(scope, form)
  if (account && account.holdings.length > 0) return addToAccount(scope, account, told)
  return enrolment(house, scope, form, invitation, told)
}

function askTelephoneCode(scope: Scope, form: FormState): Html {
  const t = text(scope.locale)
  return html`<form method="post" action="${href(scope.locale, telephoneCodeRoute, scope.params)}">
    ${textField(formView(scope, form), {
      name: 'telephoneCode',
      label: t('invitation.telephone-code'),
      help: t('invitation.telephone-code.help'),
      autocomplete: 'off',
      inputmode: 'numeric',
      size: 'short',
    })}
    <button class="button main">${t('invitation.go-on')}</button>
  </form>`
}

/** One account per person: whoever has one takes the role up in it. */
function addToAccount({ locale, params, path, actor }: Scope, account: Account, told: string): Html {
  const t = text(locale)
  if (!('account' in actor) || actor.account !== account.account) {
    const back = new URLSearchParams({ back: `/${locale}${path}` })
    return html`<p>${t('invitation.have-account')}</p>
      ${linkButton(`${href(locale, signInRoute)}?${back}`, t('sign-in.title'), 'main')}`
  }
  return html`<p>${t('invitation.add-role')}</p>
    <form method="post" action="${href(locale, invitationRoute, params)}">
      ${hidden('told', told)}${hidden('name', actor.name)}
      <button class="button main">${t('invitation.accept')}</button>
    </form>`
}

async function enrolment(
  house: House,
  scope: Scope,
  form: FormState,
  invitation: Invitation,
  told: string,
): Promise<Html> {
  const { locale, params, now } = scope
  const t = text(locale)
  const person = { account: invitation.id, email: invitation.email, name: invitation.name }
  const options = await askForNewPasskey(house, `enrol ${invitation.id}`, now, person)
  return html`<form method="post" action="${href(locale, invitationRoute, params)}">
    ${hidden('told', told)}
    ${textField(formView(scope, form), {
      name: 'name',
      label: t('field.name'),
      help: t('field.name.help'),
      value: invitation.name,
      autocomplete: 'name',
    })}
    <h2>${t('enrol.passkey.title')}</h2>
    <p>${t('enrol.passkey.what')}</p>
    ${passkeyButton(locale, { label: t('enrol.passkey.do'), ask: 'create', options })}
    ${
      needsPasskey(invitation.holding)
        ? notice(t('accounts/passkey-only'), 'warn')
        : await enrolPassword(house, scope, form, invitation)
    }
  </form>`
}

async function enrolPassword(
  house: House,
  scope: Scope,
  form: FormState,
  invitation: Invitation,
): Promise<Html> {
  const t = text(scope.locale)
  const view = formView(scope, form)
  return html`<h2>${t('enrol.password.title')}</h2>
    <p>${t('enrol.password.what')}</p>
    ${textField(view, {
      name: 'password',
      label: t('field.password'),
      help: t('enrol.password.help'),
      type: 'password',
      autocomplete: 'new-password',
    })}
    ${await showApp(house, view, { owner: invitation.id, email: invitation.email })}
    <button class="button main">${t('enrol.password.do')}</button>`
}

const accepted = z.object({
  name: line(200),
  answer: secret(100_000),
  password: secret(1000),
  code: secret(100),
  secret: secret(1000),
  told: secret(1000),
})

export function acceptInvitationForms(
  house: House,
  rules: PasswordRules,
  on: DirectoryPage,
): readonly DirectoryForm[] {
  return [
    form({
      route: invitationRoute,
      verb: 'accounts.invitation.accept',
      fields: accepted,
      on,
      act: (scope, sent) => acceptInvitation(house, rules, scope, sent),
      next: (_, { to, key }) =>
        key === undefined ? to : { to, headers: { 'set-cookie': keepSession(house.origin, key) } },
    }),
    form({
      route: telephoneCodeRoute,
      verb: 'accounts.invitation.accept',
      fields: z.object({ telephoneCode: secret(50) }),
      on,
      act: async (scope, { telephoneCode }) => {
        const result = await tellTelephoneCode(house, scope, telephoneCode)
        if (!result.ok) return result
        const shown = await readInvitation(house, scope, stateAfter(result.value.value))
        return ok({ ...result.value, value: shown.ok ? shown.value : dead(scope) })
      },
      next: (_, view) => view,
    }),
  ]
}

/** What the page shows after a telephone code: the next step, or how many tries are left. */
function stateAfter(value: { readonly told: string } | { readonly triesLeft: number }): FormState {
  if ('told' in value) return { values: { told: value.told }, errors: [] }
  return {
    values: {},
    errors: [],
    refusal: {
      code: 'accounts/telephone-code-wrong',
      kind: 'invalid',
      field: 'telephoneCode',
      values: { count: value.triesLeft },
    },
  }
}

/** After the last wrong code the count must be kept, so the page is shown instead of a refusal. */
function dead({ locale }: Scope): View {
  const t = text(locale)
  const body = html`<h1>${t('invitation.title')}</h1>
    ${notice(t('accounts/invitation-dead'), 'stop')}`
  return { title: t('invitation.title'), body, width: 'narrow', status: 410 }
}

function valueOf(form: FormState, name: string): string {
  return [form.values[name] ?? ''].flat()[0] ?? ''
}

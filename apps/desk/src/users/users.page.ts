import { ok, refuse, type Refusal } from '@parley/kernel'
import {
  errorSummary,
  href,
  html,
  type Html,
  line,
  moment,
  notice,
  nothing,
  secret,
  table,
  textField,
} from '@parley/web'
import { z } from 'zod'
import { form, formView, page } from '../door/scope.ts'
import { text } from '../locales/index.ts'
import type { Line } from '../record/events.ts'
import { passphraseRoute, removeUserRoute, usersRoute } from '../routes.ts'

/** Nobody could open what the demonstration is made of any more. */
export const fixedUsers = refuse({ code: 'desk/demonstration-users', kind: 'conflict' })

/** Who has a key to this Desk; a further one; the own passphrase. */
export const usersPage = page({
  route: usersRoute,
  read: async (scope, typed) => {
    const { locale, users, user, desk, everyday } = scope
    const t = text(locale)
    const view = formView(scope, typed)
    const list = await users.list()
    const rows = list.map(({ id, name }) => {
      const added = addedLine(everyday.record.lines(), id)
      return [
        html`<bdi>${name}</bdi>${id === user.id ? html` (${t('users.you')})` : nothing}`,
        added ? html`${moment(locale, added.at, 'date')}, <bdi>${added.by}</bdi>` : '–',
        list.length > 1 && !desk.isDemonstration
          ? html`<a href="${href(locale, removeUserRoute, { id })}">${t('users.remove', { name })}</a>`
          : '–',
      ]
    })
    const body = html`<h1>${t('users.title')}</h1>
      <p class="lede">${t('users.why')}</p>
      ${errorSummary(view)}
      ${table(t('users.title'), [t('user.name'), t('users.added'), t('users.act')], rows)}
      ${list.length === 1 && !desk.isDemonstration ? notice(t('users.only-one'), 'warn') : nothing}
      ${desk.isDemonstration ? notice(t('desk/demonstration-users')) : html`${askUser(view)}${askPassphrase(view)}`}`
    return ok({ title: t('users.title'), width: 'narrow', body })
  },
})

function addedLine(lines: readonly Line[], id: string): Line | undefined {
  return lines.find((each) => each.known && each.what === 'user.added' && each.content.user === id)
}

function askUser(view: ReturnType<typeof formView>): Html {
  const { locale } = view
  const t = text(locale)
  return html`<h2>${t('users.add')}</h2>
    <p>${t('users.add.why')}</p>
    ${notice(t('begin.no-back-door'), 'warn')}
    <form method="post" action="${href(locale, usersRoute)}">
      ${textField(view, { name: 'name', label: t('user.name'), help: t('user.name.help'), autocomplete: 'off', required: true })}
      ${textField(view, { name: 'passphrase', label: t('user.passphrase'), help: t('user.passphrase.help'), type: 'password', autocomplete: 'new-password', required: true })}
      ${textField(view, { name: 'again', label: t('user.again'), type: 'password', autocomplete: 'new-password', required: true })}
      <button class="button main">${t('users.add.act')}</button>
    </form>`
}

function askPassphrase(view: ReturnType<typeof formView>): Html {
  const { locale } = view
  const t = text(locale)
  return html`<h2 id="own">${t('users.own')}</h2>
    <p>${t('users.own.why')}</p>
    <form method="post" action="${href(locale, passphraseRoute)}">
      ${textField(view, { name: 'present', label: t('users.own.present'), type: 'password', autocomplete: 'current-password', required: true })}
      ${textField(view, { name: 'new', label: t('users.own.new'), help: t('user.passphrase.help'), type: 'password', autocomplete: 'new-password', required: true })}
      ${textField(view, { name: 'new-again', label: t('users.own.again'), type: 'password', autocomplete: 'new-password', required: true })}
      <button class="button main">${t('users.own.act')}</button>
    </form>`
}

export const addUserForm = form({
  route: usersRoute,
  on: usersPage,
  fields: z.object({ name: line(100), passphrase: secret(300), again: secret(300) }),
  act: async ({ users, user, desk }, { name, passphrase, again }) => {
    if (desk.isDemonstration) return fixedUsers
    return passphrase === again ? users.add(user, { name, passphrase }) : differs('again')
  },
  next: ({ locale }) => href(locale, usersRoute),
})

/** Every other browser of the same user has to enter anew, with the new passphrase. */
export const passphraseForm = form({
  route: passphraseRoute,
  on: usersPage,
  fields: z.object({ present: secret(300), new: secret(300), 'new-again': secret(300) }),
  act: async ({ users, user, desk, endAllOf, goOnAs }, { present, new: wanted, 'new-again': again }) => {
    if (desk.isDemonstration) return fixedUsers
    if (wanted !== again) return differs('new-again')
    const changed = await users.changePassphrase({ name: user.name, passphrase: present }, wanted)
    if (!changed.ok) return { ok: false, refusal: atOwnField(changed.refusal) }
    endAllOf(user.id)
    goOnAs({ user })
    return ok(undefined)
  },
  next: ({ locale }) => href(locale, usersRoute),
})

function differs(field: string) {
  return refuse({ code: 'desk/passphrase-differs', kind: 'invalid', field })
}

function atOwnField(refusal: Refusal): Refusal {
  if (refusal.code === 'desk/wrong-passphrase') return { ...refusal, field: 'present' }
  return refusal.field === 'passphrase' ? { ...refusal, field: 'new' } : refusal
}

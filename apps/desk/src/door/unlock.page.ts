import { ok, type Refusal } from '@parley/kernel'
import { errorSummary, hidden, href, html, line, optionalLine, secret, textField } from '@parley/web'
import { z } from 'zod'
import { text } from '../locales/index.ts'
import { firstStartRoute, startRoute, tryRoute, unlockRoute } from '../routes.ts'
import { doorForm, doorPage, formView } from './scope.ts'

/** Asks for name and passphrase; says what a locked Desk does not do. */
export const unlockPage = doorPage({
  route: unlockRoute,
  stage: 'let-in',
  read: async (scope, form) => {
    const { locale, desk, session, query } = scope
    if (desk.store.isNew()) return ok({ to: href(locale, firstStartRoute) })
    if (session?.user && desk.store.opened()) return ok({ to: href(locale, startRoute) })
    const t = text(locale)
    const view = formView(scope, form)
    const body = html`<h1>${t('unlock.title')}</h1>
      <p class="lede">${t('unlock.why')}</p>
      ${errorSummary(view)}
      <form method="post" action="${href(locale, unlockRoute)}">
        ${hidden('back', backIn(form.values['back'] ?? query.get('back')))}
        ${textField(view, { name: 'name', label: t('user.name'), autocomplete: 'username', required: true })}
        ${textField(view, { name: 'passphrase', label: t('user.passphrase'), type: 'password', autocomplete: 'current-password', required: true })}
        <button class="button main">${t('unlock.act')}</button>
      </form>
      <p class="small">${t('unlock.forgotten')}</p>
      <form method="post" action="${href(locale, tryRoute)}">
        <p class="small">${t('try.short')}</p>
        <button class="button plain">${t('try.act')}</button>
      </form>`
    return ok({ title: t('unlock.title'), width: 'narrow', body })
  },
})

export const unlockForm = doorForm({
  route: unlockRoute,
  stage: 'let-in',
  on: unlockPage,
  fields: z.object({ name: line(100), passphrase: secret(256), back: optionalLine(500) }),
  act: async ({ desk, goOnAs, now }, { name, passphrase, back }) => {
    const entered = await desk.store.unlock({ name, passphrase })
    if (!entered.ok) return { ok: false, refusal: atField(entered.refusal) }
    goOnAs({ desk, user: entered.value.user, seenAt: now })
    return ok(backIn(back))
  },
  next: ({ locale }, back) => `${href(locale, startRoute)}${back === '/' ? '' : back}`,
})

function atField(refusal: Refusal): Refusal {
  return refusal.code === 'desk/wrong-passphrase' ? { ...refusal, field: 'passphrase' } : refusal
}

/** A path of our own below the language, and nothing else. */
function backIn(typed: unknown): string {
  return typeof typed === 'string' && /^\/(?!\/)[A-Za-z0-9/_-]*$/.test(typed) ? typed : '/'
}

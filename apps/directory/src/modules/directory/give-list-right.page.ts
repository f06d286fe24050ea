import { ok, parseId, refuse } from '@parley/kernel'
import { actButton, errorSummary, hidden, href, html, table } from '@parley/web'
import { z } from 'zod'
import { type DirectoryForm, type DirectoryPage, form, formView, page } from '../../platform/pages/scope.ts'
import { listUsers, proofNotice, requireProof } from '../accounts/index.ts'
import { changeListRight, listRights } from './list-right.ts'
import { text } from './locales/index.ts'
import { listRightRoute } from './routes.ts'

const verb = 'directory.list-right.give'

/** Who of the State may take the whole list: the Mission gives the right and takes it back. */
export function giveListRightPage(): DirectoryPage {
  return page({
    route: listRightRoute,
    verb,
    read: async (scope, state) => {
      const { locale, tx, actor } = scope
      const t = text(locale)
      const own = 'state' in actor ? actor.state : undefined
      const users = own === undefined ? [] : await listUsers(tx, own)
      const rights = own === undefined ? new Set<string>() : await listRights(tx, own)
      const people = new Map(users.map(({ account, name }) => [account, name]))
      const body = html`<h1>${t('list-right.title')}</h1>
        ${errorSummary(formView(scope, state))}
        <p class="lede">${t('list-right.lede')}</p>
        ${proofNotice(scope)}
        ${table(
          t('list-right.title'),
          [t('list-right.person'), t('list-right.right')],
          [...people].map(([account, name]) => {
            const has = rights.has(account)
            return [
              html`<bdi>${name}</bdi>`,
              actButton(
                href(locale, listRightRoute),
                t(has ? 'list-right.end' : 'list-right.give'),
                has ? 'stop' : 'plain',
                html`${hidden('account', account)}${hidden('give', has ? 'no' : 'yes')}`,
              ),
            ]
          }),
        )}`
      return ok({ title: t('list-right.title'), body, width: 'narrow' })
    },
  })
}

export function giveListRightForm(on: DirectoryPage): DirectoryForm {
  return form({
    route: listRightRoute,
    verb,
    fields: z.object({ account: z.string(), give: z.enum(['yes', 'no']) }),
    on,
    act: async (scope, { account, give }) => {
      const proven = requireProof(scope)
      if (!proven.ok) return proven
      const parsed = parseId<'account'>(account)
      if (!parsed) return refuse({ code: 'directory/not-yours', kind: 'forbidden' })
      return changeListRight(scope, { account: parsed, give: give === 'yes' })
    },
    next: ({ locale }) => href(locale, listRightRoute),
  })
}

import { ok, parseId, refuse, type Result } from '@parley/kernel'
import { choices, errorSummary, facts, hidden, href, html, moment } from '@parley/web'
import { z } from 'zod'
import {
  type DirectoryForm,
  type DirectoryPage,
  type DirectoryScope,
  form,
  formView,
  page,
} from '../../platform/pages/scope.ts'
import { proofNotice, requireProof } from '../accounts/index.ts'
import type { Community } from '../community/index.ts'
import { decideAboutChange } from './decide-change.ts'
import { notYours } from './domain/decide.ts'
import { decideOutcome } from './domain/decide-change.ts'
import type { Entry } from './domain/entry.ts'
import { type ContactChange, outcomes } from './domain/former-value.ts'
import { entryAt } from './entry-pages.ts'
import { text } from './locales/index.ts'
import { decideChangeRoute, entryRoute } from './routes.ts'
import { findChange } from './store/changes.ts'
import { entryName, reachedBy } from './write-entry.ts'

/** Where the Mission says what holds: what is there now, or what was there before. */
export function decideChangePage(community: Community): DirectoryPage {
  return page({
    route: decideChangeRoute,
    verb: 'directory.change.decide',
    read: async (scope, state) => {
      const { locale } = scope
      const t = text(locale)
      const found = await changeAt(scope)
      if (!found.ok) return found
      const { entry, change } = found.value
      const view = formView(scope, state)
      const open = outcomes.filter((outcome) => decideOutcome(change, outcome).ok)
      const asks = html`<form method="post" action="${href(locale, decideChangeRoute, scope.params)}">
        ${hidden('version', String(entry.version))}${choices(view, {
          kind: 'radio',
          name: 'outcome',
          label: t('decide.question'),
          options: open.map((outcome) => ({
            value: outcome,
            label: t(`decide.${outcome}`),
            help: t(`decide.${outcome}.help`),
          })),
        })}
        <button class="button main">${t('decide.button')}</button>
      </form>`
      const body = html`<h1>${t('decide.title')}</h1>
        <p class="lede">${community.kindName(entry.kind, locale)} · ${entryName(locale, entry)}</p>
        ${errorSummary(view)}${proofNotice(scope)}
        ${facts([
          [t('decide.changed'), moment(locale, change.changedAt)],
          [t('decide.disputed'), change.disputedAt && moment(locale, change.disputedAt)],
          [t('decide.former'), html`${change.former.map((value) => html`<div>${reachedBy(value)}</div>`)}`],
          [
            t('decide.now'),
            html`${entry.addresses.map((address) => html`<div>${reachedBy({ ...address, what: address.channel })}</div>`)}`,
          ],
        ])}
        ${open.length === 0 ? html`<p>${t('decide.decided')}</p>` : asks}
        <p><a href="${href(locale, entryRoute, { entry: entry.id })}">${t('back-to-card')}</a></p>`
      return ok({ title: t('decide.title'), body, width: 'narrow' })
    },
  })
}

export function decideChangeForm(community: Community, on: DirectoryPage): DirectoryForm {
  return form({
    route: decideChangeRoute,
    verb: 'directory.change.decide',
    fields: z.object({ outcome: z.enum(outcomes), version: z.coerce.number().int().positive() }),
    on,
    act: async (scope, { outcome, version }) => {
      const found = await changeAt(scope)
      if (!found.ok) return found
      const proof = requireProof(scope)
      if (!proof.ok) return proof
      return decideAboutChange(community.profile, found.value.change.id, outcome, version)(scope)
    },
    next: ({ locale, params }) => href(locale, entryRoute, { entry: params.entry }),
  })
}

/** The change that an address of a page names, if it is one of the Mission's own. */
async function changeAt(
  scope: Pick<DirectoryScope, 'tx' | 'actor'> & {
    readonly params: { readonly entry: string; readonly change: string }
  },
): Promise<Result<{ readonly entry: Entry; readonly change: ContactChange }>> {
  const { tx, actor, params } = scope
  const found = await entryAt(scope, params.entry)
  if (!found.ok) return found
  const entry = found.value
  if (actor.role !== 'mission' || actor.state !== entry.state) return refuse(notYours)
  const id = parseId<'change'>(params.change)
  const change = id && (await findChange(tx, id))
  return change?.entry === entry.id
    ? ok({ entry, change })
    : refuse({ code: 'directory/change-absent', kind: 'absent' })
}

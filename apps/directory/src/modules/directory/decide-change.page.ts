import { ok, parseId, refuse, type Result, groupFingerprint } from '@parley/kernel'
import {
  choices,
  errorSummary,
  facts,
  type FormView,
  hidden,
  href,
  html,
  type Html,
  ltr,
  moment,
  nothing,
  several,
} from '@parley/web'
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
import { openOutcomes } from './domain/decide-change.ts'
import type { Entry } from './domain/entry.ts'
import { type ContactChange, type Outcome, outcomes } from './domain/former-value.ts'
import { entryAt } from './entry-pages.ts'
import { text } from './locales/index.ts'
import { decideChangeRoute, entryRoute } from './routes.ts'
import { findChange } from './store/changes.ts'
import { listKeysOf } from './store/keys.ts'
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
      const open = openOutcomes(change)
      const keys = await listKeysOf(scope.tx, entry)
      const asks = html`<form method="post" action="${href(locale, decideChangeRoute, scope.params)}">
        ${hidden('version', String(entry.version))}${whatHolds(view, change, open)}${wrongHands(view, change)}
        <button class="button main">${t('decide.button')}</button>
      </form>`
      const body = html`<h1>${t('decide.title')}</h1>
        <p class="lede">${community.kindName(entry.kind, locale)} · ${entryName(locale, entry)}</p>
        ${errorSummary(view)}${proofNotice(scope)}
        ${facts([
          [t('decide.changed'), moment(locale, change.changedAt)],
          [t('decide.disputed'), change.disputedAt && moment(locale, change.disputedAt)],
          [
            t('decide.former'),
            change.former.length === 0
              ? t('card.former.erased')
              : html`${change.former.map((value) => html`<div>${reachedBy(value)}</div>`)}`,
          ],
          [
            t('decide.now'),
            html`${entry.addresses.map((address) => html`<div>${reachedBy({ ...address, what: address.channel })}</div>`)}${
              change.former.some(({ what }) => what === 'key')
                ? keys.map(({ fingerprint }) => html`<div>${ltr(groupFingerprint(fingerprint))}</div>`)
                : nothing
            }`,
          ],
        ])}
        ${open.length === 0 ? html`<p>${t('decide.decided')}</p>` : asks}
        <p><a href="${href(locale, entryRoute, { entry: entry.id })}">${t('back-to-card')}</a></p>`
      return ok({ title: t('decide.title'), body, width: 'narrow' })
    },
  })
}

/** Of a change that was kept already nothing is asked again. */
function whatHolds(view: FormView, change: ContactChange, open: readonly Outcome[]): Html {
  const t = text(view.locale)
  const [only] = open
  if (change.outcome !== undefined) return hidden('outcome', only ?? '')
  return choices(view, {
    kind: 'radio',
    name: 'outcome',
    label: t('decide.question'),
    options: open.map((outcome) => ({
      value: outcome,
      label: t(`decide.${outcome}`),
      help:
        change.former.length === 0 && outcome === 'restored'
          ? t('decide.restored.erased')
          : t(`decide.${outcome}.help`),
    })),
  })
}

/** One by one: a number may be in wrong hands while the mailbox beside it is not. */
function wrongHands(view: FormView, { former, compromised }: ContactChange): Html {
  const t = text(view.locale)
  const asked = former.filter(({ id }) => !compromised.includes(id))
  if (asked.length === 0) return nothing
  return choices(view, {
    kind: 'checkbox',
    name: 'compromised',
    label: t('decide.compromised'),
    help: t('decide.compromised.help'),
    options: asked.map((value) => ({ value: value.id, label: reachedBy(value) })),
  })
}

export function decideChangeForm(community: Community, on: DirectoryPage): DirectoryForm {
  return form({
    route: decideChangeRoute,
    verb: 'directory.change.decide',
    fields: z.object({
      outcome: z.enum(outcomes),
      compromised: several(z.string()),
      version: z.coerce.number().int().positive(),
    }),
    on,
    act: async (scope, { version, ...decision }) => {
      const found = await changeAt(scope)
      if (!found.ok) return found
      const proof = requireProof(scope)
      if (!proof.ok) return proof
      return decideAboutChange(community.profile, found.value.change.id, decision, version)(scope)
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

import { type Locale, ok, parseStateCode, refuse, type Result, type StateCode } from '@parley/kernel'
import { errorSummary, href, html } from '@parley/web'
import { z } from 'zod'
import type { ActionScope } from '../../platform/action.ts'
import { dualForm } from '../../platform/dual-control/dual-control.ts'
import type { TwoPersonRule } from '../../platform/dual-control/two-person-rule.ts'
import { type DirectoryForm, type DirectoryPage, formView, page } from '../../platform/pages/scope.ts'
import type { Actor } from '../../platform/session/actor.ts'
import { proofNotice, requireProof, secondPersonNotice } from '../accounts/index.ts'
import type { Community } from '../community/index.ts'
import { findAuthorship } from './authorship.ts'
import { contentOf, entryFields } from './entry-fields.ts'
import { type EnteredFrom, nominationFields } from './letter-fields.ts'
import { text } from './locales/index.ts'
import { noteVerbaleSchema } from './entry-pages.ts'
import { additionToJson, type EntryActs } from './own-acts/entry-acts.ts'
import { readableStates } from './readers.ts'
import { newEntryRoute } from './routes.ts'

export function newEntryPage(
  community: Community,
  rule: TwoPersonRule,
  enteredFrom: EnteredFrom,
): DirectoryPage {
  return page({
    route: newEntryRoute,
    verb: 'directory.entry.add',
    read: async (scope, state) => {
      const { locale, actor, query } = scope
      const t = text(locale)
      const view = formView(scope, state)
      const own = ownState(actor, query.get('state') ?? '')
      const byManager = actor.role === 'manager'
      // A POC comes here only where the Mission has delegated its entries.
      const kind = query.get('kind') ?? ''
      const may =
        own && !byManager ? await findAuthorship(scope, { state: own, kind }, 'add', undefined) : ok(own)
      if (!may.ok) return may
      const body = html`<h1>${t('add.title')}</h1>
        <p class="lede">
          ${byManager ? t('add.lede.manager') : t('add.lede', { state: own ? community.stateName(own, locale) : '' })}
        </p>
        ${byManager ? enteredFrom(locale, 'nomination') : ''}${proofNotice(scope)}${await secondPersonNotice(scope, rule, 'entries')}${errorSummary(view)}
        <form method="post" action="${href(locale, newEntryRoute)}">
          ${nominationFields(view, community, {
            ...(byManager ? { states: [...(await readableStates(scope.tx, actor))] } : {}),
            state: own,
            kind: query.get('kind') ?? undefined,
            language: firstLanguage(community, own, locale),
          })}
          <button class="button main">${t('add.button')}</button>
        </form>`
      return ok({ title: t('add.title'), body, width: 'narrow' })
    },
  })
}

export function newEntryForm(rule: TwoPersonRule, { added }: EntryActs, on: DirectoryPage): DirectoryForm {
  return dualForm(rule, added, {
    route: newEntryRoute,
    verb: 'directory.entry.add',
    fields: entryFields.extend({
      kind: z.string().min(1),
      state: z.string().default(''),
      noteVerbale: noteVerbaleSchema,
    }),
    on,
    input: async (scope, typed) => {
      const state = await nominatingState(scope, typed.state)
      if (!state.ok) return state
      const proof = requireProof(scope)
      if (!proof.ok) return proof
      const content = contentOf(typed, state.value)
      if (!content.ok) return content
      const { kind, noteVerbale } = typed
      return ok(additionToJson({ state: state.value, kind, noteVerbale, content: content.value }))
    },
  })
}

/** A Mission nominates for its own State whatever the form says; the manager for the one that was chosen. */
async function nominatingState(
  scope: Pick<ActionScope, 'tx' | 'actor'>,
  chosen: string,
): Promise<Result<StateCode>> {
  const state = ownState(scope.actor, chosen)
  const participates = state !== undefined && (await readableStates(scope.tx, scope.actor)).has(state)
  return participates
    ? ok(state)
    : refuse({ code: 'directory/state-absent', kind: 'invalid', field: 'state' })
}

function ownState(actor: Actor, chosen: string): StateCode | undefined {
  return 'state' in actor ? actor.state : parseStateCode(chosen)
}

/** The Mission's language is the first guess at the entry's; an English form else. */
function firstLanguage(community: Community, state: StateCode | undefined, locale: Locale): Locale {
  return (state && community.findState(state)?.missionLanguage) ?? locale
}

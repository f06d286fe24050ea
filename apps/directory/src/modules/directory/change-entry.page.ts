import { type Json, type Locale, ok } from '@parley/kernel'
import { errorSummary, type FormState, hidden, href, html, type Html, notice, webText } from '@parley/web'
import { z } from 'zod'
import type { ActionScope } from '../../platform/action.ts'
import { dualForm } from '../../platform/dual-control/dual-control.ts'
import type { TwoPersonRule } from '../../platform/dual-control/two-person-rule.ts'
import { listActs } from '../../platform/history/read.ts'
import { type DirectoryForm, type DirectoryPage, formView, page } from '../../platform/pages/scope.ts'
import { proofNotice, requireProof, secondPersonNotice } from '../accounts/index.ts'
import type { Community } from '../community/index.ts'
import { changedMeanwhile } from './domain/decide.ts'
import { describe, fieldNames } from './domain/describe.ts'
import type { Entry } from './domain/entry.ts'
import { bodyOfEntry, contentOf, entryFields } from './entry-fields.ts'
import { entryAt, entryParameter, noteVerbaleSchema, openedToWrite } from './entry-pages.ts'
import { changeFields, type EnteredFrom } from './letter-fields.ts'
import { text } from './locales/index.ts'
import { entrySubject } from './on-behalf.ts'
import { changeToJson, type EntryActs } from './own-acts/entry-acts.ts'
import { changeEntryRoute, entryRoute } from './routes.ts'

export function changeEntryPage(
  community: Community,
  rule: TwoPersonRule,
  enteredFrom: EnteredFrom,
): DirectoryPage {
  return page({
    route: changeEntryRoute,
    verb: 'directory.entry.change',
    read: async (scope, state) => {
      const { locale, actor } = scope
      const t = text(locale)
      const found = await openedToWrite(scope, scope.params.entry, 'change')
      if (!found.ok) return found
      const entry = found.value
      const typed = Object.keys(state.values).length > 0
      const view = formView(scope, typed ? state : { ...state, values: bodyOfEntry(entry) })
      const body = html`<h1>${t('change.title')}</h1>
        <p class="lede">
          ${community.stateName(entry.state, locale)} · ${community.kindName(entry.kind, locale)}
        </p>
        ${actor.role === 'manager' ? enteredFrom(locale, 'change') : ''}${proofNotice(scope)}${await secondPersonNotice(scope, rule, 'entries')}${errorSummary(view)}${await meanwhile(scope, entry, state)}
        <form method="post" action="${href(locale, changeEntryRoute, { entry: entry.id })}">
          ${hidden('version', versionOf(entry, state))}${changeFields(view, community, actor.role === 'manager', entry.state)}
          <p class="row">
            <button class="button main">${t('change.button')}</button>
            <a href="${href(locale, entryRoute, { entry: entry.id })}">${t('back-to-card')}</a>
          </p>
        </form>`
      return ok({ title: t('change.title'), body, width: 'narrow' })
    },
  })
}

export function changeEntryForm(
  rule: TwoPersonRule,
  { changed }: EntryActs,
  on: DirectoryPage,
): DirectoryForm {
  return dualForm(rule, changed, {
    route: changeEntryRoute,
    verb: 'directory.entry.change',
    fields: entryFields.extend({
      version: z.coerce.number().int().positive(),
      noteVerbale: noteVerbaleSchema,
    }),
    on,
    input: async (scope, typed) => {
      const found = await entryAt(scope, entryParameter(scope))
      if (!found.ok) return found
      const proof = requireProof(scope)
      if (!proof.ok) return proof
      const { id, state } = found.value
      const content = contentOf(typed, state)
      if (!content.ok) return content
      const { version, noteVerbale } = typed
      return ok(changeToJson({ entry: id, version, noteVerbale, content: content.value }))
    },
  })
}

/** A form that was kept goes on from the version that it was begun with: what others saved meanwhile is not lost. */
function versionOf({ version }: Entry, { kept, values }: FormState): string {
  return String((kept && values['version']) ?? version)
}

/** To whoever saves second: which fields somebody else changed, and what they say now. What was typed stays in the form. */
async function meanwhile(
  scope: Pick<ActionScope, 'tx'> & { readonly locale: Locale },
  entry: Entry,
  state: FormState,
): Promise<Html | string> {
  if (state.refusal?.code !== changedMeanwhile.code) return ''
  const t = text(scope.locale)
  const begun = Number(state.values['version'])
  const acts = await listActs(scope.tx, {
    state: entry.state,
    verbs: ['entry.changed', 'entry.change-restored'],
    subject: entrySubject(entry.id),
    limit: 50,
  })
  const changed = new Set(
    acts
      .filter(({ content }) => Number(content?.['version']) > begun)
      .flatMap(({ content }) => (Array.isArray(content?.['changed']) ? content['changed'] : [])),
  )
  const now = describe(entry)
  const fields = fieldNames.filter((field) => changed.has(field))
  const rows = fields.map(
    (field) =>
      html`<li>
        ${webText(scope.locale).html('pair', { name: t(`changed.${field}`), value: shown(now[field]) })}
      </li>`,
  )
  return notice(
    html`<p>${t('change.meanwhile')}</p>
      <ul>
        ${rows}
      </ul>`,
    'warn',
  )
}

/** A value of an entry in one line, for comparing. */
function shown(value: Json): string {
  if (value === null) return '–'
  if (Array.isArray(value)) return value.map(shown).join(', ')
  if (typeof value !== 'object') return String(value)
  return 'value' in value ? shown(value['value'] ?? null) : ''
}

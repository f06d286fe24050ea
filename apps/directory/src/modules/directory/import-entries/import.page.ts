import { type Locale, ok, parseStateCode, refuse, type Result, type StateCode } from '@parley/kernel'
import {
  errorSummary,
  fileField,
  type FormView,
  hidden,
  href,
  html,
  type Html,
  line,
  notice,
  secret,
  select,
  textField,
  several,
  type View,
} from '@parley/web'
import { z } from 'zod'
import { done, unchanged } from '../../../platform/action.ts'
import { ourApprovalsRoute, type TwoPersonRule } from '../../../platform/dual-control/two-person-rule.ts'
import {
  type DirectoryForm,
  type DirectoryPage,
  type DirectoryScope,
  form,
  formView,
  page,
} from '../../../platform/pages/scope.ts'
import { recordViewing } from '../../../platform/history/record-viewing.ts'
import { requireProof, secondPersonNotice } from '../../accounts/index.ts'
import type { Community } from '../../community/index.ts'
import { freeText } from '../entry-form.ts'
import { text } from '../locales/index.ts'
import type { EntryActs } from '../own-acts/entry-acts.ts'
import { readableStates } from '../readers.ts'
import { importRoute, ourStateRoute, takeImportRoute } from '../routes.ts'
import { largestImport } from './imported-record.ts'
import { readImport } from './read-import.ts'
import { heldAgainst, propose, takeOver } from './take-import.ts'
import { type Tried, tryImport } from './try-import.ts'
import { reportTable } from './write-report.ts'

type Scope = Pick<DirectoryScope, 'tx' | 'actor' | 'locale' | 'texts' | 'now'>

const fileFields = {
  // A list of addresses is not kept for showing the form again.
  file: secret(largestImport),
  source: line(200),
  state: z.string().default(''),
  kind: z.string().min(1),
}
const checked = z.object(fileFields)
type Asked = z.output<typeof checked>

/** Where a file is brought: nothing of it is taken before it was shown what would become of it. */
export function importPage(community: Community, rule: TwoPersonRule): DirectoryPage {
  return page({
    route: importRoute,
    verb: 'directory.import',
    read: async (scope, state) =>
      ok(
        viewOf(
          scope.locale,
          html`${errorSummary(formView(scope, state))}${await secondPersonNotice(scope, rule, 'entries')}${await fields(scope, community, formView(scope, state))}`,
        ),
      ),
  })
}

export function importForms(
  community: Community,
  rule: TwoPersonRule,
  acts: EntryActs,
  on: DirectoryPage,
): readonly DirectoryForm[] {
  return [
    form({
      route: importRoute,
      verb: 'directory.import',
      fields: checked,
      on,
      act: async (scope, asked) => {
        const tried = await tryAsked(scope, community, asked)
        if (!tried.ok) return tried
        for (const viewing of heldAgainst(tried.value)) await recordViewing(scope, viewing)
        return unchanged({ tried: tried.value, body: await report(scope, community, asked, tried.value) })
      },
      next: ({ locale }, { body }) => viewOf(locale, body),
    }),
    form({
      route: takeImportRoute,
      verb: 'directory.import',
      fields: checked.extend({ record: several(z.coerce.number().int(), 2000) }),
      on,
      act: async (scope, { record: chosen, ...asked }) => {
        const tried = await tryAsked(scope, community, asked)
        if (!tried.ok) return tried
        const records = tried.value.flatMap((each) =>
          'weighed' in each && chosen.includes(each.number) ? [each] : [],
        )
        if (records.length === 0)
          return refuse({ code: 'directory/import-nothing-chosen', kind: 'invalid', field: 'file' })
        const proof = scope.actor.role === 'mission' ? requireProof(scope) : ok(undefined)
        if (!proof.ok) return proof
        for (const record of records) {
          const taken =
            scope.actor.role === 'mission'
              ? await scope.performIn(scope, () => takeOver(scope, rule, acts, record))
              : await scope.performIn(scope, () => propose(record, asked.source)(scope))
          if (!taken.ok) return taken
        }
        const state = 'state' in scope.actor ? scope.actor.state : undefined
        const waits = (await rule.standing(scope.tx, scope.actor, 'entries')) === 'two'
        const taken = { count: records.length, waits }
        // What a second person has not seen is asked for, record by record, and not taken yet.
        if (waits) return unchanged(taken)
        return done(taken, [{ verb: 'import.taken', subject: `import:${scope.requestId}`, state }])
      },
      next: ({ locale, actor }, { count, waits }) =>
        actor.role === 'mission'
          ? href(locale, waits ? ourApprovalsRoute : ourStateRoute)
          : viewOf(locale, notice(text(locale)('import.proposed', { count }))),
    }),
  ]
}

async function tryAsked(scope: Scope, community: Community, asked: Asked): Promise<Result<readonly Tried[]>> {
  const { actor, tx, locale } = scope
  const records = readImport(asked.file)
  if (!records.ok) return refuse({ code: records.refusal, kind: 'invalid', field: 'file' })
  const readable = await readableStates(tx, actor)
  const own = 'state' in actor ? actor.state : undefined
  const states = own === undefined ? readable : new Set([...readable].filter((state) => state === own))
  const rules = {
    profile: community.profile,
    states,
    state: own ?? parseStateCode(asked.state),
    kind: asked.kind,
    language: locale,
  }
  return ok(await tryImport(tx, records.value, rules))
}

/** What would become of each record, and the way to take those that are good. */
async function report(
  scope: Scope,
  community: Community,
  asked: Asked,
  tried: readonly Tried[],
): Promise<Html> {
  const { locale, actor } = scope
  const t = text(locale)
  const good = tried.filter((each) => 'weighed' in each && each.weighed.differences.length > 0)
  const action = actor.role === 'mission' ? t('import.take') : t('import.propose')
  const view: FormView = { ...formView(scope, { values: {}, errors: [] }) }
  return html`${notice(t('import.tried'))}
    <form method="post" action="${href(locale, takeImportRoute)}" enctype="multipart/form-data">
      ${reportTable(scope, community, tried)}${hidden('file', asked.file)}${hidden('source', asked.source)}${hidden(
        'state',
        asked.state,
      )}${hidden('kind', asked.kind)}${good.length === 0 ? '' : html`<p><button class="button main">${action}</button></p>`}
    </form>
    <h2>${t('import.again')}</h2>
    ${await fields(scope, community, view)}`
}

async function fields({ locale, actor, tx }: Scope, community: Community, view: FormView): Promise<Html> {
  const t = text(locale)
  const states = actor.role === 'manager' ? [...(await readableStates(tx, actor))] : []
  return html`<form method="post" action="${href(locale, importRoute)}" enctype="multipart/form-data">
    ${freeText(view, { name: 'source', label: t('field.importSource'), help: t('help.importSource'), required: true })}${
      actor.role === 'manager'
        ? select(view, {
            name: 'state',
            label: t('field.state'),
            help: t('help.importState'),
            options: byName(community, locale, states),
          })
        : ''
    }${select(view, {
      name: 'kind',
      label: t('field.kind'),
      help: t('help.importKind'),
      options: community.profile.kinds.map(({ id, names }) => ({ value: id, label: names[locale] })),
    })}${fileField(view, {
      name: 'file',
      label: t('field.importFile'),
      help: t('help.importFile'),
      accept: '.csv,.vcf,.json,text/csv,text/vcard,application/json',
    })}${textField(view, { name: 'file', label: t('field.importText'), help: t('help.no-incidents'), rows: 6 })}
    <p class="help">${t('import.columns')}</p>
    <button class="button main">${t('import.try')}</button>
  </form>`
}

function byName(community: Community, locale: Locale, states: readonly StateCode[]) {
  const collator = new Intl.Collator(locale)
  return states
    .map((state) => ({ value: state, label: community.stateName(state, locale) }))
    .sort((one, other) => collator.compare(one.label, other.label))
}

function viewOf(locale: Locale, body: Html): View {
  const t = text(locale)
  return {
    title: t('import.title'),
    body: html`<h1>${t('import.title')}</h1>
      <p class="lede">${t('import.lede')}</p>
      ${body}`,
    width: 'narrow',
  }
}

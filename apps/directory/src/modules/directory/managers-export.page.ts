import { ok, parseStateCode, refuse, type StateCode } from '@parley/kernel'
import {
  actButton,
  choices,
  errorSummary,
  href,
  html,
  type Html,
  line,
  moment,
  nothing,
  several,
  writeList as writeNames,
} from '@parley/web'
import { z } from 'zod'
import type { Performer } from '../../platform/action.ts'
import { type DualControl, dualForm } from '../../platform/dual-control/dual-control.ts'
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
import { freeText } from './entry-form.ts'
import { listFormats, listInPages, listTypes, nameWords, writeList } from './list-file.ts'
import { text } from './locales/index.ts'
import { type AllowedExport, listAllowedExports, managersExportAct, takeExport } from './managers-export.ts'
import { readableStates } from './readers.ts'
import { managersExportsRoute, takeExportRoute } from './routes.ts'

const verb = 'directory.export'

/** Where a manager asks for an export, and takes what a second one has allowed. */
export function managersExportPage(community: Community): DirectoryPage {
  return page({
    route: managersExportsRoute,
    verb,
    read: async (scope, state) => {
      const { locale, tx, now, actor } = scope
      const t = text(locale)
      const view = formView(scope, state)
      const allowed = await listAllowedExports(tx, now)
      const states = [...(await readableStates(tx, actor))]
        .map((code) => ({ value: code, label: community.stateName(code, locale) }))
        .toSorted((one, other) => one.label.localeCompare(other.label, locale))
      const kinds = community.profile.kinds.map(({ id }) => ({
        value: id,
        label: community.kindName(id, locale),
      }))
      const body = html`<h1>${t('exports.title')}</h1>
        <p class="lede">${t('exports.lede')}</p>
        ${errorSummary(view)}${proofNotice(scope)} ${toTake(scope, community, allowed)}
        <h2>${t('exports.ask')}</h2>
        <form method="post" action="${href(locale, managersExportsRoute)}">
          ${choices(view, {
            name: 'format',
            label: t('exports.format'),
            kind: 'radio',
            chosen: ['csv'],
            options: listFormats.map((value) => ({ value, label: t(`exports.format.${value}`) })),
          })}
          ${choices(view, { name: 'kinds', label: t('exports.kinds'), help: t('exports.none-chosen'), kind: 'checkbox', options: kinds })}
          ${freeText(view, { name: 'reason', label: t('exports.reason'), help: t('exports.reason-help'), required: true })}
          <details>
            <summary>${t('exports.some-states')}</summary>
            ${choices(view, { name: 'states', label: t('exports.states'), help: t('exports.none-chosen'), kind: 'checkbox', options: states })}
          </details>
          <button class="button main">${t('exports.ask-button')}</button>
        </form>`
      return ok({ title: t('exports.title'), body, width: 'narrow' })
    },
  })
}

function toTake(
  { locale }: Pick<DirectoryScope, 'locale'>,
  community: Community,
  allowed: readonly AllowedExport[],
): Html {
  const t = text(locale)
  if (allowed.length === 0) return nothing
  return html`<h2>${t('exports.allowed')}</h2>
    ${allowed.map(({ id, states, format, endsAt }) => {
      const names = states.map((state) => community.stateName(state, locale))
      const whose = names.length === 0 ? t('exports.all-states') : writeNames(locale, names)
      return html`<p>
          ${t(`exports.format.${format}`)} · ${whose}<br />
          <span class="small">${t.html('exports.until', { until: moment(locale, endsAt) })}</span>
        </p>
        ${actButton(href(locale, takeExportRoute, { export: id }), t('exports.take'), 'main')}`
    })}`
}

const asked = z.object({
  format: z.enum(listFormats),
  kinds: several(z.string().max(40)),
  states: several(z.string().max(2), 400),
  reason: line(300),
})

export function managersExportForms(
  {
    community,
    performer,
    dual,
  }: { readonly community: Community; readonly performer: Performer; readonly dual: DualControl },
  on: DirectoryPage,
): readonly DirectoryForm[] {
  return [
    dualForm(dual, managersExportAct(community), {
      route: managersExportsRoute,
      verb,
      fields: asked,
      on,
      input: async (scope, { format, kinds, states, reason }) => {
        const { actor, tx } = scope
        const proof = requireProof(scope)
        if (!proof.ok) return proof
        if (actor.role !== 'manager') return refuse({ code: 'web/forbidden', kind: 'forbidden' })
        const readable = await readableStates(tx, actor)
        const known = community.profile.kinds.map(({ id }) => id)
        if (!states.every((code) => isIn(readable, code)) || kinds.some((kind) => !known.includes(kind)))
          return refuse({ code: 'field/invalid', kind: 'invalid', field: 'states' })
        const input = {
          asker: actor.account,
          states: states.toSorted(),
          kinds: kinds.toSorted(),
          format,
          reason,
        }
        return ok(input)
      },
    }),
    form({
      route: takeExportRoute,
      verb,
      fields: z.object({}),
      on,
      act: async (scope) => {
        const proof = requireProof(scope)
        return proof.ok ? takeExport(scope.params.export)(scope) : proof
      },
      next: ({ locale, actor, now }, { format, kinds, of }) => {
        const wanted = { states: of, ...(kinds.length > 0 && { kinds }) }
        const pages = listInPages(performer.database, actor, wanted)
        const taken = { by: 'name' in actor ? actor.name : '', at: now }
        const { type, ending } = listTypes[format]
        return {
          file: {
            name: `entries-${now.toISOString().slice(0, 10)}.${ending}`,
            type,
            text: writeList(format, pages, nameWords(community, locale), taken),
          },
        }
      },
    }),
  ]
}

function isIn(states: ReadonlySet<StateCode>, code: string): boolean {
  const state = parseStateCode(code)
  return state !== undefined && states.has(state)
}

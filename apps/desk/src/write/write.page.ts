import { isLocale, locales, ok, refuse } from '@parley/kernel'
import { defaultMarking, limits, markings } from '@parley/protocol'
import {
  type Body,
  choices,
  errorSummary,
  hidden,
  href,
  html,
  nothing,
  optionalLine,
  select,
  textField,
  webText,
} from '@parley/web'
import { z } from 'zod'
import { startValues } from '../answer/start-values.ts'
import { form, formView, page } from '../door/scope.ts'
import { text } from '../locales/index.ts'
import { sortedMembers } from '../office/members.ts'
import { draftRoute, writeKindRoute } from '../routes.ts'
import { addressee, offerAddressees } from './addressee.ts'
import { addresseeOf, compose, lastMessage, templateOf, theirLanguage } from './compose.ts'
import { findDraft, keepDraft } from './drafts.ts'
import { askTemplate, bodyFrom, valuesIn } from './template-fields.ts'

/** A message from a template: to whom, how marked, and its fields step by step. */
export const writePage = page({
  route: writeKindRoute,
  read: async (scope, typed) => {
    const { locale, params, query, cases, desk, kinds, settings, sealed } = scope
    const t = text(locale)
    const chosen = templateOf(params.kind)
    if (!chosen) return refuse({ code: 'web/not-found', kind: 'absent' })
    const draft = await findDraft({ sealed }, query.get('draft') ?? '')
    const id = [typed.values['case'] ?? draft?.case ?? query.get('case') ?? ''].flat()[0] ?? ''
    const within = cases.find(id)
    const to = await addressee(scope, query.get('to'))
    const values: Body = draft
      ? {
          ...bodyFrom(chosen, draft.message.values),
          title: draft.title,
          state: draft.message.to.state,
          kind: draft.message.to.kind,
          entity: draft.message.to.entity,
          tlp: draft.message.tlp,
          language: draft.message.languages.at(-1) ?? locale,
          'own-reference': draft.message.from.ownReference ?? '',
        }
      : {
          ...bodyFrom(chosen, startValues(chosen.kind, within, query)),
          ...(to && { state: to.state, kind: to.kind, entity: to.entity, language: to.language }),
        }
    const isBlank = Object.keys(typed.values).length === 0
    const view = formView(scope, isBlank ? { ...typed, values } : typed)
    const states = sortedMembers(desk.members, locale).map(({ state, names }) => ({
      value: state,
      label: names[locale],
    }))
    const ofKind = kinds.map((each) => ({ value: each.id, label: each.names[locale] }))
    const whom = html`${await offerAddressees(scope, chosen.kind, to)}
    ${textField(view, { name: 'title', label: t('write.case-title'), help: t('write.case-title.help'), autocomplete: 'off', required: true })}
    ${select(view, { name: 'state', label: t('office.state'), options: [{ value: '', label: '–' }, ...states] })}
    ${choices(view, { name: 'kind', label: t('office.kind'), kind: 'radio', chosen: [settings.kind], options: ofKind })}
    ${textField(view, { name: 'entity', label: t('office.entity'), autocomplete: 'off', required: true })}`
    const languages = locales.map((value) => ({ value, label: webText(locale)(`language.${value}`) }))
    const body = html`<h1>${chosen.title[locale]}</h1>
      <p class="lede">${chosen.help[locale]}</p>
      ${errorSummary(view)}
      <form method="post" action="${href(locale, writeKindRoute, { kind: chosen.kind })}">
        ${draft ? hidden('draft', draft.message.id) : nothing}
        ${
          within
            ? html`${hidden('case', within.id)}
                <p><bdi>${within.title}</bdi></p>`
            : whom
        }
        ${select(view, { name: 'language', label: t('write.language'), help: t('write.language.help'), value: within ? theirLanguage(within) : 'en', options: languages })}
        ${select(view, { name: 'tlp', label: t('write.marking'), value: (within && lastMessage(within)?.tlp) ?? defaultMarking, options: markings.map((value) => ({ value, label: `TLP:${value}` })) })}
        ${textField(view, { name: 'own-reference', label: t('case.own-reference'), help: t('case.own-reference.help'), value: within?.ownReference, autocomplete: 'off' })}
        <p>${t('write.optional')}</p>
        ${askTemplate(view, chosen, settings.languages[0] ?? locale)}
        <button class="button main">${t('write.preview')}</button>
      </form>`
    return ok({ title: chosen.title[locale], width: 'narrow', body })
  },
})

const word = z.string().max(1_000).default('')

export const writeForm = form({
  route: writeKindRoute,
  on: writePage,
  // What a template asks is held against its format when the message is put together.
  fields: z
    .object({
      title: word,
      state: word,
      kind: word,
      entity: word,
      language: word,
      tlp: word,
      case: word,
      draft: word,
      'own-reference': optionalLine(limits.name),
    })
    .catchall(z.union([z.string(), z.array(z.string())])),
  act: async (scope, { title, state, kind, entity, language, tlp, draft, ...typed }) => {
    const chosen = templateOf(scope.params.kind)
    if (!chosen) return refuse({ code: 'web/not-found', kind: 'absent' })
    const within = scope.cases.find(typed.case)
    if (!within && title.trim() === '')
      return refuse({ code: 'field/required', kind: 'invalid', field: 'title' })
    const message = compose(
      scope,
      {
        template: chosen,
        to: within ? addresseeOf(within) : { state, kind, entity: entity.trim() },
        language: isLocale(language) ? language : 'en',
        tlp,
        values: valuesIn(chosen, typed),
        ownReference: typed['own-reference'],
      },
      within,
    )
    if (!message.ok) return message
    const before = await findDraft(scope, draft)
    const same = before
      ? { ...message.value, id: before.message.id, attachments: before.message.attachments }
      : message.value
    return keepDraft(scope, { title: within?.title ?? title.trim(), case: within?.id, message: same })
  },
  next: ({ locale }, { message }) => href(locale, draftRoute, { id: message.id }),
})

import { newId, ok, refuse } from '@parley/kernel'
import { findReferences, listCodes, markings } from '@parley/protocol'
import {
  choices,
  errorSummary,
  hidden,
  href,
  html,
  notice,
  optionalLine,
  optionalParagraphs,
  select,
  textField,
} from '@parley/web'
import { z } from 'zod'
import { isChannel } from '../answer/message-lines.ts'
import { form, formView, page } from '../door/scope.ts'
import { knownExercises } from '../exercise/known-exercises.ts'
import { text } from '../locales/index.ts'
import type { Entry } from '../record/open-record.ts'
import { lacksReservations, natureOfText } from '../mailbox/form-text.ts'
import { sortedMembers } from '../office/members.ts'
import { caseRoute, incomingRoute } from '../routes.ts'
import { addressee } from './addressee.ts'

/** A call, a meeting, a plain e-mail: what came in some other way, entered by hand. */
export const incomingPage = page({
  route: incomingRoute,
  read: async (scope, typed) => {
    const { locale, query, cases, desk, kinds, settings } = scope
    const t = text(locale)
    const id = [typed.values['case'] ?? query.get('case') ?? ''].flat()[0] ?? ''
    const within = cases.find(id)
    const from = await addressee(scope, query.get('from'))
    const isBlank = Object.keys(typed.values).length === 0
    const known = from && { state: from.state, kind: from.kind, entity: from.entity }
    const view = formView(scope, isBlank && known ? { ...typed, values: known } : typed)
    const states = sortedMembers(desk.members, locale).map(({ state, names }) => ({
      value: state,
      label: names[locale],
    }))
    const ofKind = kinds.map((each) => ({ value: each.id, label: each.names[locale] }))
    const channels = listCodes('channel').map(({ code, label }) => ({ value: code, label: label[locale] }))
    const whom = html`${textField(view, { name: 'title', label: t('write.case-title'), help: t('write.case-title.help'), autocomplete: 'off', required: true })}
    ${select(view, { name: 'state', label: t('office.state'), options: [{ value: '', label: '–' }, ...states] })}
    ${choices(view, { name: 'kind', label: t('office.kind'), kind: 'radio', chosen: [settings.kind], options: ofKind })}
    ${textField(view, { name: 'entity', label: t('office.entity'), autocomplete: 'off', required: true })}`
    const body = html`<h1>${t('incoming.title')}</h1>
      <p class="lede">${t('incoming.why')}</p>
      ${errorSummary(view)}
      <form method="post" action="${href(locale, incomingRoute)}">
        ${within ? notice(html`<bdi>${within.title}</bdi>${hidden('case', within.id)}`) : whom}
        ${select(view, { name: 'channel', label: t('case.channel'), value: 'telephone', options: channels })}
        ${textField(view, { name: 'text', label: t('incoming.text'), rows: 10, autocomplete: 'off', required: true })}
        ${select(view, { name: 'tlp', label: t('write.marking'), options: [{ value: '', label: '–' }, ...markings.map((value) => ({ value, label: `TLP:${value}` }))] })}
        <button class="button main">${t('incoming.act')}</button>
      </form>`
    return ok({ title: t('incoming.title'), width: 'narrow', body })
  },
})

export const incomingForm = form({
  route: incomingRoute,
  on: incomingPage,
  fields: z.object({
    case: optionalLine(100),
    title: optionalLine(300),
    state: optionalLine(2),
    kind: optionalLine(100),
    entity: optionalLine(200),
    channel: z.string().refine(isChannel, { error: 'field/invalid' }),
    text: optionalParagraphs(20_000),
    tlp: z.enum(['', ...markings]).default(''),
  }),
  act: async (scope, { channel, text: said = '', tlp, title, state, kind, entity, ...typed }) => {
    const { cases, record, now, user, session } = scope
    if (said === '') return required('text')
    const within = cases.find(typed.case ?? '')
    const entry = { at: now, by: user.name, case: within?.id ?? newId() }
    let opening: Entry | undefined
    if (!within) {
      if (title === undefined) return required('title')
      if (state === undefined) return refuse({ code: 'desk/state-missing', kind: 'invalid', field: 'state' })
      if (kind === undefined || entity === undefined) return required('entity')
      const [reference] = findReferences(said)
      opening = {
        ...entry,
        what: 'case.opened',
        content: {
          title,
          side: 'theirs',
          counterpart: { state, kind, entity },
          nature: session?.isExercise === true ? 'EXERCISE' : 'REAL',
          ...(session?.isExercise === true &&
            session.exercise !== undefined && { exercise: session.exercise }),
          ...(reference !== undefined && { reference }),
        },
      }
    }
    if (!isChannel(channel)) return required('channel')
    const marked = tlp === '' ? {} : { tlp }
    const isExpected =
      session?.isExercise === true ||
      knownExercises(scope.exercises.record.lines()).some((name) => said.includes(name))
    const warnings = warningsIn(said, isExpected)
    const came: Entry =
      channel === 'e-mail' || channel === 'encrypted-e-mail' || channel === 'messenger'
        ? { ...entry, what: 'message.received', content: { text: said, channel, ...marked, warnings } }
        : { ...entry, what: 'exchange.noted', content: { side: 'theirs', text: said, channel, ...marked } }
    const written = await record.appendAll(opening ? [opening, came] : [came])
    return written.ok ? ok(entry.case) : written
  },
  next: ({ locale }, id) => href(locale, caseRoute, { id }),
})

function required(field: string) {
  return refuse({ code: 'field/required', kind: 'invalid', field })
}

/** RULE-4: a pasted message of Parley's own form carries its reservations, and says what it is. */
function warningsIn(said: string, isExpected: boolean): string[] {
  const nature = natureOfText(said)
  const isPractice = nature === 'EXERCISE' || nature === 'TEST'
  return [
    ...(lacksReservations(said) ? ['reservations-missing'] : []),
    ...(isPractice && !isExpected ? ['says-exercise'] : []),
  ]
}

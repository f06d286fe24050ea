import { fold, type Locale, ok } from '@parley/kernel'
import {
  actButton,
  errorSummary,
  hidden,
  href,
  html,
  type Html,
  line,
  nothing,
  notice,
  textField,
} from '@parley/web'
import { z } from 'zod'
import { form, formView, page } from '../door/scope.ts'
import { text } from '../locales/index.ts'
import { exerciseRoute, leaveExerciseRoute, startRoute } from '../routes.ts'
import { knownExercises } from './known-exercises.ts'

/** Where what is practised begins and ends: the same screens over a record of its own. */
export const exercisePage = page({
  route: exerciseRoute,
  read: async (scope, typed) => {
    const { locale, exercises, session } = scope
    const t = text(locale)
    const view = formView(scope, typed)
    const known = knownExercises(exercises.record.lines())
    const body = html`<h1>${t('exercise.title')}</h1>
      <p class="lede">${t('exercise.why')}</p>
      ${errorSummary(view)}
      ${session?.isExercise === true ? notice(onNow(locale, session.exercise), 'warn') : nothing}
      <ul>
        <li>${t('exercise.apart')}</li>
        <li>${t('exercise.marked')}</li>
        <li>${t('exercise.fictional')}</li>
      </ul>
      ${
        known.length === 0
          ? nothing
          : html`<h2>${t('exercise.known')}</h2>
              ${known.map((name) => actButton(href(locale, exerciseRoute), html`<bdi>${name}</bdi>`, 'plain', hidden('name', name)))}`
      }
      <h2>${t('exercise.new')}</h2>
      <form method="post" action="${href(locale, exerciseRoute)}">
        ${textField(view, { name: 'name', label: t('exercise.name'), help: t('exercise.name.help'), autocomplete: 'off', required: true })}
        <button class="button main">${t('exercise.enter')}</button>
      </form>`
    return ok({ title: t('exercise.title'), width: 'narrow', body })
  },
})

function onNow(locale: Locale, name: string | undefined): Html {
  const t = text(locale)
  return html`<p>${t.html('exercise.on', { name: html`<bdi>${name ?? ''}</bdi>` })}</p>
    ${actButton(href(locale, leaveExerciseRoute), t('exercise.leave'))}`
}

export const enterExerciseForm = form({
  route: exerciseRoute,
  on: exercisePage,
  fields: z.object({ name: line(200) }),
  act: async ({ exercises, now, user, goOnAs }, { name }) => {
    const { record } = exercises
    const known = knownExercises(record.lines()).find((each) => fold(each) === fold(name))
    if (known === undefined) {
      const entry = { at: now, by: user.name, what: 'exercise.begun', content: { name } } as const
      const begun = await record.append(entry)
      if (!begun.ok) return begun
    }
    goOnAs({ isExercise: true, exercise: known ?? name })
    return ok(undefined)
  },
  next: ({ locale }) => href(locale, startRoute),
})

/** One press, from every page. */
export const leaveExerciseForm = form({
  route: leaveExerciseRoute,
  on: exercisePage,
  fields: z.object({}),
  act: async ({ goOnAs }) => {
    goOnAs({ isExercise: false, exercise: undefined })
    return ok(undefined)
  },
  next: ({ locale }) => href(locale, startRoute),
})

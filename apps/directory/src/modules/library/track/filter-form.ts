import type { Locale } from '@parley/kernel'
import { href, html, type Html, nothing, select, textField, tickBox } from '@parley/web'
import { text } from '../locales/index.ts'
import { trackerRoute } from '../routes.ts'
import { groupings, type StepFilter } from './filter-steps.ts'
import { addressees, stepStates, type TrackedStep, verbs } from './tracked-step.ts'

/** By addressee, verb, state, document and due date; only what occurs is offered. */
export function filterForm(locale: Locale, steps: readonly TrackedStep[], filter: StepFilter): Html {
  const t = text(locale)
  const { overdue, group, session, ...rest } = filter
  const values = Object.fromEntries(
    Object.entries({
      ...rest,
      group,
      session: session === undefined ? undefined : String(session),
      overdue: overdue ? 'yes' : undefined,
    }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
  const view = { locale, form: { values, errors: [] }, texts: [] }
  const list = (name: string, label: string, options: readonly (readonly [string, string])[]) =>
    select(view, {
      name,
      label,
      options: [
        { value: '', label: t('tracker.any') },
        ...options.map(([value, each]) => ({ value, label: each })),
      ],
    })
  const acts = steps.flatMap((step) => step.acts)
  const narrowed =
    Object.values(rest).some(Boolean) || overdue || session !== undefined || group !== 'document'
  return html`<details class="unprinted" ${narrowed ? html` open` : nothing}>
    <summary>${t('tracker.narrow')}</summary>
    <form method="get" action="${href(locale, trackerRoute)}" class="filter" role="search">
      ${list(
        'document',
        t('library.document'),
        [...new Set(steps.map(({ symbol }) => symbol))].map((each) => [each, each]),
      )}
      ${list(
        'addressee',
        t('tracker.addressee'),
        addressees
          .filter((each) => acts.some(({ addressee }) => addressee === each))
          .map((each) => [each, t(`addressee.${each}`)]),
      )}
      ${list(
        'verb',
        t('tracker.verb'),
        verbs
          .filter((each) => acts.some(({ verb }) => verb === each))
          .map((each) => [each, t(`verb.${each}`)]),
      )}
      ${list(
        'state',
        t('tracker.state'),
        stepStates.map((each) => [each, t(`state.${each}`)]),
      )}
      ${textField(view, { name: 'due', label: t('tracker.due-by'), type: 'date', size: 'short' })}
      ${textField(view, { name: 'session', label: t('tracker.due-by-session'), inputmode: 'numeric', size: 'short' })}
      ${select(view, {
        name: 'group',
        label: t('tracker.group'),
        value: group,
        options: groupings.map((each) => ({ value: each, label: t(`tracker.by-${each}`) })),
      })}
      ${tickBox(view, { name: 'overdue', label: t('tracker.only-overdue'), help: t('tracker.overdue-help') })}
      <button class="button">${t('tracker.show')}</button>
    </form>
  </details>`
}

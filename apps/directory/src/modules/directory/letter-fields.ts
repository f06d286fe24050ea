import type { Locale, StateCode } from '@parley/kernel'
import { choices, type FormView, html, type Html, nothing, select } from '@parley/web'
import type { Community } from '../community/index.ts'
import { alsoNominatedField } from './also-nominated.ts'
import { entryForm, freeText } from './entry-form.ts'
import { noteVerbaleField } from './entry-pages.ts'
import { text } from './locales/index.ts'

/** Says which letter the directory manager enters a form from; given by compose.ts. */
export type EnteredFrom = (locale: Locale, letter: 'nomination' | 'change' | 'withdrawal') => Html

interface Nomination {
  /** The States to choose from: asked of whoever enters it for another. */
  readonly states?: readonly StateCode[]
  readonly state?: StateCode | undefined
  readonly kind?: string | undefined
  readonly language: Locale
}

/** What a nomination says: on the page, and on the letter that the directory manager enters it from. */
export function nominationFields(view: FormView, community: Community, asked: Nomination): Html {
  const { locale } = view
  const t = text(locale)
  const { kinds, languages } = community.profile
  return html`${
    asked.states === undefined
      ? nothing
      : html`${select(view, {
          name: 'state',
          label: t('field.state'),
          value: asked.state,
          options: byName(community, locale, asked.states),
        })}${noteVerbale(view)}`
  }${choices(view, {
    kind: 'radio',
    name: 'kind',
    label: t('field.kind'),
    chosen: [asked.kind ?? kinds[0]?.id ?? ''],
    options: kinds.map(({ id, names }) => ({ value: id, label: names[locale] })),
  })}${entryForm(view, languages, asked.language)}${alsoNominatedField(view, community, asked.state)}`
}

/** What a change says, of an entry that is named beside it. */
export function changeFields(
  view: FormView,
  community: Community,
  onBehalf: boolean,
  state?: StateCode,
): Html {
  return html`${onBehalf ? noteVerbale(view) : nothing}${entryForm(view, community.profile.languages, view.locale)}${alsoNominatedField(view, community, state)}`
}

/** What a withdrawal says, of an entry that is named beside it. */
export function withdrawalFields(view: FormView, onBehalf: boolean): Html {
  return onBehalf ? noteVerbale(view) : nothing
}

function noteVerbale(view: FormView): Html {
  return freeText(view, noteVerbaleField(view.locale))
}

function byName(community: Community, locale: Locale, states: readonly StateCode[]) {
  const collator = new Intl.Collator(locale)
  return states
    .map((state) => ({ value: state, label: community.stateName(state, locale) }))
    .sort((one, other) => collator.compare(one.label, other.label))
}

import { type FormView, html, type Html, nothing, textField } from '@parley/web'
import { invitationFields } from '../accounts/index.ts'
import {
  accessRequestFields,
  authorityFields,
  type Community,
  leaveFields,
  missionFields,
} from '../community/index.ts'
import { changeFields, nominationFields, withdrawalFields } from '../directory/index.ts'
import { text } from './locales/index.ts'

/** One for each step of a Mission, in the order in which they come. */
export const letterNames = [
  'access',
  'nomination',
  'change',
  'withdrawal',
  'user',
  'contact',
  'authority',
  'leaving',
] as const
export type LetterName = (typeof letterNames)[number]

export function isLetterName(name: string): name is LetterName {
  return letterNames.some((each) => each === name)
}

/** Whether a letter is about one entry. */
export function isAboutEntry(letter: LetterName): boolean {
  return letter === 'change' || letter === 'withdrawal'
}

/**
 * The fields of a letter: those of the form that it is entered into, by the same declaration, so that the two cannot
 * drift apart. Before them stands what the form has in its address: the State and the entry.
 */
export function letterFields(view: FormView, community: Community, letter: LetterName): Html {
  const t = text(view.locale)
  const state = textField(view, { name: 'state', label: t('field.state') })
  const entry = textField(view, { name: 'entry', label: t('field.entry'), help: t('help.entry') })
  const about = isAboutEntry(letter) ? html`${state}${entry}` : state
  switch (letter) {
    case 'access':
      return html`${about}${accessRequestFields(view, community.profile.languages)}`
    case 'nomination':
      return nominationFields(view, community, { states: [], language: view.locale })
    case 'change':
      return html`${about}${changeFields(view, community, true)}`
    case 'withdrawal':
      return html`${about}${withdrawalFields(view, true)}`
    case 'user':
      return html`${about}${invitationFields(community, view)}`
    case 'contact':
      return html`${about}${missionFields(view, community.profile.languages)}`
    case 'authority':
      return html`${about}${authorityFields(view)}`
    case 'leaving':
      return html`${about}${leaveFields(view, stateOf(view))}`
    default:
      return nothing
  }
}

/** The State's name in a sentence, or room for it. */
function stateOf({ form }: FormView): string {
  const { state } = form.values
  return typeof state === 'string' && state !== '' ? state : '…'.repeat(12)
}

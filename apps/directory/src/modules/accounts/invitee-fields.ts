import type { Languages } from '@parley/kernel'
import { type FormView, type Html, line, select, textField, webText, writeDuration } from '@parley/web'
import { z } from 'zod'
import type { Members } from './house.ts'
import { invitationLasts } from './invitation.ts'
import { text } from './locales/index.ts'

/** The address that an invitation goes to, with how long its link lasts. */
export function inviteeAddress(view: FormView, more: { readonly required?: true } = {}): Html {
  const { locale } = view
  const t = text(locale)
  return textField(view, {
    name: 'email',
    label: t('field.email'),
    help: t('users.email.help', { lasts: writeDuration(locale, invitationLasts) }),
    type: 'email',
    autocomplete: 'off',
    ...more,
  })
}

/** In which language the invitation is written: one of the community's. */
export function inviteeLanguage(members: Members, view: FormView): Html {
  return select(view, {
    name: 'language',
    label: text(view.locale)('users.language'),
    value: view.locale,
    options: members.profile.languages.map((each) => ({
      value: each,
      label: webText(each)(`language.${each}`),
    })),
  })
}

/** Who is invited, as it is typed: every form that invites somebody asks for this, and some for more. */
export function inviteeFields(languages: Languages) {
  return z.object({
    name: line(200),
    email: line(320).pipe(z.email()),
    language: z.enum(languages),
  })
}

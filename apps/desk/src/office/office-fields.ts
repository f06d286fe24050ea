import { type Locale, locales } from '@parley/kernel'
import {
  choices,
  type FormView,
  html,
  type Html,
  line,
  select,
  several,
  textField,
  webText,
} from '@parley/web'
import { z } from 'zod'
import { text } from '../locales/index.ts'
import { type Kind, type Member, sortedMembers } from './members.ts'
import type { Settings } from './settings.ts'

/** What a form asks of an office: State, kind of POC, entity, working languages. */
export const officeFields = {
  state: z.string().regex(/^[A-Z]{2}$/, { error: 'desk/state-missing' }),
  kind: z.string().min(1).max(100),
  entity: line(200),
  languages: several(z.enum(locales), locales.length),
}

type Typed = z.output<z.ZodObject<typeof officeFields>>

/** Without a language chosen, that of the page. */
export function settingsOf({ state, kind, entity, languages }: Typed, locale: Locale): Settings {
  return { version: 1, state, kind, entity, languages: languages.length > 0 ? languages : [locale] }
}

export function askOffice(
  view: FormView,
  { members, kinds, kept }: { members: readonly Member[]; kinds: readonly Kind[]; kept?: Settings },
): Html {
  const { locale } = view
  const t = text(locale)
  const states = sortedMembers(members, locale).map(({ state, names }) => ({
    value: state,
    label: names[locale],
  }))
  const ofKind = kinds.map(({ id, names }) => ({ value: id, label: names[locale] }))
  const languages = locales.map((value) => ({
    value,
    label: html`<bdi lang="${value}">${webText(locale)(`language.${value}`)}</bdi>`,
  }))
  return html`${select(view, { name: 'state', label: t('office.state'), value: kept?.state, options: [{ value: '', label: '–' }, ...states] })}
  ${choices(view, { name: 'kind', label: t('office.kind'), kind: 'radio', chosen: [kept?.kind ?? kinds[0]?.id ?? ''], options: ofKind })}
  ${textField(view, { name: 'entity', label: t('office.entity'), help: t('office.entity.help'), value: kept?.entity, autocomplete: 'off', required: true })}
  ${choices(view, { name: 'languages', label: t('office.languages'), help: t('office.languages.help'), kind: 'checkbox', chosen: kept?.languages ?? [locale], options: languages })}`
}

import type { Locale } from '@parley/kernel'
import {
  choices,
  type FormView,
  html,
  type Html,
  select,
  textField,
  tickBox,
  writeLanguage,
} from '@parley/web'
import { cardOnlyFields } from './domain/entry.ts'
import { commonLanguages } from './domain/languages.ts'
import { timeZones } from './domain/office-hours.ts'
import { type Place, places } from './entry-fields.ts'
import { text } from './locales/index.ts'
import { dayName } from './write-entry.ts'

/** Every field of an entry, in the order in which an office thinks of them. */
export function entryForm(view: FormView, languages: readonly Locale[], first: Locale): Html {
  const { locale } = view
  const t = text(locale)
  const written = typed(view, 'language') || first
  const own = { language: written }
  return html`<h2>${t('form.who')}</h2>
    ${select(view, {
      name: 'language',
      label: t('field.language'),
      help: t('help.language'),
      value: first,
      options: languages.map((tag) => ({ value: tag, label: writeLanguage(locale, tag) })),
    })}${choices(view, {
      kind: 'radio',
      name: 'holder',
      label: t('field.holder'),
      chosen: ['entity'],
      options: (['entity', 'representative'] as const).map((holder) => ({
        value: holder,
        label: t(`holder.${holder}`),
      })),
    })}${freeText(view, { name: 'entityName', label: t('field.entityName'), required: true, ...own })}${freeText(
      view,
      { name: 'description', label: t('field.description'), rows: 3, ...own },
    )}${freeText(view, {
      name: 'personName',
      label: t('field.personName'),
      help: t('help.person'),
      ...own,
    })}${freeText(view, { name: 'personTitle', label: t('field.personTitle'), ...own })}${freeText(view, {
      name: 'nationalRole',
      label: t('field.nationalRole'),
      help: t('help.nationalRole'),
      rows: 3,
      ...own,
    })}
    <h2>${t('form.reach')}</h2>
    <p class="help">${t('help.reach')}</p>
    ${places.map((place) => place_(view, 'email', place))}${places.map((place) => place_(view, 'phone', place))}${choices(
      view,
      {
        kind: 'radio',
        name: 'urgent',
        label: t('field.urgent'),
        chosen: ['1'],
        options: [
          ...places.map((place) => ({ value: String(place), label: t('field.phone', { place }) })),
          { value: '', label: t('field.urgent.none') },
        ],
      },
    )}
    <h2>${t('form.languages')}</h2>
    ${places.map((place) => language(view, place))}${freeText(view, {
      name: 'languageMore',
      label: t('field.languageMore'),
      help: t('help.languageMore'),
    })}
    <h2>${t('form.hours')}</h2>
    ${select(view, {
      name: 'timeZone',
      label: t('field.timeZone'),
      options: [{ value: '', label: '–' }, ...timeZones.map((zone) => ({ value: zone, label: zone }))],
    })}${tickBox(view, { name: 'always', label: t('field.always') })}${textField(view, {
      name: 'opens',
      label: t('field.opens'),
      help: t('help.hours'),
      size: 'short',
    })}${textField(view, { name: 'closes', label: t('field.closes'), size: 'short' })}${choices(view, {
      kind: 'checkbox',
      name: 'days',
      label: t('field.days'),
      help: t('help.days'),
      options: [1, 2, 3, 4, 5, 6, 7].map((day) => ({ value: String(day), label: dayName(locale, day) })),
    })}
    <h2>${t('form.english')}</h2>
    <p class="help">${t('help.english')}</p>
    ${english(view, 'entityName')}${english(view, 'description', 3)}${english(view, 'personTitle')}${english(
      view,
      'nationalRole',
      3,
    )}
    <h2>${t('form.further')}</h2>
    ${textField(view, {
      name: 'certProfile',
      label: t('field.certProfile'),
      help: t('help.certProfile'),
      type: 'url',
    })}${choices(view, {
      kind: 'checkbox',
      name: 'cardOnly',
      label: t('field.cardOnly'),
      help: t('help.cardOnly'),
      options: [
        ...places.map((place) => ({ value: `email${place}`, label: t('field.email', { place }) })),
        ...places.map((place) => ({ value: `phone${place}`, label: t('field.phone', { place }) })),
        ...cardOnlyFields.map((field) => ({ value: field, label: t(`card-only.${field}`) })),
      ],
    })}`
}

/** A field for sentences: beside each of them stands that no incident information belongs here (RULE-1). */
export function freeText(view: FormView, field: Parameters<typeof textField>[1]): Html {
  const warning = text(view.locale)('help.no-incidents')
  const help = field.help === undefined ? warning : html`${field.help} ${warning}`
  return textField(view, { ...field, help })
}

/** One address or number with what belongs to it; all but the first are folded away while they are empty. */
function place_(view: FormView, channel: 'email' | 'phone', place: Place): Html {
  const t = text(view.locale)
  const box = `${channel}${place}`
  const label = t(`field.${channel}`, { place })
  const fields = html`${
    channel === 'email'
      ? textField(view, { name: box, label, type: 'email', inputmode: 'email' })
      : textField(view, { name: box, label, type: 'tel', inputmode: 'tel', help: t('help.phone') })
  }${freeText(view, { name: `${box}Label`, label: t('field.label') })}${
    channel === 'phone'
      ? textField(view, {
          name: `${box}Extension`,
          label: t('field.extension'),
          inputmode: 'numeric',
          size: 'short',
        })
      : ''
  }`
  if (place === 1 || view.paper) return fields
  const used = Boolean(typed(view, box)) || view.form.errors.some((error) => error.field.startsWith(box))
  return html`<details ${used ? 'open' : ''}>
    <summary>${label}</summary>
    ${fields}
  </details>`
}

function language(view: FormView, place: Place): Html {
  const { locale } = view
  const name = `language${place}`
  const chosen = typed(view, name)
  const tags = chosen && !commonLanguages.includes(chosen) ? [chosen, ...commonLanguages] : commonLanguages
  return select(view, {
    name,
    label: text(locale)('field.workingLanguage', { place }),
    options: [
      { value: '', label: '–' },
      ...tags.map((tag) => ({ value: tag, label: writeLanguage(locale, tag) })),
    ],
  })
}

type Translated = 'entityName' | 'description' | 'personTitle' | 'nationalRole'

function english(view: FormView, field: Translated, rows?: number): Html {
  const t = text(view.locale)
  const label = t('field.english', { field: t(`field.${field}`) })
  return freeText(view, { name: `${field}English`, label, language: 'en', ...(rows ? { rows } : {}) })
}

function typed(view: FormView, name: string): string | undefined {
  const value = view.form.values[name]
  return typeof value === 'string' ? value : value?.[0]
}

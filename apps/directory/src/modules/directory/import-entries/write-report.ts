import { directionOf, type Json, type Locale } from '@parley/kernel'
import { html, type Html, sentence, table, webText, written } from '@parley/web'
import type { DirectoryScope } from '../../../platform/pages/scope.ts'
import type { Community } from '../../community/index.ts'
import { describe, type FieldName } from '../domain/describe.ts'
import { text } from '../locales/index.ts'
import type { Tried } from './try-import.ts'
import type { Weighed } from './weigh-record.ts'

type Scope = Pick<DirectoryScope, 'locale' | 'texts'>

/** Each record with what would become of it, and a box before those that can be taken. */
export function reportTable(scope: Scope, community: Community, tried: readonly Tried[]): Html {
  const { locale } = scope
  const t = text(locale)
  return table(
    t('import.report'),
    [t('import.record'), t('import.entry'), t('import.outcome')],
    tried.map((each) => [
      each.number,
      html`${written(each.name, 'und', directionOf('en'))}${
        'weighed' in each
          ? html`<div class="small">
              ${community.stateName(each.state, locale)} · ${community.kindName(each.kind, locale)}
            </div>`
          : ''
      }`,
      'weighed' in each ? outcome(locale, each.number, each.weighed) : errors(scope, each.errors),
    ]),
  )
}

function outcome(locale: Locale, number: number, weighed: Weighed): Html {
  const t = text(locale)
  if (weighed.differences.length === 0) return html`${t('import.same')}`
  return html`<label class="choice"
      ><input type="checkbox" name="record" value="${number}" checked />
      <span>${weighed.live ? t('import.differs') : t('import.new')}</span></label
    >${differencesList(locale, weighed)}`
}

/** Field by field: what is live, and what would take its place. */
export function differencesList(locale: Locale, { live, content, differences }: Weighed): Html {
  const t = text(locale)
  const [was, is] = [live && describe(live), describe(content)]
  return html`<ul>
    ${differences.map((field) => {
      const proposed = shown(is[field])
      const value = was ? html`<del>${shown(was[field])}</del> <ins>${proposed}</ins>` : html`${proposed}`
      return html`<li>${webText(locale).html('pair', { name: t(`changed.${field}`), value })}</li>`
    })}
  </ul>`
}

function errors(scope: Scope, all: Extract<Tried, { readonly errors: unknown }>['errors']): Html {
  return html`<ul>
    ${all.map(({ field, code }) => {
      const name = fieldLabel(scope.locale, field)
      const value = sentence(scope, code)
      return html`<li class="error">
        ${name === undefined ? value : webText(scope.locale)('pair', { name, value })}
      </li>`
    })}
  </ul>`
}

/** The name that a field has in the form or in the history. */
export function fieldLabel(locale: Locale, field: string): string | undefined {
  const known: Readonly<Record<string, FieldName>> = {
    email: 'emails',
    phone: 'phones',
    language: 'workingLanguages',
  }
  const [, channel = ''] = /^(email|phone|language)(?:_|\d|More)/.exec(field) ?? []
  return text.find(locale, `changed.${known[channel] ?? field}`) ?? text.find(locale, `field.${field}`)
}

function shown(value: Json): Html {
  if (value === null || value === '') return html`–`
  if (Array.isArray(value))
    return value.length === 0
      ? html`–`
      : html`${value.map((each, at) => html`${at === 0 ? '' : ', '}${shown(each)}`)}`
  if (typeof value !== 'object') return html`${written(String(value), 'und', 'ltr')}`
  return 'value' in value ? shown(value['value'] ?? null) : html``
}

import { directionOf, type Locale, locales, groupFingerprint } from '@parley/kernel'
import { type Field, listCodes, natures, reservations, type Template, word } from '@parley/protocol'
import {
  facts,
  html,
  type Html,
  ltr,
  moment,
  nothing,
  paperBoxes,
  paperLine,
  writeTelephone,
  written,
} from '@parley/web'
import type { DirectoryScope } from '../../platform/pages/scope.ts'
import type { Community } from '../community/index.ts'
import { type Card, type Entry, spokenBy } from '../directory/index.ts'
import { emptyTemplate, type Sides } from './empty-template.ts'
import { text } from './locales/index.ts'

/** More boxes than these are a list to look up, not a line to tick. */
const mostBoxes = 8

/** POC-32: the procedure on paper, to be filled in by hand and read out; what a page without scripts can give. */
export function inquirySheet(
  { locale, now }: Pick<DirectoryScope, 'locale' | 'now'>,
  community: Community,
  card: Card,
  template: Template,
): Html {
  const t = text(locale)
  const sides = languagesOf(locale, card.entry)
  return html`<article class="paper" id="sheet">
    <p class="small">${t('sheet.how')}</p>
    ${facts(reached(locale, card))}
    <p class="printed small">${t.html('sheet.printed', { at: moment(locale, now) })}</p>
    ${mailWith(locale, community, card.entry, template, sides)}
    <p class="small">${word('working-template', locale).replace('{version}', String(template.version))}</p>
    ${paperBoxes(
      { name: 'nature', label: natures.join(' · ') },
      natures.map((nature) => ({ label: nature, ticked: false })),
    )}
    ${paperLine({ name: 'from', label: word('from', locale) }, undefined, { rows: 2 })}
    ${paperLine({ name: 'reference', label: word('reference', locale) }, undefined)}
    ${steps(locale, template)}
    <h2>${word('reservations', locale)}</h2>
    ${sides.map(
      (side) =>
        html`<ol lang="${side}" dir="${directionOf(side)}">
          ${reservations.map((each) => html`<li>${each.text[side]} <span class="small">(${each.cite[side]})</span></li>`)}
        </ol>`,
    )}
  </article>`
}

/** The addressee's language, its first working language among the six, else English; then the writer's. */
function languagesOf(locale: Locale, entry: Entry): Sides {
  const theirs = spokenBy(entry, locales) ?? 'en'
  return theirs === locale ? [locale] : [theirs, locale]
}

function reached(locale: Locale, { entry, keys }: Card) {
  const t = text(locale)
  const listed = (channel: 'email' | 'phone') => {
    const found = entry.addresses.filter((address) => address.channel === channel)
    return found.length === 0 ? undefined : html`${found.map((each) => address(entry, each))}`
  }
  return [
    [t('sheet.phones'), listed('phone')],
    [t('sheet.emails'), listed('email')],
    ...keys.map((key) => [t(`sheet.${key.scheme}`), ltr(groupFingerprint(key.fingerprint))] as const),
  ] as const
}

function address(
  entry: Entry,
  { channel, value, extension, label, urgent }: Entry['addresses'][number],
): Html {
  const shown = channel === 'phone' ? writeTelephone(value) : value
  const whole = ltr(extension === undefined ? shown : `${shown} × ${extension}`)
  const beside =
    label === undefined
      ? nothing
      : html` <span class="small">${written(label, entry.language, directionOf(entry.language))}</span>`
  return html`<div>${urgent ? html`<strong>${whole}</strong>` : whole}${beside}</div>`
}

/** RULE-1: it opens the user's own mail program; a webmail program that answers for it is one's own affair, and said. */
function mailWith(
  locale: Locale,
  community: Community,
  entry: Entry,
  template: Template,
  sides: Sides,
): Html {
  const t = text(locale)
  const email = entry.addresses.find(({ channel }) => channel === 'email')?.value
  if (email === undefined) return html`<p class="small unprinted">${t('sheet.no-mail')}</p>`
  const subject = `${template.title[locale]} · ${community.stateName(entry.state, locale)}`
  const body = emptyTemplate(template, sides)
  const to = `mailto:${email}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`
  return html`<div class="unprinted">
    <p><a href="${to}">${t('sheet.mail')}</a></p>
    <p class="small">${t('sheet.webmail')}</p>
  </div>`
}

function steps(locale: Locale, { steps }: Template): Html {
  return html`${steps.map(
    (step) =>
      html`<h2>${step.title[locale]}</h2>
        ${step.help ? html`<p class="small">${step.help[locale]}</p>` : nothing}
        ${step.fields.map((field) => onPaper(locale, field))}`,
  )}`
}

function onPaper(locale: Locale, field: Field): Html {
  const help = field.help?.[locale] ?? ''
  const labelled = { name: field.id, label: field.label[locale], help }
  if (field.type === 'code' || field.type === 'codes') {
    const codes = listCodes(field.list)
    if (codes.length <= mostBoxes)
      return paperBoxes(
        labelled,
        codes.map(({ label }) => ({ label: label[locale], ticked: false })),
      )
  }
  return paperLine(labelled, undefined, field.type === 'text' ? { rows: 4 } : {})
}

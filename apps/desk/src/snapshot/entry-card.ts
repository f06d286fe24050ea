import { directionOf, groupFingerprint, type Locale } from '@parley/kernel'
import type { Snapshot, SnapshotAddress, SnapshotEntry, SnapshotEntryKey } from '@parley/protocol/snapshot'
import {
  chip,
  facts,
  href,
  html,
  type Html,
  ltr,
  nothing,
  telephoneLink,
  writeLanguage,
  writeList,
  writeMoment,
  writeTelephone,
  written,
} from '@parley/web'
import { text } from '../locales/index.ts'
import { snapshotKeyRoute } from '../routes.ts'
import { nameOfEntry } from './contacts.ts'
import { kindIn, stateIn } from './names.ts'

interface Shown {
  readonly locale: Locale
  readonly snapshot: Snapshot
  readonly now: Date
}

/** One point of contact, the number first. */
export function entryCard(scope: Shown, entry: SnapshotEntry, further: Html): Html {
  const { locale, snapshot } = scope
  const t = text(locale)
  const { language, addresses, availability } = entry
  const [main, ...others] = inOrder(addresses)
  const of = (channel: SnapshotAddress['channel']) => {
    const listed = others.filter((each) => each.channel === channel)
    return listed.length === 0
      ? undefined
      : html`${listed.map((each) => html`<div>${link(locale, entry, each)}</div>`)}`
  }
  return html`<h2>
      ${kindIn(snapshot, entry.kind, locale)} · ${wording(entry, { text: nameOfEntry(entry) })}
    </h2>
    <article class="card">
      ${main ? html`<section class="urgent">${first(locale, entry, main)}</section>` : nothing}
      <section>
        ${facts([
          [t('card.emails'), of('email')],
          [t('card.phones'), of('phone')],
          [t('office.languages'), languages(locale, entry)],
          [t('card.hours'), hours(locale, availability)],
          ...entry.keys.map((key) => [t(`card.key.${key.scheme}`), keyLine(scope, key)] as const),
          [
            t('card.person'),
            entry.entityName && entry.personName && wording(entry, { text: entry.personName }),
          ],
          [t('card.person-title'), entry.personTitle && wording(entry, entry.personTitle)],
          [t('card.description'), entry.description && wording(entry, entry.description)],
          [t('card.national-role'), entry.nationalRole && wording(entry, entry.nationalRole)],
          [t('card.written-in'), writeLanguage(locale, language)],
        ])}
        <details>
          <summary>${t('card.copy')}</summary>
          <pre class="letter whole" dir="auto">${plainText(scope, entry)}</pre>
        </details>
        ${further}
      </section>
    </article>`
}

const rank = ({ channel, urgent }: SnapshotAddress) => (urgent ? 0 : channel === 'phone' ? 1 : 2)

function inOrder(addresses: readonly SnapshotAddress[]): readonly SnapshotAddress[] {
  return addresses.toSorted((one, other) => rank(one) - rank(other))
}

function first(locale: Locale, entry: SnapshotEntry, main: SnapshotAddress): Html {
  const t = text(locale)
  const label =
    main.channel === 'email' ? t('card.email-first') : t(main.urgent ? 'card.urgent' : 'card.phone-first')
  return html`<div class="small">${label}</div>
    ${
      main.channel === 'phone'
        ? html`<a class="number" href="${telephoneLink(main.value, main.extension)}">${spoken(main)}</a>`
        : html`<a class="number address" href="mailto:${main.value}">${main.value}</a>`
    }${about(locale, entry, main)}`
}

function link(locale: Locale, entry: SnapshotEntry, address: SnapshotAddress): Html {
  const { channel, value, extension } = address
  const to = channel === 'email' ? `mailto:${value}` : telephoneLink(value, extension)
  return html`<a href="${to}">${ltr(channel === 'email' ? value : spoken(address))}</a>
    ${about(locale, entry, address)}`
}

function spoken({ value, extension }: SnapshotAddress): string {
  return `${writeTelephone(value)}${extension === undefined ? '' : ` × ${extension}`}`
}

/** Its label, and whether somebody says that it is not right (POC-11). */
function about(locale: Locale, entry: SnapshotEntry, { label, disputed }: SnapshotAddress): Html {
  return html`${label === undefined ? nothing : html` <span class="small">${wording(entry, { text: label })}</span>`}
  ${disputed ? chip(text(locale)('card.disputed'), 'warn') : nothing}`
}

function languages(locale: Locale, { workingLanguages }: SnapshotEntry): string | undefined {
  if (workingLanguages.length === 0) return undefined
  return writeList(
    locale,
    workingLanguages.map((each) => writeLanguage(locale, each)),
  )
}

// A Monday.
const monday = Date.UTC(2026, 0, 5)

function hours(locale: Locale, { always, days, opens, closes, timeZone }: SnapshotEntry['availability']) {
  const t = text(locale)
  if (always) return t('card.always')
  if (opens === undefined || closes === undefined) return undefined
  const names = days.map((day) => writeMoment(locale, new Date(monday + (day - 1) * 86_400_000), 'weekday'))
  return html`${ltr(`${opens}–${closes}`)} ${timeZone === undefined ? nothing : html`(${ltr(timeZone)})`}
    <div class="small">${writeList(locale, names)}</div>`
}

/** In groups to be compared over a telephone, as a file to be taken, and until when. */
function keyLine(
  { locale, now }: Shown,
  { scheme, fingerprint, expiresAt, disputed }: SnapshotEntryKey,
): Html {
  const t = text(locale)
  const isOver = expiresAt !== undefined && Date.parse(expiresAt) <= now.getTime()
  return html`<bdi dir="ltr" class="whole">${groupFingerprint(fingerprint)}</bdi>
    ${disputed ? chip(t('card.disputed'), 'warn') : nothing}
    ${
      expiresAt === undefined
        ? nothing
        : html`<div class="small">
            ${isOver ? t('card.key.expired') : t('card.key.valid-until', { at: writeMoment(locale, new Date(expiresAt), 'date') })}
          </div>`
    }
    <div><a href="${href(locale, snapshotKeyRoute, { scheme, fingerprint })}">${t('card.key.take')}</a></div>`
}

/** As the State wrote it, with its unofficial English translation where it gave one. */
function wording(
  { language }: SnapshotEntry,
  { text: said, english }: { readonly text: string; readonly english?: string },
): Html {
  return html`${written(said, language, directionOf(language))}${
    english === undefined ? nothing : html` <span class="small">(${written(english, 'en', 'ltr')})</span>`
  }`
}

/** To be copied whole: who it is, and how to reach it. */
function plainText({ locale, snapshot }: Shown, entry: SnapshotEntry): string {
  const reach = inOrder(entry.addresses).map((each) => (each.channel === 'email' ? each.value : spoken(each)))
  const keys = entry.keys.map(({ fingerprint }) => groupFingerprint(fingerprint))
  return [stateIn(snapshot, entry.state, locale), nameOfEntry(entry), ...reach, ...keys].join('\n')
}

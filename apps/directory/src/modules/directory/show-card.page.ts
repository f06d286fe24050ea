import { day, directionOf, monthsAfter, ok } from '@parley/kernel'
import {
  actButton,
  facts,
  href,
  type Html,
  html,
  linkButton,
  ltr,
  moment,
  nothing,
  notice,
  telephoneLink,
  writeLanguage,
  writeList,
  writeMoment,
  writeTelephone,
  written,
} from '@parley/web'
import { recordViewing } from '../../platform/history/record-viewing.ts'
import { type DirectoryPage, type DirectoryScope, page } from '../../platform/pages/scope.ts'
import { stateOf } from '../../platform/session/actor.ts'
import type { Community } from '../community/index.ts'
import { alsoNominatedIn } from './also-nominated.ts'
import { findAuthorship } from './authorship.ts'
import type { CardLimit } from './card-limit.ts'
import type { CardViews } from './card-views.ts'
import type { Card, CardOnPage } from './domain/card.ts'
import type { Address, Entry } from './domain/entry.ts'
import { formerLines, markOf } from './changes-on-card.ts'
import { timeThere } from './domain/office-hours.ts'
import { listWarnings, lookAlikes } from './domain/warnings.ts'
import { cardAt } from './entry-pages.ts'
import { underReview } from './frozen.ts'
import { showLadder } from './ladder.ts'
import { text } from './locales/index.ts'
import { entrySubject } from './on-behalf.ts'
import { ownChanges } from './own-changes.ts'
import {
  changeEntryRoute,
  changeKeyRoute,
  confirmEntryRoute,
  entryRoute,
  entryVcardRoute,
  findStateRoute,
  keyFileRoute,
  withdrawEntryRoute,
} from './routes.ts'
import { sharedDirectories } from './shared-directories.ts'
import { listEntries } from './store/entries.ts'
import { keyOnCard } from './write-key.ts'
import { officeHours, wording, workingLanguages, writeThere } from './write-entry.ts'

type Scope = Pick<DirectoryScope, 'tx' | 'now' | 'locale' | 'actor' | 'query'>

/** POC-36: how an inquiry to an entry begins, for whoever may begin one. */
export type StartInquiry = (scope: Pick<DirectoryScope, 'locale' | 'actor' | 'may'>, card: Card) => Html

/** POC-09, POC-19: one point of contact on one screen, the number first. */
export function cardPage(
  community: Community,
  views: CardViews,
  limit: CardLimit,
  startInquiry: StartInquiry = () => nothing,
): DirectoryPage {
  return page({
    route: entryRoute,
    verb: 'directory.card.read',
    read: async (scope) => {
      const { locale, actor } = scope
      const found = await cardAt(scope, scope.params.entry)
      if (!found.ok) return found
      const card = found.value
      const { entry } = card
      await recordViewing(scope, {
        verb: 'entry.viewed',
        subject: entrySubject(entry.id),
        state: entry.state,
      })
      const allowed = await limit(scope)
      if (!allowed.ok) return allowed
      views.count(actor, entry.state)
      const own = actor.role === 'manager' || stateOf(actor) === entry.state
      const state = community.stateName(entry.state, locale)
      const kind = community.kindName(entry.kind, locale)
      const body = html`${own ? await savedNotice(scope, entry) : ''}
        <h1>${state}</h1>
        <div class="lede">
          ${kind} · ${wording(locale, entry.language, entry.entityName)}${marks(scope, entry)}
        </div>
        ${underReview(locale, card.frozenSince)}
        <article class="card">
          ${firstAddress(scope, card)}
          <section class="row unprinted">
            ${linkButton(`${href(locale, findStateRoute, { state: entry.state })}?from=${entry.id}`, text(locale)('card.nobody'))}
          </section>
          <section>${facts(rows(scope, community, card))}</section>
        </article>
        <p class="row unprinted">
          ${startInquiry(scope, card)}
          <a href="${href(locale, entryVcardRoute, { entry: entry.id })}">${text(locale)('card.vcard')}</a>
        </p>
        <p class="printed">${text(locale).html('card.printed', { at: moment(locale, scope.now) })}</p>
        ${own ? html`<div class="unprinted">${await ownPart(scope, entry)}</div>` : ''}`
      return ok({ title: `${state} · ${kind}`, body, width: 'narrow' })
    },
  })
}

/** What everybody reads of an entry, besides the number on top. */
function rows(scope: Scope, community: Community, card: CardOnPage) {
  const { locale, actor, now } = scope
  const { entry } = card
  const t = text(locale)
  const { language, addresses } = entry
  const [main] = inOrder(addresses)
  const others = (channel: Address['channel']) => {
    const listed = addresses.filter((address) => address.channel === channel && address !== main)
    return listed.length === 0
      ? undefined
      : html`${listed.map((address) => html`<div>${link(entry, address)}${markOf(scope, card, address)}</div>`)}`
  }
  const month = card.lastAnswered
  const shared = sharedDirectories(community, stateOf(actor), entry.state)
  const person = entry.personName && written(entry.personName, language, directionOf(language))
  return [
    // What is needed first stands on the first screen of a telephone.
    [t('card.emails'), others('email')],
    [t('card.languages'), workingLanguages(locale, entry.workingLanguages)],
    [
      t('card.last-answered'),
      month && isRecent(month, now) ? writeMoment(locale, monthStart(month), 'month') : undefined,
    ],
    ...card.keys.map(
      (key) =>
        [
          t(`key.${key.scheme}`),
          html`${keyOnCard(locale, key, now, href(locale, keyFileRoute, { entry: entry.id, scheme: key.scheme }))}${markOf(scope, card, { id: key.id, changedAt: key.addedAt })}`,
        ] as const,
    ),
    [
      t('card.directories'),
      shared.length === 0
        ? undefined
        : t('card.directories.value', {
            names: writeList(
              locale,
              shared.map((each) => each.names[locale]),
            ),
          }),
    ],
    [t('card.phones'), others('phone')],
    [t('card.former'), formerLines(locale, card)],
    [t('card.hours'), officeHours(locale, entry.availability)],
    [t('card.person'), person && html`${person}`],
    [t('card.person-title'), wording(locale, language, entry.personTitle)],
    [t('card.description'), wording(locale, language, entry.description)],
    [t('card.national-role'), wording(locale, language, entry.nationalRole)],
    [
      t('card.cert'),
      entry.certProfile &&
        html`<a href="${entry.certProfile}" rel="noreferrer">${ltr(entry.certProfile)}</a>`,
    ],
    [t('card.also-nominated'), alsoNominatedIn(locale, community, entry)],
    [t('card.language'), writeLanguage(locale, language)],
    [t('card.new'), isNew(entry, now) ? writeMoment(locale, entry.createdAt, 'date') : undefined],
  ] as const
}

/** The one to try first, large: the urgent number, else the first number, else the first address. */
function firstAddress({ locale, now }: Scope, card: Card): Html {
  const { entry } = card
  const t = text(locale)
  const [main] = inOrder(entry.addresses)
  if (!main) return html``
  const there = timeThere(entry.availability, now)
  const label =
    main.channel === 'email' ? t('card.email-first') : main.urgent ? t('card.urgent') : t('card.phone-first')
  return html`<section class="urgent">
    <div class="small">${label}${entry.availability.always ? html` · ${t('hours.always')}` : ''}</div>
    ${
      main.channel === 'phone'
        ? html`<a class="number" href="${telephoneLink(main.value, main.extension)}"
            >${writeTelephone(main.value)}${main.extension === undefined ? '' : ` × ${main.extension}`}</a
          >`
        : html`<a class="number address" href="mailto:${main.value}">${main.value}</a>`
    }${main.label === undefined ? '' : html`<div class="small">${labelOf(entry, main)}</div>`}${markOf({ locale, now }, card, main)}${
      there
        ? html`<div class="there">
            ${t('card.there', { there: there.office.status === 'always' ? there.now : writeThere(locale, there) })}
          </div>`
        : ''
    }
  </section>`
}

const rank = ({ channel, urgent }: Address) => (urgent ? 0 : channel === 'phone' ? 1 : 2)

function inOrder(addresses: readonly Address[]): readonly Address[] {
  return [...addresses].sort((one, other) => rank(one) - rank(other))
}

function link(entry: Entry, address: Address): Html {
  const { channel, value, extension } = address
  const shown = channel === 'email' ? value : writeTelephone(value)
  const to = channel === 'email' ? `mailto:${value}` : telephoneLink(value, extension)
  return html`<a href="${to}">${ltr(extension === undefined ? shown : `${shown} × ${extension}`)}</a
    >${address.label === undefined ? '' : html` <span class="small">${labelOf(entry, address)}</span>`}`
}

function labelOf(entry: Entry, { label = '' }: Address): Html {
  return written(label, entry.language, directionOf(entry.language))
}

/** What a reader should know before calling: entered for the State, letters that look alike. */
function marks({ locale }: Scope, entry: Entry): Html {
  const t = text(locale)
  return html`${
    entry.onBehalfReference === undefined
      ? ''
      : html`<div class="small">
          ${t.html('card.on-behalf', { reference: written(entry.onBehalfReference, 'en', 'ltr') })}
        </div>`
  }${lookAlikes(entry).map(({ value }) => html`<div class="small">${t.html('warning.look-alike', { value: written(value, entry.language, directionOf(entry.language)) })}</div>`)}`
}

function isNew(entry: Entry, now: Date): boolean {
  return now.getTime() - entry.createdAt.getTime() < 30 * day
}

/** RULE-3: a month older than thirteen says nothing, like none. */
function isRecent(month: string, now: Date): boolean {
  return monthStart(month) >= monthsAfter(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1)), -13)
}

function monthStart(month: string): Date {
  return new Date(`${month}-01T00:00:00Z`)
}

/** After saving: that it is live, and what may be worth a second look. */
async function savedNotice({ tx, locale, query }: Scope, entry: Entry): Promise<Html | string> {
  if (query.get('saved') !== 'yes') return ''
  const t = text(locale)
  const others = (await listEntries(tx, { state: entry.state })).filter(({ id }) => id !== entry.id)
  const warnings = listWarnings(entry, others)
  return html`${notice(t('saved'))}${
    warnings.length === 0
      ? ''
      : notice(
          html`${warnings.map(({ about, value }) => html`<div>${t.html(`warning.${about}`, { value: ltr(value) })}</div>`)}`,
          'warn',
        )
  }`
}

/** For the State itself and the manager: what is known of each address, and the ways to change the entry. */
async function ownPart(scope: Scope, entry: Entry): Promise<Html> {
  const { tx, locale, actor } = scope
  const t = text(locale)
  const params = { entry: entry.id }
  const may = async (act: 'change' | 'withdraw') =>
    (await findAuthorship(scope, entry, act, 'asked for later')).ok
  return html`${
      entry.onBehalfReference !== undefined && actor.role === 'mission'
        ? actButton(href(locale, confirmEntryRoute, params), t('confirm.button'), 'main')
        : ''
    }
    <h2>${t('known.title')}</h2>
    ${await showLadder(locale, tx, entry)} ${await ownChanges(scope, entry)}
    <p class="row">
      ${(await may('change')) ? html`${linkButton(href(locale, changeEntryRoute, params), t('change.title'))}${linkButton(href(locale, changeKeyRoute, params), t('keys.title'))}` : ''}${
        (await may('withdraw'))
          ? linkButton(href(locale, withdrawEntryRoute, params), t('withdraw.title'))
          : ''
      }
    </p>`
}

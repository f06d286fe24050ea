import { ok, parseStateCode, refuse, type StateCode } from '@parley/kernel'
import { href, type Html, html, linkButton, ltr, telephoneLink, writeTelephone } from '@parley/web'
import type { Tx } from '../../platform/database/database.ts'
import { recordViewing } from '../../platform/history/record-viewing.ts'
import { type DirectoryPage, type DirectoryScope, page } from '../../platform/pages/scope.ts'
import { stateOf } from '../../platform/session/actor.ts'
import { type Community, findCompetentAuthority, findMission } from '../community/index.ts'
import type { CardLimit } from './card-limit.ts'
import { type Entry, withoutCardOnly } from './domain/entry.ts'
import { wantedKind } from './find-filters.ts'
import { text } from './locales/index.ts'
import { readableStates } from './readers.ts'
import { entryRoute, findStateRoute, newEntryRoute } from './routes.ts'
import { sharedDirectories } from './shared-directories.ts'
import { isDelegate } from './store/delegations.ts'
import { listEntries } from './store/entries.ts'
import { listIdsByState } from './store/search.ts'
import { entryName, thereNow } from './write-entry.ts'

type Scope = Pick<DirectoryScope, 'tx' | 'now' | 'locale' | 'actor'>

/** A State's entries of a kind, and what remains when nobody answers: the same whether or not they answer checks. */
export function statePage(community: Community, limit: CardLimit): DirectoryPage {
  return page({
    route: findStateRoute,
    verb: 'directory.find',
    read: async (scope) => {
      const { locale, tx, actor, query, params } = scope
      const t = text(locale)
      const state = parseStateCode(params.state)
      if (!state || !(await readableStates(tx, actor)).has(state))
        return refuse({ code: 'directory/state-absent', kind: 'absent' })
      await recordViewing(scope, { verb: 'state.viewed', subject: `state:${state}`, state })
      const entries = await entriesOf(tx, community, state)
      const from = entries.find(({ id }) => id === query.get('from'))
      const kind = wantedKind(community, actor, query.get('kind') ?? from?.kind ?? null)
      // What shows a name and a number counts like the card behind it.
      const allowed = await limit(
        scope,
        entries.filter((entry) => entry !== from && (kind === undefined || entry.kind === kind)).length,
      )
      if (!allowed.ok) return allowed
      const name = community.stateName(state, locale)
      const title = from ? t('remains.title') : name
      const body = html`<h1>${title}</h1>
        <p class="lede">${from ? html`${name} · ` : ''}${t('remains.lede')}</p>
        <ol class="steps">
          ${(await steps(scope, community, state, entries, kind, from)).map((step) => html`<li>${step}</li>`)}
        </ol>
        ${actor.role === 'manager' ? linkButton(`${href(locale, newEntryRoute)}?state=${state}`, t('manager.add')) : ''}${
          stateOf(actor) === state && (await isDelegate(tx, actor))
            ? linkButton(href(locale, newEntryRoute), t('our-state.add'))
            : ''
        }`
      return ok({ title: from ? `${title} · ${name}` : name, body, width: 'narrow' })
    },
  })
}

/** As many as a State may have, as lists show them. */
async function entriesOf(tx: Tx, { profile }: Community, state: StateCode): Promise<readonly Entry[]> {
  const kinds = profile.kinds.map(({ id }) => id)
  const each = profile.entriesPerKind
  const found = await listIdsByState(tx, [state], kinds, { each, all: each * kinds.length })
  return (await listEntries(tx, { ids: found.map(({ id }) => id) })).map(withoutCardOnly)
}

function step(title: string, content: Html | string | readonly Html[]): Html {
  return html`<strong>${title}</strong>
    <div>${content}</div>`
}

/** In the order in which they are tried. */
async function steps(
  scope: Scope,
  community: Community,
  state: StateCode,
  entries: readonly Entry[],
  kind: string | undefined,
  from: Entry | undefined,
): Promise<readonly Html[]> {
  const { locale } = scope
  const t = text(locale)
  const { kinds } = community.profile
  const shown = kinds.filter(({ id }) => kind === undefined || id === kind)
  const others = kinds.filter(({ id }) => kind !== undefined && id !== kind)
  const of = (id: string) =>
    after(
      from,
      entries.filter((entry) => entry.kind === id),
    )
  const shared = sharedDirectories(community, stateOf(scope.actor), state)
  const authority = await findCompetentAuthority(scope.tx, state)
  const mission = await findMission(scope.tx, state)
  const certs = [...new Set(entries.flatMap((entry) => entry.certProfile ?? []))]
  return [
    ...shown.map(({ id, names }) =>
      step(
        names[locale],
        of(id).length === 0
          ? t(from?.kind === id ? 'remains.no-other' : 'remains.none')
          : of(id).map((entry) => line(scope, entry)),
      ),
    ),
    ...others.map(({ id, names }) => step(names[locale], otherKind(scope, state, id, of(id).length))),
    ...shared.map(({ names }) =>
      step(t('remains.organization'), t('remains.organization.text', { name: names[locale] })),
    ),
    ...certs.map((profile) =>
      step(t('remains.cert'), html`<a href="${profile}" rel="noreferrer">${ltr(profile)}</a>`),
    ),
    ...(authority ? [step(t('remains.authority'), reached(authority.name, authority))] : []),
    step(
      t('remains.mission'),
      reached(t('remains.mission.text', { state: community.stateName(state, locale) }), mission ?? {}),
    ),
  ]
}

/** The next ones first: whoever did not answer is not called again. */
function after(from: Entry | undefined, entries: readonly Entry[]): readonly Entry[] {
  const place = entries.findIndex((entry) => entry === from)
  return place < 0 ? entries : [...entries.slice(place + 1), ...entries.slice(0, place)]
}

/** RULE-7: the other kind is one deliberate step away. */
function otherKind({ locale }: Scope, state: StateCode, kind: string, count: number): Html | string {
  const t = text(locale)
  if (count === 0) return t('remains.none')
  const to = `${href(locale, findStateRoute, { state })}?kind=${kind}`
  return html`<a href="${to}">${t('remains.other-kind', { count })}</a>`
}

/** A name with the address and number by which it is reached, as far as they may be seen. */
function reached(
  name: string,
  by: { readonly email?: string | undefined; readonly telephone?: string | undefined },
): Html {
  return html`<div><bdi>${name}</bdi></div>
    ${by.telephone === undefined ? '' : html`<div><a href="${telephoneLink(by.telephone)}">${ltr(writeTelephone(by.telephone))}</a></div>`}${
      by.email === undefined ? '' : html`<div><a href="mailto:${by.email}">${ltr(by.email)}</a></div>`
    }`
}

function line({ locale, now }: Scope, entry: Entry): Html {
  const number =
    entry.addresses.find(({ urgent }) => urgent) ?? entry.addresses.find(({ channel }) => channel === 'phone')
  const there = thereNow(locale, entry, now)
  return html`<p>
    <a href="${href(locale, entryRoute, { entry: entry.id })}">${entryName(locale, entry)}</a>${
      number === undefined
        ? ''
        : html`<br /><a href="${telephoneLink(number.value, number.extension)}"
              >${ltr(writeTelephone(number.value))}</a
            >`
    }${there === undefined ? '' : html`<br /><span class="small">${there}</span>`}
  </p>`
}

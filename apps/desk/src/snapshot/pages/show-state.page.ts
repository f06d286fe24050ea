import { ok, refuse } from '@parley/kernel'
import type { SnapshotEntry } from '@parley/protocol/snapshot'
import { empty, href, html, type Html, linkButton, moment, notice, nothing, writeMoment } from '@parley/web'
import { page } from '../../door/scope.ts'
import { text } from '../../locales/index.ts'
import {
  incomingRoute,
  listedStateRoute,
  offlineRoute,
  snapshotKeyRoute,
  writeKindRoute,
  writeRoute,
} from '../../routes.ts'
import { entryCard } from '../entry-card.ts'
import { kindIn, stateIn } from '../names.ts'

const unknown = refuse({ code: 'web/not-found', kind: 'absent' })

/** The points of contact of a State; RULE-7: those of the own kind, the others one step away. */
export const showStatePage = page({
  route: listedStateRoute,
  read: async (scope) => {
    const { locale, directory, params, query, settings, now } = scope
    const t = text(locale)
    const copy = await directory.current()
    const entries = copy?.snapshot.entries.filter(({ state }) => state === params.state) ?? []
    if (!copy || entries.length === 0) return unknown
    const { snapshot } = copy
    const name = stateIn(snapshot, params.state, locale)
    const since = snapshot.states.find(({ code }) => code === params.state)?.underReviewSince
    const kind = query.get('write') ?? undefined
    const card = (entry: SnapshotEntry): Html => {
      const to = kind === undefined ? href(locale, writeRoute) : href(locale, writeKindRoute, { kind })
      const write = linkButton(`${to}?${new URLSearchParams({ to: entry.id })}`, t('offline.write'))
      const came = linkButton(
        `${href(locale, incomingRoute)}?${new URLSearchParams({ from: entry.id })}`,
        t('offline.came'),
      )
      return entryCard({ locale, snapshot, now }, entry, html`<p class="row">${write} ${came}</p>`)
    }
    const others = entries.filter((entry) => settings.kind !== '' && entry.kind !== settings.kind)
    const like = entries.filter((entry) => !others.includes(entry))
    const kinds = [...new Set(others.map((entry) => kindIn(snapshot, entry.kind, locale)))]
    const body = html`<h1>${name}</h1>
      <p class="lede">
        <a href="${href(locale, offlineRoute)}">${t('offline.title')}</a> ·
        ${moment(locale, new Date(snapshot.issuedAt))}
      </p>
      ${since === undefined ? nothing : notice(t('card.under-review', { date: writeMoment(locale, new Date(since), 'date') }), 'warn')}
      ${like.length === 0 ? empty(t('offline.none-of-kind')) : like.map(card)}
      ${
        others.length === 0
          ? nothing
          : html`<details>
              <summary>${t('offline.other-kind', { kinds: kinds.join(' · ') })}</summary>
              ${others.map(card)}
            </details>`
      }`
    return ok({ title: name, width: 'narrow', body })
  },
})

/** A key as a file for the office's own programs. */
export const snapshotKeyPage = page({
  route: snapshotKeyRoute,
  read: async ({ directory, params }) => {
    const { scheme, fingerprint } = params
    const keys = (await directory.current())?.snapshot.entries.flatMap((entry) => entry.keys)
    const key = keys?.find((each) => each.scheme === scheme && each.fingerprint === fingerprint)
    if (!key) return unknown
    const isOpenPgp = key.scheme === 'openpgp'
    return ok({
      file: {
        name: `${key.fingerprint.slice(-16)}.${isOpenPgp ? 'asc' : 'pem'}`,
        type: isOpenPgp ? 'application/pgp-keys' : 'application/x-pem-file',
        text: key.armored,
      },
    })
  },
})

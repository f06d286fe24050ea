import { groupFingerprint, type Locale, ok } from '@parley/kernel'
import type { Snapshot, SnapshotEntry } from '@parley/protocol/snapshot'
import {
  actButton,
  empty,
  href,
  html,
  type Html,
  ltr,
  moment,
  notice,
  nothing,
  telephoneLink,
  writeTelephone,
} from '@parley/web'
import { z } from 'zod'
import { form, page } from '../../door/scope.ts'
import { text } from '../../locales/index.ts'
import { changesRoute, listedStateRoute, offlineRoute } from '../../routes.ts'
import { isUnseen } from '../changes.ts'
import { nameOfEntry } from '../contacts.ts'
import type { ChangedValue, ChangeSet } from '../kept.ts'
import { kindIn, stateIn } from '../names.ts'

/** Every number, address and key that differs, to be looked at before it is relied on. */
export const changesPage = page({
  route: changesRoute,
  read: async ({ locale, directory }) => {
    const t = text(locale)
    const copy = await directory.current()
    const sets = directory.changes()
    const [unseen, seen] = [sets.filter(isUnseen), sets.filter((set) => !isUnseen(set))]
    const shown = (set: ChangeSet) => (copy ? changeList(locale, copy.snapshot, set) : nothing)
    const body = html`<h1>${t('changes.title')}</h1>
      <p class="lede">${t('changes.lede')}</p>
      ${
        unseen.length === 0
          ? empty(t('changes.none'))
          : html`${unseen.map(shown)} ${actButton(href(locale, changesRoute), t('changes.seen.act'), 'main')}`
      }
      ${
        seen.length === 0
          ? nothing
          : html`<details>
              <summary>${t('changes.seen')}</summary>
              ${seen.map(shown)}
            </details>`
      }
      <p class="small">${t('changes.gone.why')}</p>
      <p><a href="${href(locale, offlineRoute)}">${t('offline.title')}</a></p>`
    return ok({ title: t('changes.title'), width: 'narrow', body })
  },
})

export const seenForm = form({
  route: changesRoute,
  on: changesPage,
  fields: z.object({}),
  act: async ({ directory }) => directory.noteSeen(),
  next: ({ locale }) => href(locale, changesRoute),
})

function changeList(locale: Locale, snapshot: Snapshot, set: ChangeSet): Html {
  const t = text(locale)
  const entryOf = new Map(snapshot.entries.map((entry) => [entry.id, entry]))
  const known = <T>(ids: readonly T[], id: (each: T) => string) =>
    ids.flatMap((each) => {
      const entry = entryOf.get(id(each))
      return entry ? [{ each, entry }] : []
    })
  const state = (code: string) => stateIn(snapshot, code, locale)
  return html`<h2>${moment(locale, new Date(set.takenAt))}</h2>
    ${
      set.keyBefore === undefined
        ? nothing
        : notice(
            html`${t('changes.key')}
              <div>${ltr(groupFingerprint(set.keyBefore))}</div>`,
            'warn',
          )
    }
    <ul>
      ${set.statesCame.map((code) => html`<li>${t('changes.state-came', { state: state(code) })}</li>`)}
      ${set.statesGone.map((code) => html`<li>${t('changes.state-gone', { state: state(code) })}</li>`)}
      ${known(set.came, (id) => id).map(({ entry }) => html`<li>${t('changes.came')}: ${office(locale, snapshot, entry)}</li>`)}
      ${set.gone.map(({ state: code, kind }) => html`<li>${t('changes.gone')}: ${state(code)} · ${kindIn(snapshot, kind, locale)}</li>`)}
      ${known(set.changed, ({ entry }) => entry).map(
        ({ each, entry }) =>
          html`<li>
            ${office(locale, snapshot, entry)}
            <ul>
              ${each.came.map((value) => html`<li>${t(`changes.new.${value.what}`)}: ${valueOf(value)}</li>`)}
              ${each.gone.map(({ what, value }) => html`<li>${t(`changes.old.${what}`)}: ${ltr(what === 'key' ? groupFingerprint(value) : value)}</li>`)}
            </ul>
          </li>`,
      )}
    </ul>`
}

function office(locale: Locale, snapshot: Snapshot, entry: SnapshotEntry): Html {
  return html`<a href="${href(locale, listedStateRoute, { state: entry.state })}"
      >${stateIn(snapshot, entry.state, locale)}</a
    >
    · ${kindIn(snapshot, entry.kind, locale)} · <bdi>${nameOfEntry(entry)}</bdi>`
}

function valueOf({ what, value, extension }: ChangedValue): Html {
  if (what === 'key') return ltr(groupFingerprint(value))
  if (what === 'email') return html`<a href="mailto:${value}">${ltr(value)}</a>`
  const written = `${writeTelephone(value)}${extension === undefined ? '' : ` × ${extension}`}`
  return html`<a href="${telephoneLink(value, extension)}">${ltr(written)}</a>`
}

import { groupFingerprint, newId, ok, refuse } from '@parley/kernel'
import {
  choices,
  errorSummary,
  facts,
  hidden,
  href,
  html,
  line,
  ltr,
  nothing,
  notice,
  textField,
  trusted,
  optionalParagraphs,
} from '@parley/web'
import { z } from 'zod'
import { caseUnknown } from '../../cases/case-unknown.ts'
import { type DeskScope, form, formView, type Inside, page } from '../../door/scope.ts'
import { text } from '../../locales/index.ts'
import { handOverRoute } from '../../routes.ts'
import { contactsOf, keysOf } from '../../snapshot/contacts.ts'
import { writeHandOver } from './contents.ts'
import { deskFingerprint, deskKey } from './desk-key.ts'
import { sealTo } from './openpgp-seal.ts'
import { newSpoken, parseSpoken, sealSpoken } from './spoken-seal.ts'

const officeMissing = refuse({ code: 'desk/office-missing', kind: 'conflict' })

/** POC-20: the whole case for the other office of the State, as a file; its passphrase goes over the telephone. */
export const handOverPage = page({
  route: handOverRoute,
  read: async (scope, typed) => {
    const { locale, cases, params, kinds, settings } = scope
    const within = cases.find(params.id)
    if (!within) return caseUnknown
    if (settings.state === '') return officeMissing
    const own = await deskKey(scope)
    if (!own.ok) return own
    const t = text(locale)
    const view = formView(scope, typed)
    const before = typed.values['passphrase']
    const passphrase = (typeof before === 'string' ? parseSpoken(before) : undefined) ?? newSpoken()
    const others = kinds.map(({ id, names }) => ({ value: id, label: names[locale] }))
    const { offices, chosen, key } = await officesOf(scope)
    const other = chosen?.kind ?? kinds.find(({ id }) => id !== settings.kind)?.id ?? settings.kind
    const here = href(locale, handOverRoute, { id: within.id })
    const body = html`<h1>${t('within.title')}</h1>
      <p class="lede"><bdi>${within.title}</bdi></p>
      <p>${t('within.why')}</p>
      ${errorSummary(view)}
      ${
        offices.length === 0
          ? nothing
          : html`<p>${t('within.offices')}</p>
              <ul>
                ${offices.map(
                  ({ id, entity }) =>
                    html`<li>
                      <a href="${here}?${new URLSearchParams({ to: id })}"><bdi>${entity}</bdi></a>
                    </li>`,
                )}
              </ul>`
      }
      <form method="post" action="${here}">
        ${choices(view, { name: 'kind', label: t('within.to'), kind: 'radio', chosen: [other], options: others })}
        ${textField(view, { name: 'entity', label: t('office.entity'), value: chosen?.entity, autocomplete: 'off', required: true })}
        ${notice(
          html`<p><strong>${t('within.passphrase')}</strong></p>
            <p class="code">${ltr(passphrase)}</p>
            <p>${t('within.passphrase.help')}</p>`,
          'warn',
        )}
        ${hidden('passphrase', passphrase)}
        <details ${key === undefined ? nothing : trusted(' open')}>
          <summary>${t('within.to-key')}</summary>
          ${textField(view, { name: 'key', label: t('within.to-key.label'), help: t('within.to-key.help'), value: key, rows: 4, autocomplete: 'off' })}
        </details>
        ${facts([[t('within.key'), ltr(groupFingerprint(deskFingerprint(own.value.key)))]])}
        <p class="small">${t('within.key.help')}</p>
        <button class="button main">${t('within.act')}</button>
      </form>`
    return ok({ title: t('within.title'), width: 'narrow', body })
  },
})

/** The other offices of the State, as the copy of the directory has them, and the key of the chosen one. */
async function officesOf({ directory, settings, query }: Pick<DeskScope, 'query'> & Inside) {
  const snapshot = (await directory.current())?.snapshot
  const offices = snapshot
    ? contactsOf(snapshot, settings.state).filter(({ entity }) => entity !== settings.entity)
    : []
  const chosen = offices.find(({ id }) => id === query.get('to'))
  const [key] = snapshot && chosen ? chosen.emails.flatMap((email) => keysOf(snapshot, email)) : []
  return { offices, chosen, key }
}

export const handOverForm = form({
  route: handOverRoute,
  on: handOverPage,
  fields: z.object({
    kind: z.string().min(1).max(100),
    entity: line(200),
    passphrase: z.string().max(100),
    key: optionalParagraphs(100_000),
  }),
  act: async (scope, { kind, entity, passphrase, key }) => {
    const { cases, params, record, settings, session, now, user, kinds, desk } = scope
    const within = cases.find(params.id)
    const spoken = parseSpoken(passphrase)
    if (!within) return caseUnknown
    if (settings.state === '') return officeMissing
    if (spoken === undefined || kinds.every(({ id }) => id !== kind))
      return refuse({ code: 'field/invalid', kind: 'invalid', field: 'kind' })
    const own = await deskKey(scope)
    if (!own.ok) return own
    const to = { state: settings.state, kind, entity }
    const making = {
      id: newId(),
      at: now,
      from: { state: settings.state, kind: settings.kind, entity: settings.entity },
      by: user.name,
      to,
      isExercise: session?.isExercise === true,
    }
    const made = await writeHandOver(record, within, making, own.value)
    if (!made.ok) return made
    const { bytes, end } = made.value
    const sealed =
      key === undefined ? ok(await sealSpoken(bytes, spoken, desk.store.cost)) : await sealTo(bytes, key, now)
    if (!sealed.ok) return sealed
    // The line first: nothing leaves the Desk without one (POC-35).
    const content = { to, handOver: making.id, end }
    const entry = { at: now, by: user.name, case: within.id }
    const written = await record.append({ ...entry, what: 'case.handed-over', content })
    return written.ok ? ok({ sealed: sealed.value, reference: within.reference }) : written
  },
  next: (_, { sealed, reference }) => ({
    file: {
      name: `${['hand-over', reference ?? ''].filter(Boolean).join('-')}.parley`,
      type: 'application/octet-stream',
      text: sealed,
    },
  }),
})

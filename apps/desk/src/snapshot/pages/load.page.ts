import { latinDigits, ok, refuse } from '@parley/kernel'
import { parseFingerprint } from '@parley/protocol/snapshot'
import {
  actButton,
  errorSummary,
  fileField,
  href,
  html,
  linkButton,
  nothing,
  optionalLine,
  secret,
  textField,
} from '@parley/web'
import { z } from 'zod'
import { form, formView, page } from '../../door/scope.ts'
import { text } from '../../locales/index.ts'
import {
  changesRoute,
  compareRoute,
  followRoute,
  loadRoute,
  offlineRoute,
  pullRoute,
  unfollowRoute,
} from '../../routes.ts'
import { isUnseen } from '../changes.ts'
import type { OfflineDirectory, Taken } from '../offline-directory.ts'
import { isDirectoryAddress } from '../fetch-snapshot.ts'
import { pullNotice } from './copy-facts.ts'

/** Two ways to a snapshot: from files, or from the Directory with the Mission's token. */
export const loadPage = page({
  route: loadRoute,
  read: async (scope, typed) => {
    const { locale, directory } = scope
    const t = text(locale)
    const view = formView(scope, typed)
    const source = directory.source()
    const isFirst = directory.head() === undefined
    const body = html`<h1>${t('offline.load')}</h1>
      ${errorSummary(view)}
      <h2>${t('load.files')}</h2>
      <form method="post" enctype="multipart/form-data" action="${href(locale, loadRoute)}">
        ${fileField(view, { name: 'file', label: t('load.file'), help: t('load.file.help'), accept: '.json,application/json' })}
        ${fileField(view, { name: 'signature', label: t('load.signature'), help: t('load.signature.help'), accept: '.sig' })}
        ${textField(view, { name: 'letter', label: t('load.letter'), help: t(isFirst ? 'load.letter.help' : 'load.letter.again'), autocomplete: 'off' })}
        <button class="button main">${t('load.act')}</button>
      </form>
      <h2>${t('pull.title')}</h2>
      <p>${t('pull.why')}</p>
      ${typed.refusal ? nothing : pullNotice(scope)}
      ${source ? actButton(href(locale, pullRoute), t('pull.act'), 'main') : nothing}
      <form method="post" action="${href(locale, followRoute)}">
        ${textField(view, { name: 'address', label: t('pull.address'), help: t('pull.address.help'), type: 'url', value: source?.address, autocomplete: 'off', required: true })}
        ${textField(view, { name: 'token', label: t('pull.token'), help: t(source ? 'pull.token.kept' : 'pull.token.help'), type: 'password', autocomplete: 'off' })}
        <button class="button plain">${t('office.keep')}</button>
      </form>
      ${source ? actButton(href(locale, unfollowRoute), t('pull.stop'), 'stop') : nothing}
      <p>${linkButton(href(locale, offlineRoute), t('offline.title'))}</p>`
    return ok({ title: t('offline.load'), width: 'narrow', body })
  },
})

/** A file of a form comes as the text of its bytes, one sign a byte. */
const bytes = z
  .string({ error: 'desk/snapshot-files-missing' })
  .min(1, { error: 'desk/snapshot-files-missing' })
  .transform((sent) => new Uint8Array(Buffer.from(sent, 'latin1')))

export const loadForm = form({
  route: loadRoute,
  on: loadPage,
  fields: z.object({ file: bytes, signature: bytes, letter: optionalLine(200) }),
  act: async ({ directory }, { file, signature, letter: typed }) => {
    const letter = typed === undefined ? undefined : parseFingerprint(latinDigits(typed))
    if (typed !== undefined && letter === undefined)
      return refuse({ code: 'desk/fingerprint-unreadable', kind: 'invalid', field: 'letter' })
    const taken = await directory.take({ file, signature }, letter)
    return taken.ok ? ok(placeAfter(directory, taken.value)) : taken
  },
  next: ({ locale }, place) => href(locale, place),
})

export const pullForm = form({
  route: pullRoute,
  on: loadPage,
  fields: z.object({}),
  act: async ({ directory }) => {
    const taken = await directory.pull()
    return taken.ok ? ok(placeAfter(directory, taken.value)) : taken
  },
  next: ({ locale }, place) => href(locale, place),
})

/** What is to be looked at once a snapshot came. */
function placeAfter(directory: OfflineDirectory, taken: Taken) {
  if (taken === 'compare') return compareRoute
  return directory.changes().some(isUnseen) ? changesRoute : offlineRoute
}

export const followForm = form({
  route: followRoute,
  on: loadPage,
  fields: z.object({ address: optionalLine(500), token: secret(200) }),
  act: async ({ directory }, { address = '', token }) => {
    if (!isDirectoryAddress(address))
      return refuse({ code: 'desk/directory-address-invalid', kind: 'invalid', field: 'address' })
    const kept = directory.source()
    // A token is of one Directory: at another address it has no business.
    const known = kept && new URL(kept.address).origin === new URL(address).origin ? kept.token : ''
    const wanted = token.trim() === '' ? known : token.trim()
    if (wanted === '') return refuse({ code: 'desk/token-missing', kind: 'invalid', field: 'token' })
    return directory.follow({ address: new URL(address).origin, token: wanted })
  },
  next: ({ locale }) => href(locale, loadRoute),
})

export const unfollowForm = form({
  route: unfollowRoute,
  on: loadPage,
  fields: z.object({}),
  act: async ({ directory }) => directory.follow(undefined),
  next: ({ locale }) => href(locale, loadRoute),
})

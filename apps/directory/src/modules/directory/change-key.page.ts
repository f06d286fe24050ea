import { ok, refuse, type Result } from '@parley/kernel'
import {
  errorSummary,
  type FormState,
  href,
  html,
  type Html,
  linkButton,
  nothing,
  secret,
  textField,
  tick,
  tickBox,
} from '@parley/web'
import { z } from 'zod'
import { dualForm } from '../../platform/dual-control/dual-control.ts'
import type { TwoPersonRule } from '../../platform/dual-control/two-person-rule.ts'
import { type DirectoryForm, type DirectoryPage, formView, page } from '../../platform/pages/scope.ts'
import { proofNotice, requireProof, secondPersonNotice } from '../accounts/index.ts'
import type { Community } from '../community/index.ts'
import type { Entry } from './domain/entry.ts'
import { type KeyContent, keySchemes } from './domain/key.ts'
import { freeText } from './entry-form.ts'
import { entryAt, entryParameter, noteVerbaleField, noteVerbaleSchema, openedToWrite } from './entry-pages.ts'
import { text } from './locales/index.ts'
import { type KeyActs, keyToJson } from './own-acts/key-acts.ts'
import { holdsPrivateKey, readKey } from './read-key.ts'
import { changeKeyRoute, entryRoute, removeKeyRoute } from './routes.ts'
import { listKeysOf } from './store/keys.ts'
import { keyFacts } from './write-key.ts'

/** The keys of an entry, and where a new one is pasted. */
export function changeKeyPage(community: Community, rule: TwoPersonRule): DirectoryPage {
  return page({
    route: changeKeyRoute,
    verb: 'directory.key.change',
    read: async (scope, state) => {
      const { locale, actor, now } = scope
      const t = text(locale)
      const found = await openedToWrite(scope, scope.params.entry, 'change')
      if (!found.ok) return found
      const entry = found.value
      const view = formView(scope, withoutPrivateKeys(state))
      const keys = await listKeysOf(scope.tx, entry)
      const noteVerbale: Html = actor.role === 'manager' ? freeText(view, noteVerbaleField(locale)) : nothing
      const params = { entry: entry.id }
      const body = html`<h1>${t('keys.title')}</h1>
        <p class="lede">
          ${community.stateName(entry.state, locale)} · ${community.kindName(entry.kind, locale)}
        </p>
        ${proofNotice(scope)}${await secondPersonNotice(scope, rule, 'entries')}${errorSummary(view)}${keys.map(
          (key) =>
            html`<h2>${t(`key.${key.scheme}`)}</h2>
              ${keyFacts(locale, key, now)}
              <p>
                ${linkButton(href(locale, removeKeyRoute, { ...params, scheme: key.scheme }), t('keys.remove'))}
              </p>`,
        )}
        <h2>${t('keys.new')}</h2>
        <p class="help">${t('help.keys')}</p>
        <form method="post" action="${href(locale, changeKeyRoute, params)}">
          ${noteVerbale}${keySchemes.map((scheme) =>
            textField(view, {
              name: scheme,
              label: t(`key.${scheme}`),
              help: t(`help.key.${scheme}`),
              rows: 5,
              language: 'en',
            }),
          )}${tickBox(view, { name: 'cardOnly', label: t('field.cardOnly'), help: t('help.cardOnly') })}
          <p class="row">
            <button class="button main">${t('keys.button')}</button>
            <a href="${href(locale, entryRoute, params)}">${t('back-to-card')}</a>
          </p>
        </form>`
      return ok({ title: t('keys.title'), body, width: 'narrow' })
    },
  })
}

// By mistake it may be a private key: it is never kept for showing the form again. `readKey` says what is too large.
const pasted = secret(1024 * 1024)

export function changeKeyForm(rule: TwoPersonRule, { set }: KeyActs, on: DirectoryPage): DirectoryForm {
  return dualForm(rule, set, {
    route: changeKeyRoute,
    verb: 'directory.key.change',
    fields: z.object({ openpgp: pasted, smime: pasted, cardOnly: tick, noteVerbale: noteVerbaleSchema }),
    on,
    input: async (scope, { noteVerbale, ...typed }) => {
      const proof = requireProof(scope)
      if (!proof.ok) return proof
      const found = await entryAt(scope, entryParameter(scope))
      if (!found.ok) return found
      const keys = await readPasted(found.value, typed, scope.now)
      if (!keys.ok) return keys
      const standing = await listKeysOf(scope.tx, found.value)
      return ok({
        entry: found.value.id,
        noteVerbale: noteVerbale ?? null,
        keys: keys.value.map((key) => keyToJson(key, standing)),
      })
    },
  })
}

interface Typed {
  readonly openpgp: string
  readonly smime: string
  readonly cardOnly: boolean
}

async function readPasted(
  { addresses }: Entry,
  typed: Typed,
  now: Date,
): Promise<Result<readonly [KeyContent, ...KeyContent[]]>> {
  const emails = addresses.filter(({ channel }) => channel === 'email').map(({ value }) => value)
  const keys: KeyContent[] = []
  for (const scheme of keySchemes) {
    if (typed[scheme].trim() === '') continue
    const key = await readKey(scheme, typed[scheme], emails, now)
    if (!key.ok) return key
    keys.push({ ...key.value, cardOnly: typed.cardOnly })
  }
  const [first, ...others] = keys
  return first
    ? ok([first, ...others])
    : refuse({ code: 'field/required', kind: 'invalid', field: 'openpgp' })
}

/** What must not have been pasted is not shown again, nor sent a second time. */
function withoutPrivateKeys(state: FormState): FormState {
  const values = Object.entries(state.values).filter(([, value]) => ![value].flat().some(holdsPrivateKey))
  return { ...state, values: Object.fromEntries(values) }
}

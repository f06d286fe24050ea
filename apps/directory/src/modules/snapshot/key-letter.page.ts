import { ok, refuse } from '@parley/kernel'
import { facts, html, ltr, moment } from '@parley/web'
import { type DirectoryPage, page } from '../../platform/pages/scope.ts'
import { stateOf } from '../../platform/session/actor.ts'
import type { Community } from '../community/index.ts'
import { findFingerprint } from './fingerprint.ts'
import { text } from './locales/index.ts'
import { keyLetterRoute } from './routes.ts'

/**
 * POC-13: the letter that a Mission hands to its office, with the fingerprint that the office compares its first
 * snapshot with. The token is not on it: whoever finds the letter opens nothing.
 */
export function keyLetterPage(community: Community, origin: URL): DirectoryPage {
  return page({
    route: keyLetterRoute,
    verb: 'snapshot.letter',
    read: async ({ locale, tx, actor, now }) => {
      const state = stateOf(actor)
      const fingerprint = await findFingerprint(tx)
      if (!state || fingerprint === undefined) return refuse({ code: 'snapshot/none-yet', kind: 'absent' })
      const t = text(locale)
      const { id, names } = community.profile
      const body = html`<p class="unprinted">${t('key-letter.how')}</p>
        <article class="paper">
          <h1>${t('key-letter.title')}</h1>
          <p>
            ${t('key-letter.asks', { state: community.stateName(state, locale), directory: names[locale] })}
          </p>
          ${facts([
            [t('key-letter.community'), html`${names[locale]} (${ltr(id)})`],
            [t('key-letter.address'), ltr(origin.origin)],
            [t('key-letter.as-of'), moment(locale, now)],
          ])}
          <h2>${t('key-letter.fingerprint')}</h2>
          <ol class="groups" dir="ltr">
            ${fingerprint.split(' ').map((group) => html`<li class="code">${group}</li>`)}
          </ol>
          <h2>${t('key-letter.compare')}</h2>
          <ol class="steps">
            ${steps.map((step) => html`<li>${t(`key-letter.${step}`)}</li>`)}
          </ol>
          <div class="signed">
            <div>${t('key-letter.date')}</div>
            <div>${t('key-letter.stamp')}</div>
          </div>
          <p class="small">${t('key-letter.own-words')}</p>
        </article>`
      return ok({ title: t('key-letter.title'), body, width: 'narrow' })
    },
  })
}

const steps = ['step.load', 'step.read', 'step.differs', 'step.later', 'step.anew'] as const

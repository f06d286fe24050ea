import { ok } from '@parley/kernel'
import { empty, facts, href, html, linkButton, ltr, moment } from '@parley/web'
import { checkpointText, currentCheckpoint, shortCheckpoint } from '../../platform/history/checkpoint.ts'
import type { CheckpointKey } from '../../platform/history/checkpoint-key.ts'
import { type DirectoryPage, page } from '../../platform/pages/scope.ts'
import { text } from './locales/index.ts'
import { checkpointFileRoute, checkpointRoute } from './routes.ts'

/** POC-16, RULE-9: the newest checkpoint for anybody to keep, and the key that signs them. */
export function checkpointPage(key: CheckpointKey): DirectoryPage {
  return page({
    route: checkpointRoute,
    verb: 'history.checkpoint.read',
    read: async ({ locale, tx }) => {
      const t = text(locale)
      const checkpoint = await currentCheckpoint(tx)
      const newest = checkpoint
        ? html`${facts([
              [t('checkpoint.seq'), ltr(checkpoint.seq)],
              [t('checkpoint.at'), moment(locale, checkpoint.at)],
              [t('checkpoint.short'), ltr(shortCheckpoint(checkpoint))],
            ])}
            <h2>${t('checkpoint.whole')}</h2>
            <pre class="letter" dir="ltr">${checkpointText(checkpoint)}</pre>
            <p>${linkButton(href(locale, checkpointFileRoute), t('checkpoint.take'))}</p>`
        : empty(t('checkpoint.none'))
      const body = html`<h1>${t('checkpoint.title')}</h1>
        <p class="lede">${t('checkpoint.lede')}</p>
        ${newest}
        <h2>${t('checkpoint.key')}</h2>
        <p>${t('checkpoint.key-lede')}</p>
        ${facts([
          [t('checkpoint.public-key'), ltr(key.publicKey)],
          [t('checkpoint.fingerprint'), ltr(inGroups(key.fingerprint))],
        ])}`
      return ok({ title: t('checkpoint.title'), body, width: 'narrow' })
    },
  })
}

/** Four digits at a time, for reading aloud. */
function inGroups(hex: string): string {
  return (hex.match(/.{4}/g) ?? []).join(' ')
}

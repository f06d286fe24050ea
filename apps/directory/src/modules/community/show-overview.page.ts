import { ok } from '@parley/kernel'
import { href, html, type Html, ltr, moment, type Route, writeMonths } from '@parley/web'
import { currentCheckpoint, shortCheckpoint } from '../../platform/history/checkpoint.ts'
import { type DirectoryPage, type DirectoryScope, page } from '../../platform/pages/scope.ts'
import type { Community } from './community.ts'
import { text } from './locales/index.ts'
import { countParticipating } from './participation.ts'
import { overviewRoute } from './routes.ts'

/** What other rooms tell the public. */
export type Announcement = (scope: Pick<DirectoryScope, 'locale' | 'tx'>) => Promise<Html>

/** POC-16: what anyone may know. No entry, no name. */
export function overviewPage(
  { profile }: Community,
  checkpointRoute: Route<'/checkpoint'>,
  announcements: readonly Announcement[],
): DirectoryPage {
  return page({
    route: overviewRoute,
    verb: 'community.overview.read',
    read: async (scope) => {
      const { locale, tx } = scope
      const announced = await Promise.all(announcements.map((announce) => announce(scope)))
      const t = text(locale)
      const checkpoint = await currentCheckpoint(tx)
      const body = html`<h1>${t('overview.title')}</h1>
        <p class="lede">
          ${t('overview.lede', { name: profile.names[locale], operator: profile.operator[locale] })}
        </p>
        <p>${t('overview.purpose', { interval: writeMonths(locale, profile.checkEveryMonths) })}</p>
        <p>${t('overview.participating', { count: await countParticipating(tx) })}</p>
        ${announced}
        ${
          checkpoint &&
          html`<h2><a href="${href(locale, checkpointRoute)}">${t('overview.checkpoint-title')}</a></h2>
            <p>
              ${t.html('overview.checkpoint', {
                seq: checkpoint.seq,
                date: moment(locale, checkpoint.at, 'date'),
                checkpoint: ltr(shortCheckpoint(checkpoint)),
              })}
            </p>`
        }`
      return ok({ title: profile.names[locale], body, width: 'narrow' })
    },
  })
}

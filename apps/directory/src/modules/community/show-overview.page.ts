import { type Locale, ok } from '@parley/kernel'
import { facts, href, html, type Html, linkButton, ltr, moment, type Route, writeMonths } from '@parley/web'
import { currentCheckpoint, shortCheckpoint } from '../../platform/history/checkpoint.ts'
import { type DirectoryPage, type DirectoryScope, page } from '../../platform/pages/scope.ts'
import type { Community } from './community.ts'
import { text } from './locales/index.ts'
import { countParticipating } from './participation.ts'
import type { Profile, Statement } from './profile.ts'
import { type PublicContact, writeTo } from './public-contact.ts'
import { joinRoute, overviewRoute } from './routes.ts'

/** What other rooms tell the public. */
export type Announcement = (scope: Pick<DirectoryScope, 'locale' | 'tx'>) => Promise<Html>

/** POC-16: what anyone may know. No entry, no name. */
export function overviewPage(
  { profile, states }: Community,
  contact: PublicContact,
  checkpointRoute: Route<'/checkpoint'>,
  announcements: readonly Announcement[],
): DirectoryPage {
  const members = states.filter(({ fictional }) => fictional === profile.fictional).length
  return page({
    route: overviewRoute,
    verb: 'community.overview.read',
    read: async (scope) => {
      const { locale, tx } = scope
      const t = text(locale)
      const announced: Html[] = []
      for (const announce of announcements) announced.push(await announce(scope))
      const body = html`<h1>${t('overview.title')}</h1>
        <p class="lede">
          ${t('overview.lede', { name: profile.names[locale], operator: profile.operator[locale] })}
        </p>
        <p>${t('overview.purpose', { interval: writeMonths(locale, profile.checkEveryMonths) })}</p>
        <p>
          ${t('overview.open-to', { count: members })}
          ${t('overview.participating', { count: await countParticipating(tx) })}
        </p>
        <p>${linkButton(href(locale, joinRoute), t('join.title'), 'main')}</p>
        ${mandate(locale, profile)}${announced}${await checkpoint(scope, checkpointRoute)}
        <h2>${t('overview.contact')}</h2>
        <p>${t.html('overview.contact-text', { email: writeTo(contact) })}</p>`
      return ok({ title: profile.names[locale], body, width: 'narrow' })
    },
  })
}

/** POC-01, POC-02, POC-03, POC-40: what the documents say, in our words, each line with where it says so. */
function mandate(locale: Locale, { mandate, operator }: Profile): Html {
  const t = text(locale)
  const list = (statements: readonly Statement[]) =>
    html`<ul>
      ${statements.map((statement) => said(locale, mandate, statement))}
    </ul>`
  return html`<h2>${t('overview.mandate')}</h2>
    ${facts([
      [t('overview.document'), mandate.document[locale]],
      [t('overview.as-of'), moment(locale, mandate.asOf, 'date')],
      ...mandate.bodies.map((body) => [t('overview.bodies'), body[locale]] as const),
      [t('overview.operator'), operator[locale]],
    ])}
    <p class="small">${t('overview.own-words')}</p>
    ${
      mandate.purposes.length > 0 &&
      html`<h2>${t('overview.purposes')}</h2>
        ${list(mandate.purposes)}`
    }${
      mandate.principles.length > 0 &&
      html`<h2>${t('overview.principles')}</h2>
        ${list(mandate.principles)}`
    }${
      mandate.discussed.length > 0 &&
      html`<h2>${t('overview.discussed')}</h2>
        <p>${t('overview.discussed-lede')}</p>
        ${list(mandate.discussed)}`
    }${
      // RULE-8: under this heading and nowhere else.
      mandate.proposals.length > 0 &&
      html`<h2>${t('overview.proposals')}</h2>
        <p>${t('overview.proposals-lede')}</p>
        ${list(mandate.proposals)}`
    }`
}

function said(locale: Locale, mandate: Profile['mandate'], statement: Statement): Html {
  const document = (statement.document ?? mandate.document)[locale]
  const source = text(locale).html('overview.source', { document, paragraph: ltr(statement.paragraph) })
  return html`<li>${statement.text[locale]} <span class="small">(${source})</span></li>`
}

async function checkpoint(
  { locale, tx }: Pick<DirectoryScope, 'locale' | 'tx'>,
  route: Route<'/checkpoint'>,
): Promise<Html | undefined> {
  const t = text(locale)
  const current = await currentCheckpoint(tx)
  return (
    current &&
    html`<h2><a href="${href(locale, route)}">${t('overview.checkpoint-title')}</a></h2>
      <p>
        ${t.html('overview.checkpoint', {
          seq: current.seq,
          date: moment(locale, current.at, 'date'),
          checkpoint: ltr(shortCheckpoint(current)),
        })}
      </p>`
  )
}

import { type Locale, ok } from '@parley/kernel'
import {
  actButton,
  empty,
  errorSummary,
  facts,
  href,
  html,
  type Html,
  ltr,
  moment,
  notice,
  nothing,
} from '@parley/web'
import { z } from 'zod'
import { lineTitle } from '../cases/line-title.ts'
import { sayLine } from '../cases/pages/say-line.ts'
import { form, formView, page } from '../door/scope.ts'
import { text } from '../locales/index.ts'
import { damageRoute, recordRoute } from '../routes.ts'
import type { ExchangeRecord } from './open-record.ts'
import { sayPlace } from './say-place.ts'

const most = 200

interface Around {
  readonly locale: Locale
  readonly record: Pick<ExchangeRecord, 'breaks'>
}

/** The record as a whole: whether it holds, where it ends, and its lines that belong to no case. */
export const recordPage = page({
  route: recordRoute,
  read: async (scope, typed) => {
    const { locale, record, cases } = scope
    const t = text(locale)
    const end = record.end()
    const loose = cases.loose().toReversed()
    const body = html`<h1>${t('record.title')}</h1>
      ${errorSummary(formView(scope, typed))} ${damageNotice(scope)}
      ${record.cutOff > 0 ? notice(t('record.cut-off', { number: record.cutOff }), 'warn') : nothing}
      ${facts([
        [t('record.length'), html`${ltr(record.lines().length)}`],
        [t('record.end'), html`${ltr(`${end.n} ${end.hash}`)}`],
      ])}
      <p class="small">${t('record.end.why')} <code dir="ltr">npm run desk -- verify-record</code></p>
      <h2>${t('record.loose')}</h2>
      ${
        loose.length === 0
          ? empty(t('record.loose.none'))
          : html`<ol class="steps" reversed>
              ${loose.slice(0, most).map(
                (line) =>
                  html`<li value="${line.n}">
                    <strong>${lineTitle(locale, line)}</strong> ${sayLine(locale, line)}
                    <p class="small">${moment(locale, line.at)} · <bdi>${line.by}</bdi></p>
                  </li>`,
              )}
            </ol>`
      }`
    return ok({ title: t('record.title'), body })
  },
})

/** Where the record does not hold, while nobody has noted it; until then nothing is added to it. */
export function damageNotice({ locale, record }: Around): Html {
  const t = text(locale)
  const places = record.breaks()
  if (places.length === 0) return nothing
  return notice(
    html`<h2>${t('damage.title')}</h2>
      <ul>
        ${places.map((place) => html`<li>${sayPlace(locale, place)}</li>`)}
      </ul>
      <p>${t('damage.goes-on')}</p>
      ${actButton(href(locale, damageRoute), t('damage.act'), 'main')}`,
    'stop',
  )
}

/** Somebody has seen it: that is a line of the record, and it goes on behind it. */
export const damageForm = form({
  route: damageRoute,
  on: recordPage,
  fields: z.object({}),
  act: async ({ record, now, user }) => {
    if (record.breaks().length === 0) return ok(undefined)
    const noted = await record.noteDamage({ at: now, by: user.name })
    return noted.ok ? ok(undefined) : noted
  },
  next: ({ locale }) => href(locale, recordRoute),
})

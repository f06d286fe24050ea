import { chip, href, html, type Html, ltr, moment, nothing, type PageScope, table } from '@parley/web'
import type { Desk } from '../../desk.ts'
import { text } from '../../locales/index.ts'
import { stateName } from '../../office/members.ts'
import { caseRoute } from '../../routes.ts'
import type { Case } from '../case.ts'
import { overdue } from '../clocks.ts'

type Around = Pick<PageScope, 'locale' | 'now'> & { readonly desk: Desk }

/** Cases one under the other, with what tells them apart. */
export function caseTable(scope: Around, caption: string, cases: readonly Case[]): Html {
  const { locale } = scope
  const t = text(locale)
  return table(
    caption,
    [t('case.title'), t('case.counterpart'), t('case.reference'), t('case.state'), t('case.last')],
    cases.map((each) => [
      caseLink(scope, each),
      counterpart(scope, each),
      ltr(each.reference ?? '–'),
      caseChips(scope, each),
      moment(locale, each.lastAt),
    ]),
  )
}

export function caseLink({ locale }: Pick<Around, 'locale'>, { id, title }: Case): Html {
  return html`<a href="${href(locale, caseRoute, { id })}"><bdi>${title}</bdi></a>`
}

export function counterpart(
  { locale, desk }: Pick<Around, 'locale' | 'desk'>,
  { counterpart: { state, entity } }: { readonly counterpart: Pick<Case['counterpart'], 'state' | 'entity'> },
): Html {
  return html`${stateName(desk.members, state, locale)} · <bdi>${entity}</bdi>`
}

export function caseChips({ locale, now }: Pick<Around, 'locale' | 'now'>, each: Case): Html {
  const t = text(locale)
  const { isOpen, nature } = each
  const isOverdue = overdue([each], now).length > 0
  return html`${isOverdue ? html`${chip(t('start.overdue'), 'warn')} ` : nothing}${nature === 'REAL' ? '' : html`${chip(t(`nature.${nature}`), 'warn')} `}${chip(t(isOpen ? 'case.open' : 'case.closed'))}`
}

import { ok, type StateCode } from '@parley/kernel'
import { actButton, empty, errorSummary, hidden, href, html, ltr, moment, table } from '@parley/web'
import { z } from 'zod'
import { dualForm } from '../../platform/dual-control/dual-control.ts'
import type { TwoPersonRule } from '../../platform/dual-control/two-person-rule.ts'
import { type DirectoryForm, type DirectoryPage, formView, page } from '../../platform/pages/scope.ts'
import { listPocs, proofNotice, requireProof, secondPersonNotice } from '../accounts/index.ts'
import type { Community } from '../community/index.ts'
import { text } from './locales/index.ts'
import { delegationAct } from './own-acts/further-acts.ts'
import { delegatesRoute } from './routes.ts'
import { listDelegations } from './store/delegations.ts'

const verb = 'directory.delegates'

/** To whom the Mission delegates its entries: each POC of its State, with a button to give it or take it back. */
export function delegatesPage(community: Community, rule: TwoPersonRule): DirectoryPage {
  return page({
    route: delegatesRoute,
    verb,
    read: async (scope, state) => {
      const { locale, tx, actor } = scope
      const t = text(locale)
      const own: StateCode | undefined = 'state' in actor ? actor.state : undefined
      const pocs = own ? await listPocs(tx, own) : []
      const delegations = own ? await listDelegations(tx, own) : new Map<string, Date>()
      const rows = pocs.map(({ account, name, email, kinds, since }) => {
        const given = delegations.get(account)
        const stands = given !== undefined && since <= given
        const fields = html`${hidden('account', account)}${hidden('what', stands ? 'ended' : 'given')}`
        return [
          name,
          ltr(email),
          kinds.map((kind) => community.kindName(kind, locale)).join(' · '),
          stands ? t.html('delegates.since', { date: moment(locale, given, 'date') }) : '–',
          actButton(
            href(locale, delegatesRoute),
            t(stands ? 'delegates.take-back' : 'delegates.give'),
            stands ? 'stop' : 'plain',
            fields,
          ),
        ]
      })
      const body = html`<h1>${t('delegates.title')}</h1>
        <p class="lede">${t('delegates.lede')}</p>
        ${errorSummary(formView(scope, state))}${proofNotice(scope)}${await secondPersonNotice(scope, rule, 'entries')}
        ${
          rows.length === 0
            ? empty(t('delegates.none'))
            : table(
                t('delegates.title'),
                [
                  t('delegates.name'),
                  t('card.email-first'),
                  t('field.kind'),
                  t('delegates.delegated'),
                  t('delegates.change'),
                ],
                rows,
              )
        }`
      return ok({ title: t('delegates.title'), body })
    },
  })
}

export function delegatesForm(rule: TwoPersonRule, on: DirectoryPage): DirectoryForm {
  return dualForm(rule, delegationAct, {
    route: delegatesRoute,
    verb,
    fields: z.object({ account: z.string().default(''), what: z.enum(['given', 'ended']) }),
    on,
    input: async (scope, typed) => {
      const proof = requireProof(scope)
      return proof.ok ? ok(typed) : proof
    },
  })
}

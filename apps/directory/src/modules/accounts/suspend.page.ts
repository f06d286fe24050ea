import { ok, parseId, refuse } from '@parley/kernel'
import { errorSummary, facts, href, html, ltr } from '@parley/web'
import { z } from 'zod'
import { recordViewing } from '../../platform/history/record-viewing.ts'
import {
  type DirectoryForm,
  type DirectoryPage,
  type DirectoryScope,
  form,
  formView,
  page,
} from '../../platform/pages/scope.ts'
import { type HeldRole, listHoldings, stateOfHolding } from './holding.ts'
import type { House } from './house.ts'
import { text } from './locales/index.ts'
import { proofNotice, requireProof } from './proof.ts'
import { holdingName } from './role-name.ts'
import { liftRoute, suspendRoute } from './routes.ts'
import { findSuspension, liftSuspension, suspend } from './suspend.ts'
import { suspensionFields, suspensionForm } from './suspension-fields.ts'
import type { AccountsTables } from './tables.ts'
import { noSuchUser } from './users.ts'

const verb = 'accounts.suspend'

/** Keeping one person out for at most 72 hours: one manager, a reason, and those concerned are told. */
export function suspendPage(house: House): DirectoryPage {
  return page({
    route: suspendRoute,
    verb,
    read: async (scope, state) => {
      const { locale, tx, now } = scope
      const account = parseId<'account'>(scope.params.account)
      const person = account && (await findPerson(scope, account))
      if (!account || !person) return refuse(noSuchUser)
      for (const each of new Set(person.holdings.map(stateOfHolding)))
        if (each) await recordViewing(scope, { verb: 'users.viewed', subject: `state:${each}`, state: each })
      const t = text(locale)
      const view = formView(scope, state)
      const open = await findSuspension(tx, { account }, now)
      const body = html`<h1>${t('suspend.title')}</h1>
        ${errorSummary(view)}${proofNotice(scope)}
        ${facts([
          [t('field.name'), html`<bdi>${person.name}</bdi>`],
          [t('field.email'), ltr(person.email)],
          ...person.holdings.map(
            (held) => [t('field.role'), holdingName(house.members, locale, held)] as const,
          ),
        ])}
        ${suspensionForm(view, open, {
          what: t('suspend.what'),
          lift: t('suspend.lift'),
          suspendAt: href(locale, suspendRoute, { account }),
          liftAt: href(locale, liftRoute, { account }),
        })}`
      return ok({ title: t('suspend.title'), body, width: 'narrow' })
    },
  })
}

export function suspendForms(on: DirectoryPage): readonly DirectoryForm[] {
  return [
    form({
      route: suspendRoute,
      verb,
      fields: suspensionFields,
      on,
      act: async (scope, typed) => {
        const proof = requireProof(scope)
        if (!proof.ok) return proof
        const account = parseId<'account'>(scope.params.account)
        if (!account || !(await findPerson(scope, account))) return refuse(noSuchUser)
        return suspend(scope, { account }, typed)
      },
      next: ({ locale, params }) => href(locale, suspendRoute, params),
    }),
    form({
      route: liftRoute,
      verb,
      fields: z.object({}),
      on,
      act: async (scope) => {
        const proof = requireProof(scope)
        if (!proof.ok) return proof
        const account = parseId<'account'>(scope.params.account)
        return account ? liftSuspension(scope, { account }) : refuse(noSuchUser)
      },
      next: ({ locale, params }) => href(locale, suspendRoute, params),
    }),
  ]
}

interface Person {
  readonly name: string
  readonly email: string
  readonly holdings: readonly HeldRole[]
}

async function findPerson(
  { tx }: Pick<DirectoryScope, 'tx'>,
  account: Parameters<typeof listHoldings>[1],
): Promise<Person | undefined> {
  const row = await tx
    .withTables<AccountsTables>()
    .selectFrom('accounts.account')
    .select(['name', 'email'])
    .where('id', '=', account)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  const holdings = await listHoldings(tx, account)
  return row && holdings.length > 0 ? { ...row, holdings } : undefined
}

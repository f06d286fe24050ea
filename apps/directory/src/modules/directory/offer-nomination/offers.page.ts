import { type Locale, ok, parseStateCode, refuse, type Result } from '@parley/kernel'
import {
  empty,
  errorSummary,
  fileField,
  type FormView,
  href,
  html,
  type Html,
  linkButton,
  moment,
  nothing,
  secret,
  select,
  table,
} from '@parley/web'
import { z } from 'zod'
import {
  type DirectoryForm,
  type DirectoryPage,
  type DirectoryScope,
  form,
  formView,
  page,
} from '../../../platform/pages/scope.ts'
import { type Community, listParticipatingMembers } from '../../community/index.ts'
import { contentOf, entryFields } from '../entry-fields.ts'
import { fieldsOfCells } from '../import-entries/fields-of-cells.ts'
import { largestImport } from '../import-entries/imported-record.ts'
import { readVcards } from '../import-entries/read-vcards.ts'
import { weigh } from '../import-entries/weigh-record.ts'
import { nominationFields } from '../letter-fields.ts'
import { text } from '../locales/index.ts'
import { newOfferRoute, offersRoute, offerVcardRoute } from '../routes.ts'
import { type Nomination, offerNomination } from './offer-nomination.ts'
import { listOffers } from './offers.ts'

const verb = 'directory.offer'
const chosen = { state: z.string().default(''), kind: z.string().min(1) }
const noState = refuse({ code: 'directory/state-absent', kind: 'invalid', field: 'state' })

/** What a regional organization offered to its members, and what became of it; never what a State has. */
export function offersPage(community: Community): DirectoryPage {
  return page({
    route: offersRoute,
    verb,
    read: async (scope, state) => {
      const { locale, tx, actor } = scope
      const t = text(locale)
      const view = formView(scope, state)
      const offers = actor.role === 'regional' ? await listOffers(tx, actor.organization) : []
      const list = table(
        t('offers.list'),
        [t('field.state'), t('field.kind'), t('offers.offered'), t('offers.outcome')],
        offers.map((offer) => [
          community.stateName(offer.state, locale),
          community.kindName(offer.kind, locale),
          moment(locale, offer.offeredAt, 'date'),
          html`${t(`offers.outcome.${offer.outcome}`)}
          ${offer.settledAt ? moment(locale, offer.settledAt, 'date') : nothing}`,
        ]),
      )
      const body = html`<h1>${t('offers.title')}</h1>
        <p class="lede">${t('offers.lede')}</p>
        ${errorSummary(view)}
        <p>${linkButton(href(locale, newOfferRoute), t('offers.new'), 'main')}</p>
        ${offers.length === 0 ? empty(t('offers.none')) : list}
        <h2>${t('offers.vcard')}</h2>
        <form method="post" action="${href(locale, offerVcardRoute)}" enctype="multipart/form-data">
          ${await whoAndWhich(scope, view, community)}${fileField(view, {
            name: 'file',
            label: t('field.importFile'),
            help: t('offers.vcard.help'),
            accept: '.vcf,text/vcard',
          })}
          <button class="button">${t('offers.do')}</button>
        </form>`
      return ok({ title: t('offers.title'), body, width: 'narrow' })
    },
  })
}

export function newOfferPage(community: Community): DirectoryPage {
  return page({
    route: newOfferRoute,
    verb,
    read: async (scope, state) => {
      const { locale } = scope
      const t = text(locale)
      const view = formView(scope, state)
      const body = html`<h1>${t('offers.new')}</h1>
        <p class="lede">${t('offers.lede')}</p>
        ${errorSummary(view)}
        <form method="post" action="${href(locale, newOfferRoute)}">
          ${await stateChoice(scope, view, community)}${nominationFields(view, community, { language: locale })}
          <button class="button main">${t('offers.do')}</button>
        </form>`
      return ok({ title: t('offers.new'), body, width: 'narrow' })
    },
  })
}

export function offerForms(
  community: Community,
  pages: { readonly offers: DirectoryPage; readonly newOffer: DirectoryPage },
): readonly DirectoryForm[] {
  return [
    form({
      route: newOfferRoute,
      verb,
      fields: entryFields.extend(chosen),
      on: pages.newOffer,
      act: async (scope, { kind, state: code, ...input }) => {
        const state = parseStateCode(code)
        if (!state) return noState
        const content = contentOf(input, state)
        if (!content.ok) return content
        return offerNomination(scope, community, { state, kind, content: content.value })
      },
      next,
    }),
    form({
      route: offerVcardRoute,
      verb,
      // Somebody's data is not kept for showing the form again.
      fields: z.object({ ...chosen, file: secret(largestImport) }),
      on: pages.offers,
      act: async (scope, asked) => {
        const nomination = readNomination(asked, scope.locale)
        return nomination.ok ? offerNomination(scope, community, nomination.value) : nomination
      },
      next,
    }),
  ]
}

function next({ locale }: Pick<DirectoryScope, 'locale'>): string {
  return href(locale, offersRoute)
}

/** The one vCard of a file, as an entry of the State and kind that were chosen beside it. */
function readNomination(
  { file, state: code, kind }: { readonly file: string; readonly state: string; readonly kind: string },
  language: Locale,
): Result<Nomination> {
  const state = parseStateCode(code)
  if (!state) return noState
  const unreadable = refuse({ code: 'directory/offer-one-vcard', kind: 'invalid', field: 'file' })
  const [record, ...others] = readVcards(file) ?? []
  if (!record || others.length > 0 || 'problem' in record) return unreadable
  const { cells } = record
  const read = fieldsOfCells(cells, cells['language'] || language)
  const weighed = read.errors.length > 0 ? read : weigh(read.fields, state, undefined)
  if ('errors' in weighed) {
    const code = weighed.errors[0]?.code ?? 'directory/offer-one-vcard'
    return refuse({ code, kind: 'invalid', field: 'file' })
  }
  return ok({ state, kind, content: weighed.value.content })
}

async function whoAndWhich(
  scope: Pick<DirectoryScope, 'tx' | 'actor' | 'locale'>,
  view: FormView,
  community: Community,
): Promise<Html> {
  const { locale } = scope
  return html`${await stateChoice(scope, view, community)}${select(view, {
    name: 'kind',
    label: text(locale)('field.kind'),
    options: community.profile.kinds.map(({ id, names }) => ({ value: id, label: names[locale] })),
  })}`
}

async function stateChoice(
  scope: Pick<DirectoryScope, 'tx' | 'actor' | 'locale'>,
  view: FormView,
  community: Community,
): Promise<Html> {
  const { locale, actor } = scope
  const own = community.organizations.find(
    ({ code }) => actor.role === 'regional' && code === actor.organization,
  )
  const members = await listParticipatingMembers(scope, own?.members ?? new Set())
  return select(view, {
    name: 'state',
    label: text(locale)('field.state'),
    help: text(locale)('offers.state.help'),
    options: members.map((code) => ({ value: code, label: community.stateName(code, locale) })),
  })
}

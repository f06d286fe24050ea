import { minute, ok, parseId, refuse } from '@parley/kernel'
import {
  choices,
  errorSummary,
  href,
  html,
  nothing,
  optionalLine,
  select,
  textField,
  writeDuration,
  writeTelephone,
} from '@parley/web'
import { z } from 'zod'
import type { Keys } from '../../platform/config/keys.ts'
import { type DirectoryForm, type DirectoryPage, form, formView, page } from '../../platform/pages/scope.ts'
import type { Community } from '../community/index.ts'
import { findEntry } from '../directory/index.ts'
import { callOutcomes, isCodeAskedBack, minutesAgo, recordCall } from './call-sheet.ts'
import { text } from './locales/index.ts'
import { callSheetRoute, recordCallRoute } from './routes.ts'
import { findCheck } from './store.ts'

/** One call: which number, when, who answered, and what came of it; where mail went out, its code. */
export function recordingCalls(
  keys: Keys,
  community: Community,
): { pages: readonly DirectoryPage[]; forms: readonly DirectoryForm[] } {
  const callPage = page({
    route: recordCallRoute,
    verb: 'checks.rounds.read',
    read: async (scope, state) => {
      const { locale, tx, params } = scope
      const t = text(locale)
      const id = parseId<'check'>(params.check)
      const check = id && (await findCheck(tx, id))
      if (!check || check.round !== params.round)
        return refuse({ code: 'checks/check-unknown', kind: 'absent' })
      const entry = await findEntry(tx, check.entry)
      const phones = entry?.addresses.filter(({ channel }) => channel === 'phone') ?? []
      const asksCode = await isCodeAskedBack(scope, check.id)
      const view = formView(scope, state)
      const body = html`<h1>${t('calls.record')}</h1>
        ${errorSummary(view)}
        <p class="lede">
          ${community.stateName(check.state, locale)} · ${community.kindName(check.kind, locale)} ·
          <bdi>${entry?.entityName.original ?? t('entry.withdrawn')}</bdi>
        </p>
        <form method="post" action="${href(locale, recordCallRoute, params)}">
          ${select(view, {
            name: 'number',
            label: t('call.number'),
            value: phones[0]?.value ?? '',
            options: [
              ...phones.map(({ value }) => ({ value, label: `\u2066${writeTelephone(value)}\u2069` })),
              { value: '', label: t('call.number.theirs') },
            ],
          })}
          ${select(view, {
            name: 'minutesAgo',
            label: t('when'),
            value: '0',
            options: minutesAgo.map((minutes) => ({
              value: String(minutes),
              label:
                minutes === 0
                  ? t('call.now')
                  : t('call.ago', { duration: writeDuration(locale, minutes * minute) }),
            })),
          })}
          ${choices(view, {
            name: 'outcome',
            kind: 'radio',
            label: t('outcome'),
            options: callOutcomes.map((outcome) => ({ value: outcome, label: t(`call.${outcome}`) })),
          })}
          ${textField(view, {
            name: 'takenBy',
            label: t('call.who'),
            help: t('call.who.help'),
          })}
          ${
            asksCode
              ? textField(view, {
                  name: 'code',
                  label: t('call.code'),
                  help: t('call.code.help'),
                  inputmode: 'numeric',
                  autocomplete: 'off',
                  size: 'short',
                })
              : nothing
          }
          <button class="button main">${t('calls.record')}</button>
        </form>
        <p>
          <a href="${href(locale, callSheetRoute, { round: params.round })}">${t('calls.back')}</a>
        </p>`
      return ok({ title: t('calls.record'), body, width: 'narrow' })
    },
  })

  const callForm = form({
    route: recordCallRoute,
    verb: 'checks.call.record',
    fields: z.object({
      number: z.string().max(40).default(''),
      minutesAgo: z.coerce
        .number()
        .default(0)
        .refine((minutes) => minutesAgo.some((each) => each === minutes), { error: 'field/invalid' }),
      outcome: z.enum(callOutcomes),
      takenBy: optionalLine(80),
      code: optionalLine(60),
    }),
    on: callPage,
    act: async (scope, call) => {
      const id = parseId<'check'>(scope.params.check)
      return id ? recordCall(scope, keys, id, call) : refuse({ code: 'checks/check-unknown', kind: 'absent' })
    },
    next: ({ locale, params }) => href(locale, callSheetRoute, { round: params.round }),
  })
  return { pages: [callPage], forms: [callForm] }
}

import { groupFingerprint, ok } from '@parley/kernel'
import {
  actButton,
  chip,
  errorSummary,
  facts,
  href,
  html,
  ltr,
  moment,
  notice,
  nothing,
  writeNumber,
} from '@parley/web'
import { z } from 'zod'
import { caseLink, counterpart } from '../../cases/pages/case-rows.ts'
import { form, formView, page } from '../../door/scope.ts'
import { takeTurns } from '../../in-turn.ts'
import { text } from '../../locales/index.ts'
import { arrivedRoute, caseRoute, casesRoute, leaveHandOverRoute, takeOverRoute } from '../../routes.ts'
import { arrived, waitingHandOver } from './arrived.ts'
import { deskFingerprint } from './desk-key.ts'
import { isKnownKey, takeOver } from './take-over.ts'

/** Who handed what over, before it is taken. */
export const arrivedPage = page({
  route: arrivedRoute,
  read: async (scope, typed) => {
    const { locale, kinds, record } = scope
    const waiting = await waitingHandOver(scope)
    if (!waiting.ok) return waiting
    const decided = await arrived(scope, waiting.value)
    if (!decided.ok) return decided
    const t = text(locale)
    const { contents, key, files } = waiting.value
    const { before, known } = decided.value
    const [first] = contents.links
    const opened = openingIn(first?.content.content)
    const beside = [...scope.cases.all()].find(
      ({ id, thread }) => id !== before?.id && thread !== undefined && thread === opened?.thread,
    )
    const kind = kinds.find(({ id }) => id === contents.from.kind)?.names[locale] ?? contents.from.kind
    const body = html`<h1>${t('within.arrived')}</h1>
      <p class="lede"><bdi>${opened?.title ?? ''}</bdi></p>
      <p>${chip(t('within.marking'))}</p>
      ${errorSummary(formView(scope, typed))}
      ${facts([
        [t('within.by'), html`<bdi>${contents.by}</bdi>, <bdi>${contents.from.entity}</bdi> (${kind})`],
        [t('within.made'), moment(locale, new Date(contents.madeAt))],
        [t('case.counterpart'), opened && counterpart(scope, opened)],
        [t('within.lines'), writeNumber(locale, contents.links.length)],
        [t('within.files'), writeNumber(locale, files.size)],
        [t('within.their-key'), ltr(groupFingerprint(deskFingerprint(key)))],
      ])}
      ${isKnownKey(record.lines(), key) ? notice(t('within.key-known')) : notice(t('within.key-new'), 'warn')}
      ${
        before
          ? html`<p>
              ${t.html('within.more', { title: caseLink(scope, before), number: contents.links.length - known.length })}
            </p>`
          : nothing
      }
      ${beside ? html`<p>${t.html('within.beside', { title: caseLink(scope, beside) })}</p>` : nothing}
      ${actButton(href(locale, takeOverRoute), t('within.take'), 'main')}
      ${actButton(href(locale, leaveHandOverRoute), t('within.leave'))}`
    return ok({ title: t('within.arrived'), width: 'narrow', body })
  },
})

const opening = z.object({
  title: z.string(),
  thread: z.string().optional(),
  counterpart: z.object({ state: z.string(), entity: z.string() }),
})

function openingIn(content: unknown): z.output<typeof opening> | undefined {
  return opening.safeParse(content).data
}

// Pressed twice, it is taken once.
const inTurn = takeTurns()

export const takeOverForm = form({
  route: takeOverRoute,
  on: arrivedPage,
  fields: z.object({}),
  act: (scope) =>
    inTurn(async () => {
      const { record, sealed, now, user } = scope
      const waiting = await waitingHandOver(scope)
      if (!waiting.ok) return waiting
      const decided = await arrived(scope, waiting.value)
      if (!decided.ok) return decided
      const taken = await takeOver({ record }, waiting.value, decided.value, { at: now, by: user.name })
      if (taken.ok) await sealed('hand-over').remove()
      return taken
    }),
  next: ({ locale }, id) => href(locale, caseRoute, { id }),
})

export const leaveHandOverForm = form({
  route: leaveHandOverRoute,
  on: arrivedPage,
  fields: z.object({}),
  act: async ({ sealed }) => {
    await sealed('hand-over').remove()
    return ok(undefined)
  },
  next: ({ locale }) => href(locale, casesRoute),
})

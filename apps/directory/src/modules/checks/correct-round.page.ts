import { directionOf, hour, type Locale, newId, ok, refuse } from '@parley/kernel'
import {
  choices,
  errorSummary,
  facts,
  hidden,
  href,
  html,
  type Html,
  linkButton,
  moment,
  notice,
  nothing,
  tickBox,
  writeLanguage,
  writeNumber,
} from '@parley/web'
import { z } from 'zod'
import type { Tx } from '../../platform/database/database.ts'
import type { Post } from '../../platform/mail/post.ts'
import {
  type DirectoryForm,
  type DirectoryPage,
  type DirectoryScope,
  form,
  formView,
  page,
} from '../../platform/pages/scope.ts'
import { type CheckMail, openRenderer } from './check.mail.ts'
import { correctRound, type CorrectionWanted, countToCorrect, findCorrection } from './correct-round.ts'
import type { Round } from './domain/check.ts'
import { correctionReasons, parseReason } from './domain/correction.ts'
import { text } from './locales/index.ts'
import { correctRoute, roundRoute } from './routes.ts'
import { seenRound } from './steer-round.ts'
import { findAsked, isOpen } from './stop-round.page.ts'

/** One correction of a round: why, to whom, and how it reads in each language, before it is sent. */
export function correcting(needs: CheckMail & { readonly post: Post }): {
  pages: readonly DirectoryPage[]
  forms: readonly DirectoryForm[]
} {
  const correctPage = page({
    route: correctRoute,
    verb: 'checks.rounds.read',
    read: async (scope, state) => {
      const { locale, tx, params, query, texts } = scope
      const t = text(locale)
      const found = await findAsked(tx, params.round)
      if (!found.ok) return found
      const round = found.value
      const typed = (name: string) => [state.values[name] ?? query.get(name) ?? ''].flat()[0]
      const reason = parseReason(typed('reason'))
      const wanted = reason && { reason, toAnswered: typed('answered') === 'yes' }
      const corrected = await findCorrection(tx, round.id)
      const title = t('correct.title', { number: round.number })
      const body = html`<h1>${title}</h1>
        ${errorSummary({ locale, texts, form: state })}
        ${
          corrected
            ? await correctionNote({ locale, tx }, round)
            : isOpen(round)
              ? html`<p class="lede">${t('correct.lede')}</p>
                  ${choosing(scope, round, wanted)}
                  ${wanted ? await confirming(needs, scope, round, wanted) : nothing}`
              : notice(t('correct.over'))
        }
        <p>${linkButton(href(locale, roundRoute, params), t('stop.not'))}</p>`
      return ok({ title, body, width: 'narrow' })
    },
  })
  const correctForm = form({
    route: correctRoute,
    verb: 'checks.round.steer',
    fields: z.object({
      reason: z.enum(correctionReasons),
      answered: z.string().optional(),
      confirmed: z.literal('yes', { error: 'checks/confirm-correction' }),
      /** The round and the choice as the page showed them. */
      seen: z.string().max(40).default(''),
    }),
    on: correctPage,
    act: async (scope, { reason, answered, seen }) => {
      const found = await findAsked(scope.tx, scope.params.round)
      if (!found.ok) return found
      const wanted = { reason, toAnswered: answered === 'yes' }
      if (seen !== seenCorrection(found.value, wanted))
        return refuse({ code: 'checks/round-changed', kind: 'conflict' })
      return correctRound(scope, found.value, wanted, needs.post.pace)
    },
    next: ({ locale, params }) => href(locale, roundRoute, params),
  })
  return { pages: [correctPage], forms: [correctForm] }
}

type Scope = Pick<DirectoryScope, 'locale' | 'tx' | 'now' | 'texts'>

function seenCorrection(round: Round, { reason, toAnswered }: CorrectionWanted): string {
  return seenRound(round, reason, toAnswered ? 'answered' : 'waiting')
}

function choosing(scope: Scope, round: Round, wanted: CorrectionWanted | undefined): Html {
  const { locale } = scope
  const t = text(locale)
  const view = formView(scope, { values: {}, errors: [] })
  return html`<form method="get" action="${href(locale, correctRoute, { round: round.id })}">
    ${choices(view, {
      kind: 'radio',
      name: 'reason',
      label: t('correct.reason'),
      chosen: wanted ? [wanted.reason] : [],
      options: correctionReasons.map((value) => ({ value, label: t(`correct.reason.${value}`) })),
    })}
    ${tickBox(view, {
      name: 'answered',
      label: t('correct.answered'),
      help: t('correct.answered.help'),
      ticked: wanted?.toAnswered === true,
    })}
    <button class="button${wanted ? '' : ' main'}">${t('correct.show')}</button>
  </form>`
}

async function confirming(
  needs: CheckMail,
  { locale, tx, now }: Scope,
  round: Round,
  wanted: CorrectionWanted,
): Promise<Html> {
  const t = text(locale)
  const counted = await countToCorrect(tx, round.id)
  const messages = counted.waiting + (wanted.toAnswered ? counted.answered : 0)
  return html`<h2>${t('correct.who')}</h2>
    ${facts([
      [t('correct.waiting'), writeNumber(locale, counted.waiting)],
      [
        t('correct.have-answered'),
        wanted.toAnswered ? writeNumber(locale, counted.answered) : t('correct.none'),
      ],
    ])}
    <p>${t('correct.rule')}</p>
    ${round.status === 'paused' ? notice(t('correct.paused'), 'warn') : notice(t('correct.unsent'), 'warn')}
    <h2>${t('correct.text')}</h2>
    ${needs.community.profile.languages.map((language) => inLanguage(needs, locale, language, round, wanted, now))}
    <form method="post" action="${href(locale, correctRoute, { round: round.id })}">
      ${hidden('reason', wanted.reason)}${wanted.toAnswered ? hidden('answered', 'yes') : nothing}
      ${hidden('seen', seenCorrection(round, wanted))}
      <div class="notice warn">
        <label class="choice"
          ><input type="checkbox" name="confirmed" value="yes" id="confirmed" />
          <span>${t('correct.confirm', { messages })}</span></label
        >
        <button class="button main">${t('correct.send')}</button>
      </div>
    </form>`
}

/** The correction as it will be sent, of a message that no check knows: its code answers nothing. */
function inLanguage(
  needs: CheckMail,
  locale: Locale,
  language: Locale,
  round: Round,
  { reason, toAnswered }: CorrectionWanted,
  now: Date,
): Html {
  const t = text(locale)
  const render = openRenderer(needs)
  const shown = (isAnswered: boolean) =>
    render({
      message: newId<'message'>(),
      check: newId<'check'>(),
      use: 'correction',
      correction: { reason, isAnswered },
      to: '',
      language,
      answerWithinHours: round.answerWithin / hour,
      attempts: 0,
      triedAt: now,
      at: now,
    })
  const card = (isAnswered: boolean) => {
    const mail = shown(isAnswered)
    return html`<div class="card" lang="${language}" dir="${directionOf(language)}">
      <section>
        <p><strong>${mail.subject}</strong></p>
        ${mail.text.split('\n\n').map((part) => html`<p>${part}</p>`)}
      </section>
    </div>`
  }
  return html`<details ${language === locale ? html` open` : nothing}>
    <summary>${writeLanguage(locale, language)}</summary>
    ${card(false)}
    ${
      toAnswered
        ? html`<p>${t('correct.to-answered')}</p>
            ${card(true)}`
        : nothing
    }
  </details>`
}

/** That a round was corrected, why, and how many of the corrections have gone out; nothing where it was not. */
export async function correctionNote(
  { locale, tx }: { readonly locale: Locale; readonly tx: Tx },
  round: Round,
): Promise<Html> {
  const t = text(locale)
  const found = await findCorrection(tx, round.id)
  if (!found) return nothing
  const { reason, at, sent, toSend } = found
  return notice(
    html`${t.html('correct.done', { at: moment(locale, at) })} ${t(`correct.reason.${reason}`)}
    ${t('correct.counts', { sent, toSend: isOpen(round) ? toSend : 0 })}`,
  )
}

import { hour } from '@parley/kernel'
import {
  actButton,
  type FormState,
  href,
  html,
  type Html,
  linkButton,
  nothing,
  select,
  tickBox,
  writeDuration,
} from '@parley/web'
import type { Case } from '../cases/case.ts'
import { channelText } from '../cases/pages/say-line.ts'
import { type DeskScope, formView } from '../door/scope.ts'
import { text } from '../locales/index.ts'
import {
  acknowledgeRoute,
  answerAfterAllRoute,
  declineRoute,
  leaveUnansweredRoute,
  lookIntoRoute,
  writeKindRoute,
} from '../routes.ts'
import { isOurTurn, lastHeard } from './last-heard.ts'
import { estimates } from './start-values.ts'

type Around = Pick<DeskScope, 'locale' | 'texts'>

/** What can be done with what they wrote: each choice is the State's own (POC-28), and nothing goes out unseen. */
export function answerPart(scope: Around, each: Case, form: FormState): Html {
  const heard = lastHeard(each)
  if (!each.isOpen || !heard) return nothing
  const { locale } = scope
  const t = text(locale)
  const here = { id: each.id }
  const view = formView(scope, form)
  // What answers a matter of our own asks for no receipt, though one may be sent.
  const isFirst = each.side === 'theirs' && !each.acknowledged.ours && !each.answered.ours
  const write = (kind: string) =>
    `${href(locale, writeKindRoute, { kind })}?${new URLSearchParams({ case: each.id })}`
  const acknowledge = html`${actButton(href(locale, acknowledgeRoute, here), t('answer.acknowledge'), isFirst ? 'main' : 'plain')}
    <p class="small">${t('answer.acknowledge.help')}</p>`
  const proposed = each.proposedChannel?.by === 'theirs' ? each.proposedChannel : undefined
  return html`<h2>${t('answer.title')}</h2>
    <p>${t('answer.why')} <a href="#line-${heard.n}">${t('answer.read')}</a></p>
    ${isFirst || isOurTurn(each) ? acknowledge : nothing}
    <p class="row">
      ${linkButton(write('response'), t('answer.now'))}
      ${linkButton(write('clarification'), t('answer.clarify'))}
    </p>
    <form method="post" action="${href(locale, lookIntoRoute, here)}">
      ${select(view, { name: 'hours', label: t('answer.look-into'), value: '24', options: estimates.map((hours) => ({ value: String(hours), label: writeDuration(locale, hours * hour) })) })}
      ${
        proposed
          ? tickBox(view, {
              name: 'agree',
              label: t('answer.agree', { channel: channelText(locale, proposed) }),
            })
          : nothing
      }
      <button class="button plain">${t('answer.look-into.act')}</button>
    </form>
    <details>
      <summary>${t('answer.others')}</summary>
      ${actButton(href(locale, declineRoute, here), t('answer.decline.act'))}
      <p class="small">${t('answer.decline.help')}</p>
      ${
        each.answered.ours?.answer === 'no-answer'
          ? actButton(href(locale, answerAfterAllRoute, here), t('answer.after-all.act'))
          : actButton(href(locale, leaveUnansweredRoute, here), t('answer.no-answer.act'))
      }
      <p class="small">
        ${t(each.answered.ours?.answer === 'no-answer' ? 'answer.after-all.help' : 'answer.no-answer.help')}
      </p>
    </details>`
}

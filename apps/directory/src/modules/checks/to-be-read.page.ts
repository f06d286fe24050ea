import { type Locale, ok, parseId, refuse, type Result } from '@parley/kernel'
import { type Mailbox, parseMail, type ReceivedMail, type WholeMail } from '@parley/mail'
import {
  chip,
  choices,
  empty,
  errorSummary,
  facts,
  type FormState,
  hidden,
  href,
  html,
  type Html,
  ltr,
  moment,
  notice,
  nothing,
  select,
  table,
  type View,
  writeNumber,
} from '@parley/web'
import { z } from 'zod'
import type { Keys } from '../../platform/config/keys.ts'
import { recordViewing } from '../../platform/history/record-viewing.ts'
import {
  type DirectoryForm,
  type DirectoryPage,
  type DirectoryScope,
  form,
  formView,
  page,
} from '../../platform/pages/scope.ts'
import type { Community } from '../community/index.ts'
import { decideMail, mailDecisions, matterOf } from './decide-mail.ts'
import { text } from './locales/index.ts'
import { receivedId } from './receive-mail.ts'
import { toBeReadRoute, waitingMailRoute } from './routes.ts'
import { findIntake, mostToBeRead } from './take-mail.ts'
import { findWaiting, listChoices, type MessageToChoose, type WaitingRow } from './waiting-mail.ts'

interface ToBeRead {
  readonly keys: Keys
  readonly community: Community
  readonly mailbox: Mailbox | undefined
}

/** So many are listed at once; whoever decides those sees the next. */
const mostListed = 50
/** Characters: a longer text is read in a mail program. */
const mostShown = 8_000

/** What no rule recognised, read where it lies on the mail server, and what the manager makes of it (RULE-1). */
export function toBeRead({ keys, community, mailbox }: ToBeRead): {
  pages: readonly DirectoryPage[]
  forms: readonly DirectoryForm[]
} {
  const listPage = page({
    route: toBeReadRoute,
    verb: 'checks.mail.read',
    read: async ({ locale, tx }) => {
      const t = text(locale)
      const intake = await findIntake(tx)
      const stopped = intake.stoppedAt
        ? notice(
            t.html('unread.stopped', {
              at: moment(locale, intake.stoppedAt),
              most: writeNumber(locale, mostToBeRead),
            }),
            'stop',
          )
        : nothing
      const frame = (inside: Html): Result<View> =>
        ok({
          title: t('unread.title'),
          body: html`<h1>${t('unread.title')}</h1>
            <p class="lede">${t('unread.lede')}</p>
            ${stopped}${inside}`,
        })
      return ok({
        ask: async () => {
          const mails = await heads(keys, mailbox)
          return async (scope) => {
            if (!mails) return frame(notice(t('unread.unreachable'), 'warn'))
            const rows = await findWaiting(
              scope.tx,
              mails.map(({ received }) => received),
            )
            const waiting = mails.filter(({ received }) => !rows.get(received)?.isDecided)
            if (waiting.length === 0) return frame(empty(t('unread.none')))
            const cells = waiting.map((mail) => [
              html`<a href="${href(locale, waitingMailRoute, { waiting: mail.id })}"
                >${moment(locale, mail.receivedAt)}</a
              >`,
              ltr(mail.from),
              seemsToBe(locale, community, rows.get(mail.received)),
            ])
            const columns = [t('when'), t('unread.from'), t('unread.seems')]
            return frame(
              html`${table(t('unread.title'), columns, cells)}
              ${mails.length === mostListed ? html`<p class="small">${t('unread.newest', { most: mostListed })}</p>` : nothing}`,
            )
          }
        },
      })
    },
  })

  const mailPage = page({
    route: waitingMailRoute,
    verb: 'checks.mail.read',
    read: async ({ params }, state) =>
      ok({
        ask: async () => {
          const whole = await mailbox?.readWaiting(params.waiting).catch(() => undefined)
          const parsed = whole && (await parseMail(whole.raw))
          const mail = parsed?.ok ? parsed.value : undefined
          return async (scope) => {
            if (!whole) return refuse({ code: 'checks/mail-gone', kind: 'absent' })
            const received = receivedId(keys, mail?.messageId, whole.raw)
            return showMail({ community, scope, state, whole, mail, received, liesAt: params.waiting })
          }
        },
      }),
  })

  const decideForm = form({
    route: waitingMailRoute,
    verb: 'checks.mail.decide',
    fields: z.object({
      received: z.string().regex(/^[\w-]{20,100}$/),
      decision: z.enum(mailDecisions),
      message: z.string().optional(),
    }),
    on: mailPage,
    act: (scope, { received, decision, message }) =>
      decideMail(scope, {
        received,
        decision,
        liesAt: scope.params.waiting.slice(0, 100),
        message: message === undefined ? undefined : parseId<'message'>(message),
      }),
    next: ({ locale }) => href(locale, toBeReadRoute),
  })
  return { pages: [listPage, mailPage], forms: [decideForm] }
}

/** Nothing where the mail server does not answer. */
async function heads(keys: Keys, mailbox: Mailbox | undefined) {
  const mails = await mailbox?.listWaiting(mostListed).catch(() => undefined)
  return (
    mails &&
    Promise.all(
      mails.map(async ({ id, receivedAt, head }) => {
        const parsed = await parseMail(head)
        const mail = parsed.ok ? parsed.value : undefined
        const from = mail?.from[0]?.address ?? '–'
        return { id, receivedAt, from, received: receivedId(keys, mail?.messageId, head) }
      }),
    )
  )
}

function seemsToBe(locale: Locale, community: Community, row: WaitingRow | undefined): Html {
  const t = text(locale)
  const probably =
    row?.verdict === 'probably-automatic' ? chip(t('unread.probably-automatic'), 'warn') : nothing
  if (!row?.check) return html`${t('unread.of-none')} ${probably}`
  const { state, kind, round } = row.check
  return html`${community.stateName(state, locale)}
    <span class="small">${community.kindName(kind, locale)} · ${t('round.title', { number: round })}</span>
    ${probably}`
}

interface Showing {
  readonly community: Community
  readonly scope: DirectoryScope
  readonly state: FormState
  readonly whole: WholeMail
  readonly mail: ReceivedMail | undefined
  readonly received: string
  readonly liesAt: string
}

/** RULE-1: shown as plain text and kept nowhere. RULE-9: that the manager read it stands in the State's history. */
async function showMail(showing: Showing): Promise<Result<View>> {
  const { community, scope, state, whole, mail, received, liesAt } = showing
  const { locale, tx } = scope
  const t = text(locale)
  const row = (await findWaiting(tx, [received])).get(received)
  if (row?.isDecided) return refuse({ code: 'checks/mail-gone', kind: 'absent' })
  await recordViewing(scope, { verb: 'mail.read', ...(await matterOf(scope, received, undefined, row)) })
  const states = await listChoices.states(tx)
  const asked = scope.query.get('state') ?? row?.check?.state
  const chosen = states.find((each) => each === asked)
  const messages = chosen ? await listChoices.messages(tx, chosen) : []
  const here = href(locale, waitingMailRoute, { waiting: liesAt })
  const view = formView(scope, state)
  const writer = mail?.from[0]
  const files = mail?.parts.length ?? 0
  const body = html`<h1>${t('unread.one')}</h1>
    ${errorSummary(view)} ${notice(t('unread.not-kept'), 'warn')}
    ${facts([
      [t('when'), moment(locale, whole.receivedAt)],
      [t('unread.from'), writer && html`<bdi>${writer.name}</bdi> ${ltr(writer.address)}`],
      [t('unread.subject'), mail && html`<bdi>${mail.subject}</bdi>`],
      [t('unread.seems'), seemsToBe(locale, community, row)],
      [t('unread.files'), files > 0 ? t('unread.files.closed', { number: files }) : undefined],
    ])}
    ${
      mail
        ? html`<div class="letter" dir="auto">${mail.text.slice(0, mostShown)}</div>
            ${mail.text.length > mostShown ? html`<p class="small">${t('unread.shortened')}</p>` : nothing}`
        : notice(t('unread.unreadable'), 'warn')
    }
    <h2>${t('unread.decide')}</h2>
    <form method="get" action="${here}" class="row">
      ${select(view, {
        name: 'state',
        label: t('unread.state'),
        value: chosen ?? '',
        options: [
          { value: '', label: t('unread.of-none') },
          ...states.map((code) => ({ value: code, label: community.stateName(code, locale) })),
        ],
      })}<button class="button plain">${t('unread.show')}</button>
    </form>
    <form method="post" action="${here}">
      ${hidden('received', received)}
      ${
        messages.length > 0
          ? select(view, {
              name: 'message',
              label: t('unread.message'),
              value: row?.message ?? '',
              options: [
                { value: '', label: t('unread.of-none') },
                ...messages.map((each) => ({ value: each.id, label: labelOf(locale, community, each) })),
              ],
            })
          : nothing
      }
      ${choices(view, {
        name: 'decision',
        kind: 'radio',
        label: t('unread.decision'),
        options: mailDecisions.map((decision) => ({
          value: decision,
          label: t(`unread.decision.${decision}`),
        })),
      })}
      <button class="button main">${t('unread.save')}</button>
    </form>
    <p><a href="${href(locale, toBeReadRoute)}">${t('unread.title')}</a></p>`
  return ok({ title: t('unread.one'), body, width: 'narrow' })
}

function labelOf(locale: Locale, community: Community, message: MessageToChoose): string {
  const round = text(locale)('round.title', { number: message.round })
  return `${round} · ${community.kindName(message.kind, locale)} · ${message.address}`
}

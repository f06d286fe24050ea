import { ok, refuse } from '@parley/kernel'
import { isPlainAddress } from '@parley/mail'
import { href, line, tick } from '@parley/web'
import { z } from 'zod'
import { form } from '../door/scope.ts'
import { mayGoOut } from '../exercise/nature.ts'
import { caseRoute, draftRoute, sendRoute, settleRoute } from '../routes.ts'
import { dropDraft, findDraft } from '../write/drafts.ts'
import { previewPage } from '../write/preview.page.ts'
import { saysDetail } from '../write/says-detail.ts'
import { correspondentsOf } from './correspondents.ts'
import { mailboxPage } from './mailbox.page.ts'
import { messageOf, sendMessage, settle } from './send-message.ts'

/** Sends a draft through the office's mail server; a message that was not taken stays a draft. */
export const sendForm = form({
  route: sendRoute,
  on: previewPage,
  fields: z.object({ to: line(320).refine(isPlainAddress, { error: 'field/invalid' }), unencrypted: tick }),
  act: async (scope, { to, unencrypted }) => {
    const draft = await findDraft(scope, scope.params.id)
    if (!draft) return refuse({ code: 'desk/draft-unknown', kind: 'absent' })
    const may = mayGoOut(scope, draft.message)
    if (!may.ok) return may
    const { keysOf } = await correspondentsOf(scope)
    const keys = unencrypted ? [] : keysOf(to)
    if (keys.length === 0 && !unencrypted && saysDetail(draft))
      return refuse({ code: 'desk/detail-unencrypted', kind: 'invalid', field: 'unencrypted' })
    const sent = await sendMessage(scope, draft, { to, keys })
    if (!sent.ok) return sent
    if (sent.value.kind === 'not-sent')
      return refuse({ code: `desk/mail-${sent.value.why}`, kind: 'conflict', field: 'to' })
    if (sent.value.kind === 'unknown') return ok(href(scope.locale, draftRoute, { id: draft.message.id }))
    const dropped = await dropDraft(scope, draft.message.id)
    return dropped.ok ? ok(href(scope.locale, caseRoute, { id: sent.value.case })) : dropped
  },
  next: (_, to) => to,
})

/** What became of a message, by somebody who knows: the other side says so, or the server's own list. */
export const settleForm = form({
  route: settleRoute,
  on: mailboxPage,
  fields: z.object({ outcome: z.enum(['sent', 'not-sent']) }),
  act: (scope, { outcome }) =>
    scope.mails.inTurn(async () => {
      const leaving = scope.mails.leaving().find(({ n }) => String(n) === scope.params.line)
      if (!leaving || scope.mails.sending.has(leaving.n))
        return refuse({ code: 'desk/settled', kind: 'conflict' })
      const settled = await settle(
        scope,
        leaving,
        outcome === 'sent' ? { kind: 'sent' } : { kind: 'not-sent', why: 'said-so' },
      )
      if (!settled.ok) return settled
      const dropped =
        outcome === 'sent' ? await dropDraft(scope, messageOf(leaving)?.id ?? '') : ok(undefined)
      return dropped.ok ? ok(leaving.case ?? '') : dropped
    }),
  next: ({ locale }, id) => href(locale, caseRoute, { id }),
})

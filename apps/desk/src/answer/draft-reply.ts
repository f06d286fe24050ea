import { ok, type Result } from '@parley/kernel'
import { defaultMarking, type Value } from '@parley/protocol'
import { caseUnknown } from '../cases/case-unknown.ts'
import type { Case } from '../cases/case.ts'
import type { DeskScope, Inside } from '../door/scope.ts'
import { addresseeOf, compose, lastMessage, templateOf, theirLanguage } from '../write/compose.ts'
import { type Draft, keepDraft, readDrafts } from '../write/drafts.ts'

type Around = Pick<DeskScope, 'desk' | 'locale' | 'session' | 'now' | 'params'> & Inside

/**
 * A reply to what they wrote last, in the languages of both sides and marked as theirs is: a draft, which goes out only
 * when somebody has seen it (POC-28). Pressed twice it is the same draft, with what was added to it meanwhile.
 */
export async function draftReply(
  scope: Around,
  kind: 'acknowledgement' | 'response' | 'channel',
  valuesFor: (each: Case) => Readonly<Record<string, Value>>,
): Promise<Result<Draft>> {
  const within = scope.cases.find(scope.params['id'] ?? '')
  const template = templateOf(kind)
  if (!within || !template) return caseUnknown
  const answered = lastMessage(within)
  const values = valuesFor(within)
  const before = (await readDrafts(scope)).find(
    ({ case: id, message }) =>
      id === within.id &&
      message.kind === kind &&
      message.answers === answered?.id &&
      message.values['answer'] === values['answer'],
  )?.message
  const composed = compose(
    scope,
    {
      template,
      to: addresseeOf(within),
      language: theirLanguage(within),
      tlp: before?.tlp ?? answered?.tlp ?? defaultMarking,
      values: { ...before?.values, ...values },
      ownReference: before?.from.ownReference,
    },
    within,
  )
  if (!composed.ok) return composed
  const message = before
    ? { ...composed.value, id: before.id, attachments: before.attachments }
    : composed.value
  const draft = { title: within.title, case: within.id, message }
  const kept = await keepDraft(scope, draft)
  return kept.ok ? ok(draft) : kept
}

/** An instant as a message writes it: UTC, whole seconds. */
export function instantOf(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`
}

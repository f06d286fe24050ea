import { type Locale, newId, ok, refuse, type Result } from '@parley/kernel'
import {
  checkMessage,
  defaultMarking,
  limits,
  type Message,
  newReference,
  type Party,
  reservationsVersion,
  startAnswer,
  type Template,
  template,
  type Value,
} from '@parley/protocol'
import type { Case } from '../cases/case.ts'
import { stateName } from '../office/members.ts'
import type { DeskScope, Inside } from '../door/scope.ts'
import { natureFrom } from '../exercise/nature.ts'

export interface Wanted {
  readonly template: Template
  readonly to: Pick<Party, 'state' | 'kind' | 'entity'>
  readonly language: Locale
  readonly tlp: string
  readonly values: Readonly<Record<string, Value>>
  /** Our own file number of the matter. */
  readonly ownReference?: string | undefined
}

/** A message of this office, put together and held against the format; a wrong value is said at its field. */
export function compose(
  {
    settings,
    user,
    desk,
    locale,
    session,
    exercises,
    now,
  }: Pick<DeskScope, 'desk' | 'locale' | 'session' | 'now'> & Inside,
  { template, to, language, tlp, values, ownReference }: Wanted,
  within: Case | undefined,
): Result<Message> {
  if (settings.state === '' || settings.entity === '')
    return refuse({ code: 'desk/office-missing', kind: 'conflict' })
  const nature = natureFrom({ session, exercises }, within)
  if (!nature.ok) return nature
  const own = settings.languages[0] ?? locale
  const languages = own === language ? [own] : [own, language]
  const answered = within && lastMessage(within)
  const names = (state: string) =>
    Object.fromEntries(languages.map((each) => [each, stateName(desk.members, state, each)]))
  const head = {
    thread: within?.thread ?? newId(),
    reference: within?.reference ?? newReference(),
    ...(answered && { answers: startAnswer(answered).answers }),
  }
  const checked = checkMessage({
    parley: 'message',
    version: 1,
    id: newId(),
    ...head,
    kind: template.kind,
    template: template.version,
    ...nature.value,
    tlp: tlp === '' ? defaultMarking : tlp,
    languages,
    from: {
      state: settings.state,
      stateNames: names(settings.state),
      kind: settings.kind,
      entity: settings.entity,
      name: user.name,
      ...ownReferenceOf(ownReference ?? within?.ownReference ?? answered?.to.ownReference),
    },
    to: {
      ...to,
      stateNames: names(to.state),
      ...ownReferenceOf(within?.theirReference),
    },
    writtenAt: `${now.toISOString().slice(0, 19)}Z`,
    values,
    reservations: reservationsVersion,
    attachments: [],
  })
  if (checked.ok) return ok(checked.value)
  const field = checked.refusal.field?.replace(/^values\./, 'v-').replace(/^from$/, 'own-reference') ?? ''
  return refuse({ code: 'desk/message-invalid', kind: 'invalid', field })
}

/** A file number as a message can carry it. */
function ownReferenceOf(typed: string | undefined): Pick<Party, 'ownReference'> {
  const ownReference = typed?.trim().slice(0, limits.name)
  return ownReference === undefined || ownReference === '' ? {} : { ownReference }
}

/** What they wrote last, as a program reads it; of no other State than the one that the case is with. */
export function lastMessage({ lines, counterpart }: Case): Message | undefined {
  for (const line of lines.toReversed()) {
    if (!line.known || line.what !== 'message.received' || line.content.message === undefined) continue
    const read = checkMessage(line.content.message)
    if (read.ok && read.value.from.state === counterpart.state) return read.value
  }
  return undefined
}

/** Whoever wrote last; the office that the case is with, where nobody did. */
export function addresseeOf(each: Case): Pick<Party, 'state' | 'kind' | 'entity'> {
  const { state, kind, entity } = lastMessage(each)?.from ?? each.counterpart
  return { state, kind, entity }
}

/** The other side's language: the one that they write in, else the one that we wrote to them in, else English. */
export function theirLanguage(each: Case): Locale {
  const last = lastMessage(each)
  if (last) return last.languages[0]
  const sent = each.lines.findLast((line) => line.known && line.what === 'message.sent')
  const read = sent?.known && sent.what === 'message.sent' ? checkMessage(sent.content.message) : undefined
  return read?.ok ? (read.value.languages[1] ?? read.value.languages[0]) : 'en'
}

/** The newest template of a kind. */
export function templateOf(kind: string): Template | undefined {
  return template(kind, 1)
}

import type { Message, Party } from './message.ts'

/** What an answer takes over from the message that it answers: the matter, its nature, both sides changed over. */
export type AnswerStart = Pick<
  Message,
  'parley' | 'version' | 'thread' | 'reference' | 'nature' | 'tlp' | 'languages' | 'from' | 'to' | 'answers'
> &
  Partial<Pick<Message, 'exercise'>>

/** The head of an answer. The writer's name, id, kind, values and time are for the one who answers to add. */
export function startAnswer(message: Message): AnswerStart {
  const [writers, addressees] = message.languages
  return {
    parley: 'message',
    version: 1,
    thread: message.thread,
    reference: message.reference,
    nature: message.nature,
    ...(message.exercise === undefined ? {} : { exercise: message.exercise }),
    tlp: message.tlp,
    languages: addressees === undefined ? [writers] : [addressees, writers],
    from: partyOf(message.to),
    to: partyOf(message.from),
    answers: message.id,
  }
}

function partyOf({ state, stateNames, kind, entity, ownReference }: Party): Party {
  return {
    state,
    ...(stateNames === undefined ? {} : { stateNames }),
    kind,
    entity,
    ...(ownReference === undefined ? {} : { ownReference }),
  }
}

/** The Message-ID of a message's e-mail, in the sender's own domain: the same each time it is made. */
export function messageIdOf({ id }: Pick<Message, 'id'>, domain: string): string {
  return `<${id}@${domain}>`
}

/** Message-IDs that an e-mail names at most. */
const mostReferences = 30

/** In-Reply-To and References of the answer to an e-mail (RFC 5322, 3.6.4): the first stays, the oldest others go. */
export function replyHeaders(mail: { readonly messageId: string; readonly references: readonly string[] }): {
  readonly inReplyTo: string
  readonly references: readonly string[]
} {
  const [first, ...others] = [...new Set([...mail.references, mail.messageId])]
  const kept = others.slice(1 - mostReferences)
  return { inReplyTo: mail.messageId, references: first === undefined ? kept : [first, ...kept] }
}

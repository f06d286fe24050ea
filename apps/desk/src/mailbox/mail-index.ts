import { takeTurns } from '../in-turn.ts'
import type { KnownLine, Line } from '../record/events.ts'
import type { Entry } from '../record/open-record.ts'

/** By what a mail finds where it belongs, kept in step with a record. */
export interface MailIndex {
  /** The same e-mail, taken in before: its line. */
  findDelivered(digest: string): number | undefined
  /** Whether a message of this id came in with another content. */
  isUsedId(id: string, digest: string): boolean
  caseOfThread(thread: string): string | undefined
  /** The case in which one of these e-mails was sent or received. */
  caseOfMails(ids: readonly string[]): string | undefined
  /** Nothing where two cases go by it. */
  caseOfReference(reference: string): string | undefined
  /** Message-IDs of a case in the order in which they were written down. */
  mailsOf(id: string): readonly string[]
  /** Mails that belong to no case yet, and those that somebody put aside. */
  unfiled(): readonly Received[]
  setAside(): readonly Received[]
  findUnfiled(line: number): Received | undefined
  /** Messages that were about to go out, and of which nothing more was written down. */
  leaving(): readonly Leaving[]
  /** Those of them that are on their way at this moment. */
  readonly sending: Set<number>
  /** Whether the message of this id is in the record as sent. */
  isSent(id: string): boolean
  /** Counts what is about to be written down, for what comes in with it; `forget` takes it back. */
  expect(entry: Entry): void
  /** Reads the record anew when asked next. */
  forget(): void
  /** One after the other: two mails of one matter open one case. */
  readonly inTurn: <T>(act: () => Promise<T>) => Promise<T>
}

export type Received = KnownLine<'message.received'>
export type Leaving = KnownLine<'message.leaving'>

export function openMailIndex(linesOf: () => readonly Line[]): MailIndex {
  let facts = noFacts()
  let seen = 0
  const inTurn = takeTurns()

  const follow = (): Facts => {
    const lines = linesOf()
    // Lines only become fewer when the record is closed.
    if (lines.length < seen) [facts, seen] = [noFacts(), 0]
    for (const line of lines.slice(seen)) note(facts, line)
    seen = lines.length
    return facts
  }

  return {
    findDelivered: (digest) => follow().delivered.get(digest),
    isUsedId: (id, digest) => {
      const before = follow().ids.get(id)
      return before !== undefined && before !== digest
    },
    caseOfThread: (thread) => follow().threads.get(thread),
    caseOfMails: (ids) => {
      const { mails } = follow()
      return ids.map((id) => mails.get(id)).find((found) => found !== undefined)
    },
    caseOfReference: (reference) => {
      const [only, ...others] = follow().references.get(reference) ?? []
      return others.length === 0 ? only : undefined
    },
    mailsOf: (id) => follow().mailsByCase.get(id) ?? [],
    unfiled: () => [...follow().unfiled.values()],
    setAside: () => [...follow().setAside.values()],
    findUnfiled: (line) => follow().unfiled.get(line) ?? follow().setAside.get(line),
    leaving: () => [...follow().leaving.values()],
    sending: new Set(),
    isSent: (id) => follow().sent.has(id),
    expect: (entry) => noteKeys(follow(), entry, 0),
    forget: () => {
      facts = noFacts()
      seen = 0
    },
    inTurn,
  }
}

type Facts = ReturnType<typeof noFacts>

function noFacts() {
  return {
    delivered: new Map<string, number>(),
    ids: new Map<string, string>(),
    threads: new Map<string, string>(),
    mails: new Map<string, string>(),
    mailsByCase: new Map<string, readonly string[]>(),
    references: new Map<string, Set<string>>(),
    unfiled: new Map<number, Received>(),
    setAside: new Map<number, Received>(),
    leaving: new Map<number, Leaving>(),
    sent: new Set<string>(),
  }
}

function note(facts: Facts, line: Line): void {
  if (!line.known) return
  noteKeys(facts, line, line.n)
  switch (line.what) {
    case 'message.received':
      if (line.case === undefined) facts.unfiled.set(line.n, line)
      return
    case 'mail.filed': {
      const filed = facts.unfiled.get(line.content.line) ?? facts.setAside.get(line.content.line)
      facts.unfiled.delete(line.content.line)
      facts.setAside.delete(line.content.line)
      if (filed && line.case !== undefined) noteKeys(facts, { ...filed, case: line.case }, filed.n)
      return
    }
    case 'mail.set-aside': {
      const aside = facts.unfiled.get(line.content.line)
      facts.unfiled.delete(line.content.line)
      if (aside) facts.setAside.set(aside.n, aside)
      return
    }
    case 'message.leaving':
      facts.leaving.set(line.n, line)
      return
    case 'message.sent': {
      const id = textIn(line.content.message, 'id')
      const before = facts.leaving.get(line.content.leaving ?? 0)
      // In a case that was handed over, the number is one of another Desk.
      if (before && textIn(before.content.message, 'id') === id) facts.leaving.delete(before.n)
      if (id !== undefined) facts.sent.add(id)
      return
    }
    case 'message.not-sent':
      facts.leaving.delete(line.content.leaving)
      return
    default:
      return
  }
}

interface Said {
  readonly what: string
  readonly case?: string
  readonly content: unknown
}

function noteKeys(facts: Facts, { what, case: id, content }: Said, n: number): void {
  const [digest, mailId, reference] = ['digest', 'mailId', 'reference'].map((name) => textIn(content, name))
  const message = memberOf(content, 'message')
  const messageId = textIn(message, 'id')
  if (digest !== undefined) facts.delivered.set(digest, n)
  if (digest !== undefined && messageId !== undefined && !facts.ids.has(messageId))
    facts.ids.set(messageId, digest)
  if (id === undefined) return
  for (const thread of [textIn(content, 'thread'), textIn(message, 'thread')])
    if (thread !== undefined && !facts.threads.has(thread)) facts.threads.set(thread, id)
  if (reference !== undefined) {
    const named = facts.references.get(reference) ?? new Set()
    facts.references.set(reference, named.add(id))
  }
  if (mailId === undefined || what === 'message.leaving') return
  facts.mails.set(mailId, id)
  const before = facts.mailsByCase.get(id) ?? []
  if (!before.includes(mailId)) facts.mailsByCase.set(id, [...before, mailId])
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function textIn(value: unknown, name: string): string | undefined {
  const found = memberOf(value, name)
  return typeof found === 'string' ? found : undefined
}

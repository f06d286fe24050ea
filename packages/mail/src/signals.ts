import { acknowledging, wordings } from './automatic-wording.ts'
import { isTicketHeader, programHeaders } from './marks.ts'
import type { ReceivedMail } from './received-mail.ts'

/** One sign that a mail was written by a program. */
export interface Signal {
  readonly name: string
  /**
   * `proof`: the form itself says so. `stamp`: a header says so, and help desks stamp people's answers too.
   * `hint`: a header that such systems write, on people's mail as well. `aside`: says nothing alone.
   * Wording: see `Wording`.
   */
  readonly weight: 'proof' | 'stamp' | 'hint' | 'aside' | 'strong-wording' | 'weak-wording'
}

/** Every sign that the mail shows, headers first. */
export function signalsOf(mail: ReceivedMail): readonly Signal[] {
  const subject = forMatching(mail.subject)
  const text = forMatching(mail.ownText)
  return [
    ...headerSigns.filter(({ shows }) => shows(mail)).map(({ name, weight }) => ({ name, weight })),
    ...wordings
      .filter(({ where, pattern }) => pattern.test(where === 'subject' ? subject : text))
      .map(({ name, strength }): Signal => ({
        name,
        weight: strength === 'strong' ? 'strong-wording' : 'weak-wording',
      })),
  ]
}

/** Whether the writer says "I confirm" or the like. */
export function speaksForPerson(mail: ReceivedMail): boolean {
  return acknowledging.test(forMatching(mail.ownText))
}

interface HeaderSign extends Signal {
  readonly shows: (mail: ReceivedMail) => boolean
}

const mark = (name: string, pattern: RegExp) => (mail: ReceivedMail) =>
  pattern.test(mail.marks.get(name) ?? '')

const headerSigns: readonly HeaderSign[] = [
  {
    name: 'disposition-notification',
    weight: 'proof',
    shows: (mail) =>
      mail.contentType.includes('disposition-notification') ||
      mail.parts.some(({ type }) => type === 'message/disposition-notification'),
  },
  { name: 'feedback-report', weight: 'proof', shows: (mail) => mail.contentType.includes('feedback-report') },
  {
    // RFC 9078, and Gmail's own form.
    name: 'reaction',
    weight: 'proof',
    shows: (mail) =>
      mail.parts.some(({ type, disposition }) => disposition === 'reaction' || /email-reaction/.test(type)),
  },
  {
    // RFC 3834: a responder that answers for itself writes both.
    name: 'auto-replied-from-nobody',
    weight: 'proof',
    shows: (mail) => mail.returnPath === '' && mark('auto-submitted', /^auto-replied/i)(mail),
  },
  {
    name: 'absence-rule',
    weight: 'proof',
    shows: mark('x-ms-exchange-generated-message-source', /mailbox rules agent/i),
  },
  { name: 'auto-submitted', weight: 'stamp', shows: mark('auto-submitted', /^(?!no\b)\S/i) },
  { name: 'x-autoreply', weight: 'stamp', shows: mark('x-autoreply', /^(?!no\b|false)\S/i) },
  { name: 'x-autorespond', weight: 'stamp', shows: mark('x-autorespond', /\S/) },
  { name: 'x-autoresponse', weight: 'stamp', shows: mark('x-autoresponse', /\S/) },
  { name: 'precedence-auto-reply', weight: 'stamp', shows: mark('precedence', /^auto[_-]?reply/i) },
  { name: 'from-nobody', weight: 'stamp', shows: (mail) => mail.returnPath === '' },
  { name: 'precedence-bulk', weight: 'hint', shows: mark('precedence', /^(?:bulk|junk|list)/i) },
  { name: 'list-id', weight: 'hint', shows: mark('list-id', /\S/) },
  { name: 'ticket-system', weight: 'hint', shows: isFromTicketSystem },
  { name: 'x-auto-response-suppress', weight: 'aside', shows: mark('x-auto-response-suppress', /\S/) },
]

const ticketPrograms =
  /\b(?:otrs|znuny|zammad|zendesk|freshdesk|glpi|servicenow|jira|osticket|request tracker|rt \d)/i

function isFromTicketSystem(mail: ReceivedMail): boolean {
  const namesOne = programHeaders.some((name) => mark(name, ticketPrograms)(mail))
  return namesOne || [...mail.marks.keys()].some(isTicketHeader)
}

/** Plain spaces and apostrophes, no direction marks, no Arabic stretching or vowel signs; the beginning only. */
function forMatching(text: string): string {
  return text
    .slice(0, 4_000)
    .normalize('NFC')
    .replace(/[\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}\u{640}\p{Mn}]/gu, '')
    .replace(/[\s\u00a0\u202f]+/g, ' ')
    .replace(/[’‘`´]/g, "'")
    .trim()
    .slice(0, 3_000)
}

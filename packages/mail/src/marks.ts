/** Headers that tell automatic mail and the systems that send it, by lower-case name. */
export function isMark(name: string): boolean {
  return names.has(name) || isTicketHeader(name)
}

/** Headers that only ticket systems write. */
export function isTicketHeader(name: string): boolean {
  return ticketPrefixes.some((prefix) => name.startsWith(prefix))
}

/** Headers in which a program names itself. */
export const programHeaders = ['x-mailer', 'user-agent', 'managed-by', 'x-managed-by']

const names = new Set([
  ...programHeaders,
  'auto-submitted',
  'list-id',
  'precedence',
  'x-auto-response-suppress',
  'x-autoreply',
  'x-autorespond',
  'x-autoresponse',
  'x-failed-recipients',
  'x-ms-exchange-generated-message-source',
])

const ticketPrefixes = [
  'rt-ticket',
  'x-freshdesk',
  'x-glpi',
  'x-jira',
  'x-otrs',
  'x-rt-',
  'x-servicenow',
  'x-ticket-id',
  'x-zendesk',
  'x-znuny',
]

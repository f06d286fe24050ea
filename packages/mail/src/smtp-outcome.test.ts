import { expect, test } from 'vitest'
import { outcomeOfError } from './smtp-outcome.ts'

const at = (command: string, response: string, code = 'EENVELOPE') => ({ command, response, code })

test.each([
  ['nobody listens', { code: 'ESOCKET', command: 'CONN' }, 'later', '4.4.1', 'ours'],
  ['no answer in time', { code: 'ETIMEDOUT', command: 'CONN' }, 'later', '4.4.2', 'ours'],
  ['the line drops after DATA', { code: 'ECONNECTION', command: 'CONN' }, 'later', '4.4.2', 'ours'],
  ['encryption fails', { code: 'ETLS', command: 'CONN' }, 'later', '4.7.0', 'ours'],
  [
    'a wrong password',
    at('AUTH PLAIN', '535 5.7.8 Error: authentication failed', 'EAUTH'),
    'later',
    '5.7.8',
    'ours',
  ],
  [
    'the relay is busy',
    at('CONN', '421 4.3.2 Service not available', 'ECONNECTION'),
    'later',
    '4.3.2',
    'ours',
  ],
  ['the relay defers the sender', at('MAIL FROM', '451 4.3.0 Try later'), 'later', '4.3.0', 'ours'],
  ['the relay refuses the sender', at('MAIL FROM', '550 5.7.1 Sender rejected'), 'refused', '5.7.1', 'ours'],
  [
    'the recipient is greylisted',
    at('RCPT TO', '450 4.7.1 Greylisted, try again'),
    'later',
    '4.7.1',
    'theirs',
  ],
  ['their mailbox is busy', at('RCPT TO', '450 4.2.1 Mailbox busy'), 'later', '4.2.1', 'theirs'],
  [
    'their domain does not resolve now',
    at('RCPT TO', '450 4.1.2 Domain not found'),
    'later',
    '4.1.2',
    'theirs',
  ],
  ['an old server defers the recipient', at('RCPT TO', '450 Mailbox busy'), 'later', '4.0.0', 'theirs'],
  ['we send too fast', at('RCPT TO', '451 4.7.0 Too many messages, throttled'), 'later', '4.7.0', 'ours'],
  [
    'the relay has no room',
    at('DATA', '452 4.3.1 Insufficient system storage', 'EMESSAGE'),
    'later',
    '4.3.1',
    'ours',
  ],
  ['the relay defers the message', at('DATA', '451 Local error', 'EMESSAGE'), 'later', '4.0.0', 'ours'],
  ['the session went wrong', at('RCPT TO', '503 5.5.1 Bad sequence'), 'later', '5.5.1', 'ours'],
  ['no such user', at('RCPT TO', '550 5.1.1 User unknown'), 'refused', '5.1.1', 'dead-address'],
  ['no such user, old server', at('RCPT TO', '550 No such user here'), 'refused', '5.0.0', 'dead-address'],
  ['no such domain', at('RCPT TO', '550 5.1.2 Host unknown'), 'refused', '5.1.2', 'dead-address'],
  ['the mailbox is full', at('DATA', '552 5.2.2 Over quota', 'EMESSAGE'), 'refused', '5.2.2', 'mailbox-full'],
  ['DMARC', at('DATA', '550 5.7.26 Unauthenticated mail', 'EMESSAGE'), 'refused', '5.7.26', 'ours'],
  ['spam, old server', at('DATA', '554 Rejected as spam', 'EMESSAGE'), 'refused', '5.0.0', 'ours'],
  ['who knows', at('RCPT TO', '554 5.0.0 No'), 'refused', '5.0.0', 'other'],
])('%s', (_what, error, kind, status, cause) => {
  expect(outcomeOfError(error)).toEqual({ kind, status, cause })
})

test('what is no error of the SMTP client is for later, and ours', () => {
  expect(outcomeOfError(new Error('anything'))).toEqual({ kind: 'later', status: '4.4.1', cause: 'ours' })
  expect(outcomeOfError(undefined)).toEqual({ kind: 'later', status: '4.4.1', cause: 'ours' })
})

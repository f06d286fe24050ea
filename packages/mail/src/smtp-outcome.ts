import { causeOfFailure, type FailureCause, findStatus, sendingSideWords } from './failure-cause.ts'

/** What became of handing one message to the relay. `status` is an enhanced status (RFC 3463), never a text. */
export type SendOutcome =
  | { readonly kind: 'accepted' }
  /** It will not be taken as it is. */
  | { readonly kind: 'refused'; readonly status: string; readonly cause: FailureCause }
  /** Try again. `ours`: the relay or the line to it; `theirs`: the other side's server. */
  | { readonly kind: 'later'; readonly status: string; readonly cause: 'theirs' | 'ours' }

/** What an error of the SMTP client says about the message: whose fault it is and whether to try again. */
export function outcomeOfError(error: unknown): SendOutcome {
  const { command, code, reply } = readError(error)
  const answered = /^[45]\d\d/.exec(reply)?.[0]
  if (answered === undefined) return { kind: 'later', status: lineStatus(code), cause: 'ours' }

  const status = findStatus(reply) ?? `${answered.charAt(0)}.0.0`
  const aboutRecipient = command === 'RCPT TO' || command === 'DATA'
  // 421 closes the line; 503 says that the session, not the message, went wrong.
  if (answered.startsWith('4') || answered === '503') {
    const theirs =
      aboutRecipient && answered !== '421' && answered !== '503' && isTheirDelay(command, status, reply)
    return { kind: 'later', status, cause: theirs ? 'theirs' : 'ours' }
  }
  if (code === 'EAUTH' || code === 'ETLS') return { kind: 'later', status, cause: 'ours' }
  return { kind: 'refused', status, cause: aboutRecipient ? causeOfFailure(status, reply) : 'ours' }
}

function isTheirDelay(command: string, status: string, reply: string): boolean {
  if (/gr[ea]y-?list/i.test(reply)) return true
  if (/^4\.[3567]\./.test(status) || sendingSideWords.test(reply)) return false
  // After DATA a relay speaks of itself unless its status says otherwise.
  return command === 'RCPT TO' || !status.endsWith('.0.0')
}

/** RFC 3463: 4.4.1 nobody answers, 4.4.2 the line broke, 4.7.0 sign-in or encryption failed. */
function lineStatus(code: string): string {
  if (code === 'EAUTH' || code === 'ENOAUTH' || code === 'ETLS') return '4.7.0'
  return code === 'ETIMEDOUT' || code === 'ECONNECTION' ? '4.4.2' : '4.4.1'
}

function readError(error: unknown): { command: string; code: string; reply: string } {
  const text = (name: string): string => {
    const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined
    return typeof value === 'string' ? value : ''
  }
  return { command: text('command'), code: text('code'), reply: text('response') }
}

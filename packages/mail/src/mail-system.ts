import type { ReceivedMail } from './received-mail.ts'

/** Whether a mail claims to come from a mail server: by the null sender, or by the name that servers write under. */
export function isFromMailSystem(mail: Pick<ReceivedMail, 'from' | 'returnPath' | 'marks'>): boolean {
  if (mail.returnPath === '' || mail.marks.has('x-failed-recipients')) return true
  return mail.from.some(({ address }) => serverNames.test(address))
}

const serverNames = /^(?:mailer-?daemon|postmaster|mail-daemon|microsoftexchange[\da-f]+)@/

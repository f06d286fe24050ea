import type { OutgoingMail } from '@parley/mail'

/** A delivery report on a message of ours, at its own return path; `says`: action and status, `failed 5.1.1`. */
export function reportOf({ to, returnPath, messageId }: OutgoingMail, says: string, id: string): string {
  const [action = '', status = ''] = says.split(' ')
  const words: Readonly<Record<string, string>> = {
    '5.1.1': 'smtp; 550 5.1.1 User unknown',
    '5.2.2': 'smtp; 552 5.2.2 Mailbox full',
    '5.7.1': 'smtp; 550 5.7.1 Message rejected by policy (DMARC)',
  }
  const diagnostic = words[status]
  return [
    'Return-Path: <>',
    `Delivered-To: ${returnPath}`,
    'From: Mail Delivery System <MAILER-DAEMON@mx.example>',
    `To: ${returnPath}`,
    'Subject: Delivery status notification',
    `Message-ID: <${id}@mx.example>`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
    '',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    '',
    `Final-Recipient: rfc822; ${to}`,
    `Action: ${action}`,
    `Status: ${status}`,
    ...(diagnostic ? [`Diagnostic-Code: ${diagnostic}`] : []),
    '',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${messageId}`,
    '',
    '--b--',
    '',
  ].join('\r\n')
}

import { findStatus } from './failure-cause.ts'
import type { DeliveryReport, ReturnedMail } from './received-mail.ts'
import { firstId } from './read-reports.ts'

/** What a mail of a mail system without a machine-readable report can say; the report is read from its words. */
export interface WordedBounce {
  readonly reports: readonly DeliveryReport[]
  readonly returned?: ReturnedMail
}

/** Reads a bounce in the words of a server known by them. `failedRecipients` is the header X-Failed-Recipients. */
export function readWordedBounce(
  text: string,
  failedRecipients: string | undefined,
): WordedBounce | undefined {
  const words = text.slice(0, 50_000)
  const known = knownBounces.find(({ mark }) => mark.test(words))
  if (known === undefined && failedRecipients === undefined) return undefined
  const cut = copyBelow.exec(words)?.index ?? words.length
  const above = words.slice(0, cut)
  const named = failedRecipients === undefined ? addressesIn(above) : failedRecipients.split(',')
  const status = findStatus(above)
  const report = {
    action: known?.action ?? 'failed',
    ...(status === undefined ? {} : { status }),
    diagnostic: above.slice(0, 2_000),
  } as const
  const recipients = named.map((name) => name.trim().toLowerCase()).filter((name) => name.includes('@'))
  const messageId = firstId(/^[ \t]*message-id:\s{0,20}\S{1,500}/im.exec(words)?.[0] ?? '')
  return {
    reports: recipients.length === 0 ? [report] : recipients.map((to) => ({ ...report, finalRecipient: to })),
    ...(messageId === undefined ? {} : { returned: { messageId, recipients: [] } }),
  }
}

/** How the mail systems that write no RFC 3464 report, or not always, begin theirs. */
export const knownBounces: readonly {
  readonly name: string
  readonly mark: RegExp
  readonly action: 'failed' | 'delayed'
}[] = [
  { name: 'qmail', mark: /^[ \t]*Hi\. This is the .{0,80}(?:program|deliver).{0,120}$/im, action: 'failed' },
  {
    name: 'exim-delay',
    mark: /message that you sent has not yet been delivered|has not been delivered to one or more of its recipients after/i,
    action: 'delayed',
  },
  { name: 'exim', mark: /A message that you sent could not be delivered to one or more/i, action: 'failed' },
  { name: 'postfix', mark: /^[ \t]*This is the mail system at host /im, action: 'failed' },
  {
    name: 'sendmail-delay',
    mark: /-----\s*The following addresses had transient non-fatal errors/i,
    action: 'delayed',
  },
  { name: 'sendmail', mark: /-----\s*The following addresses had permanent fatal errors/i, action: 'failed' },
  {
    name: 'gmail',
    mark: /Delivery to the following recipients? (?:has )?failed permanently|Address not found\s+Your message wasn't delivered/i,
    action: 'failed',
  },
  {
    name: 'exchange',
    mark: /(?:Delivery has failed to these recipients or (?:groups|distribution lists)|Échec de la remise à ces destinataires ou groupes|No se pudo entregar el mensaje a estos destinatarios o grupos|Сбой доставки следующим получателям или группам|未能向以下收件人或(?:组|通讯组)|تعذر تسليم الرسالة إلى هؤلاء المستلمين أو المجموعات)/i,
    action: 'failed',
  },
  {
    name: 'exchange-old',
    mark: /Your message did not reach some or all of the intended recipients/i,
    action: 'failed',
  },
  {
    name: 'yahoo',
    mark: /Sorry, (?:we were|I was) unable to deliver your message to the following address/i,
    action: 'failed',
  },
  {
    name: 'mimecast',
    mark: /This is a delivery failure notification message indicating that an email/i,
    action: 'failed',
  },
  {
    name: 'domino',
    mark: /^[ \t]*was not delivered to:\s{1,20}\S{1,300}\s{1,20}because:/im,
    action: 'failed',
  },
  {
    name: 'netease',
    mark: /(?:您的邮件被退回|抱歉，您的邮件(?:被退回|未能)|无法投递到以下收件人)/,
    action: 'failed',
  },
]

const copyBelow =
  /^[ \t]*(?:-{2,} ?(?:Below this line is a copy|This is a copy of the message|The header of the original|Original message)|Original message headers:|Message headers follow)/im

/** Addresses that stand alone at the beginning of a line, as every such report names its recipients. */
function addressesIn(text: string): readonly string[] {
  const found = text.matchAll(
    /^[ \t]{0,8}(?:-- )?[<"'(]?([^\s<>"'(),;:]{1,64}@[^\s<>"'(),;:]{1,253}?)[>"')]?(?:[ \t]*[:(<[].{0,300})?[ \t]*$/gm,
  )
  return [...new Set([...found].map(([, address]) => address ?? ''))].slice(0, 20)
}

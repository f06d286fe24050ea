import MailComposer from 'nodemailer/lib/mail-composer'
import { oneLine } from './outgoing-mail.ts'
import { parseMail } from './parse-mail.ts'

export interface Reply {
  readonly from: { readonly name: string; readonly address: string }
  readonly text: string
  readonly at: Date
}

/**
 * A plain answer to `original` as a mail program writes it: to its Reply-To, threaded, the original quoted below.
 * Undefined if the original cannot be read or says nowhere to answer to.
 */
export async function composeReply(original: Uint8Array, reply: Reply): Promise<Uint8Array | undefined> {
  const read = await parseMail(original)
  if (!read.ok) return undefined
  const mail = read.value
  const to = mail.replyTo[0] ?? mail.from[0]
  if (to === undefined) return undefined
  const writer = mail.from[0]
  const opening = `On ${(mail.sentAt ?? reply.at).toUTCString()}, ${oneLine(writer?.name ?? '')} <${writer?.address ?? ''}> wrote:`
  const quoted = mail.text
    .trimEnd()
    .split('\n')
    .map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`))
  const composer = new MailComposer({
    from: { name: oneLine(reply.from.name), address: reply.from.address },
    to: { name: oneLine(to.name), address: to.address },
    subject: /^re:/i.test(mail.subject) ? oneLine(mail.subject) : `Re: ${oneLine(mail.subject)}`,
    ...(mail.messageId === undefined
      ? {}
      : { inReplyTo: mail.messageId, references: [...mail.references, mail.messageId] }),
    date: reply.at,
    text: [reply.text.trimEnd(), '', opening, ...quoted, ''].join('\n'),
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return composer.compile().build()
}

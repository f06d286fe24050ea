import type { MailServers } from '@parley/testkit'

/** What somebody types into the mail settings for a mailbox of these servers. */
export function mailFields(
  servers: MailServers,
  mailbox: string,
  domain: string,
): Readonly<Record<string, string>> {
  const [imap, smtp] = [new URL(servers.imapUrl(mailbox)), new URL(servers.smtpUrl)]
  return {
    address: `${mailbox}@${domain}`,
    all: 'yes',
    'imap-host': imap.hostname,
    'imap-port': imap.port,
    'imap-security': 'none',
    'imap-user': decodeURIComponent(imap.username),
    'imap-password': imap.password,
    'smtp-host': smtp.hostname,
    'smtp-port': smtp.port,
    'smtp-security': 'none',
  }
}

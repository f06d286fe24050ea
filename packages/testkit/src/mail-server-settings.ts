import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface MailServerOptions {
  /** The domain whose mail is delivered here. */
  readonly domain: string
  /** Local parts; `name+detail@domain` goes to `name`. */
  readonly mailboxes: readonly string[]
}

/**
 * Domains that Postfix takes mail for and then bounces with a real notice. Every other domain, and an unknown
 * user of our own, is refused with 550 while the client waits.
 */
export const bouncingDomains = {
  'bounces.example': 'bouncer:5.1.1 User unknown',
  'full.example': 'bouncer:5.2.2 Mailbox full',
  'strict.example': 'bouncer:5.7.1 Rejected by the policy of the recipient',
} as const

export const password = 'correct-horse'

export interface Ports {
  readonly smtp: number
  readonly imap: number
  readonly lmtp: number
}

/** Postfix's own configuration folder: it delivers to Dovecot over LMTP and resolves no name. */
export async function writePostfix(
  folder: string,
  { domain, mailboxes }: MailServerOptions,
  ports: Ports,
): Promise<void> {
  const file = (name: string, lines: readonly string[]) =>
    writeFile(join(folder, 'postfix', name), `${lines.join('\n')}\n`)
  const table = (name: string) => `texthash:${join(folder, 'postfix', name)}`
  await file(
    'mailboxes',
    mailboxes.map((name) => `${name}@${domain} ${name}`),
  )
  await file(
    'transport',
    Object.entries(bouncingDomains).map((entry) => entry.join(' ')),
  )
  await file(
    'taken',
    [domain, ...Object.keys(bouncingDomains)].map((name) => `${name} OK`),
  )
  await file('main.cf', [
    'compatibility_level = 3.6',
    `queue_directory = ${join(folder, 'queue')}`,
    `data_directory = ${join(folder, 'state')}`,
    `maillog_file = ${join(folder, 'postfix.log')}`,
    `maillog_file_prefixes = ${folder}`,
    `myhostname = relay.${domain}`,
    'mydestination =',
    'inet_interfaces = 127.0.0.1',
    'inet_protocols = ipv4',
    'mynetworks = 127.0.0.0/8',
    'disable_dns_lookups = yes',
    'smtpd_peername_lookup = no',
    'recipient_delimiter = +',
    `virtual_mailbox_domains = ${domain}`,
    `virtual_mailbox_maps = ${table('mailboxes')}`,
    `virtual_transport = lmtp:inet:127.0.0.1:${ports.lmtp}`,
    `transport_maps = ${table('transport')}`,
    'lmtp_destination_recipient_limit = 1',
    `smtpd_recipient_restrictions = check_recipient_access ${table('taken')}, check_recipient_access static:{550 5.1.2 No such domain here}`,
    // A Dovecot that comes back gets its mail within seconds.
    'queue_run_delay = 1s',
    'minimal_backoff_time = 1s',
    'maximal_backoff_time = 2s',
    'smtpd_client_connection_count_limit = 0',
  ])
  await file('master.cf', masterCf(ports))
}

/** Every chroot column is `n`: Debian's default `y` needs files that only its own service puts there. */
function masterCf(ports: Ports): readonly string[] {
  return [
    `127.0.0.1:${ports.smtp} inet n - n - - smtpd`,
    'cleanup unix n - n - 0 cleanup',
    'qmgr unix n - n 300 1 qmgr',
    'rewrite unix - - n - - trivial-rewrite',
    'bounce unix - - n - 0 bounce',
    'defer unix - - n - 0 bounce',
    'trace unix - - n - 0 bounce',
    'error unix - - n - - error',
    'retry unix - - n - - error',
    'anvil unix - - n - 1 anvil',
    'scache unix - - n - 1 scache',
    'proxymap unix - - n - - proxymap',
    'postlog unix-dgram n - n - 1 postlogd',
    // D, O: write Delivered-To and X-Original-To. X: this is the final delivery, so a success notice says "delivered".
    'lmtp unix - - n - - lmtp flags=DOX',
    // `error` would be refused at once by smtpd: a command that fails is asked only after the mail was taken.
    'bouncer unix - n n - - pipe user=nobody argv=/bin/sh -c {echo "$$1"; exit 69} - ${nexthop}',
  ]
}

/** One maildir for each local part, the same password for all. */
export function dovecotConf(folder: string, ports: Ports): string {
  return `
base_dir = ${join(folder, 'run')}
log_path = ${join(folder, 'dovecot.log')}
listen = 127.0.0.1
protocols = imap lmtp
ssl = no
disable_plaintext_auth = no
auth_username_format = %n
recipient_delimiter = +
lmtp_hdr_delivery_address = none
first_valid_uid = 1
mail_location = maildir:~/Maildir
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = uid=nobody gid=nogroup home=${join(folder, 'mail')}/%n allow_all_users=yes
}
service imap-login {
  inet_listener imap {
    port = ${ports.imap}
  }
  inet_listener imaps {
    port = 0
  }
}
service lmtp {
  inet_listener lmtp {
    port = ${ports.lmtp}
  }
}
`
}

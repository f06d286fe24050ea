import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs'
import { chmod, chown, mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from './free-port.ts'
import { findProgram, missingPrograms } from './missing-programs.ts'

export interface MailServerOptions {
  /** The domain whose mail is delivered here. */
  readonly domain: string
  /** Local parts; `name+detail@domain` goes to `name`. */
  readonly mailboxes: readonly string[]
}

/** A real Postfix and a real Dovecot of our own on 127.0.0.1, in a temporary folder. */
export interface MailServers {
  readonly smtpUrl: string
  imapUrl(mailbox: string): string
  stopSmtp(): Promise<void>
  startSmtp(): Promise<void>
  /** Stops Dovecot: no mailbox can be read, and Postfix keeps what it should deliver. */
  stopImap(): Promise<void>
  startImap(): Promise<void>
  /** Stops both for good and removes the folder. */
  stop(): Promise<void>
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

/** Starts both servers. Throws where the programs are missing or the process is not root: Postfix needs it. */
export async function startMailServers(options: MailServerOptions): Promise<MailServers> {
  const missing = missingPrograms('mail').map(({ name }) => name)
  if (missing.length > 0) throw new Error(`Not installed: ${missing.join(', ')}.`)
  if (process.getuid?.() !== 0) throw new Error('Postfix starts only as root.')

  const folder = await mkdtemp(join(tmpdir(), 'parley-mail-'))
  const ports = { smtp: await freePort(), imap: await freePort(), lmtp: await freePort() }
  await prepareFolder(folder)
  await writePostfix(folder, options, ports)
  await writeFile(join(folder, 'dovecot.conf'), dovecotConf(folder, ports))

  const postfix = daemon(folder, 'postfix', ['-c', join(folder, 'postfix'), 'start-fg'], [ports.smtp])
  const dovecot = daemon(folder, 'dovecot', ['-F', '-c', join(folder, 'dovecot.conf')], [ports.imap, ports.lmtp])

  const leave = () => {
    postfix.kill()
    dovecot.kill()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  // Vitest leaves at once on Ctrl+C, without a word to us.
  process.once('exit', leave)
  const stop = async () => {
    await Promise.all([postfix.stop(), dovecot.stop()])
    process.off('exit', leave)
    leave()
  }

  try {
    await Promise.all([postfix.start(), dovecot.start()])
  } catch (fault) {
    await stop()
    throw fault
  }
  return {
    smtpUrl: `smtp://127.0.0.1:${ports.smtp}`,
    imapUrl: (mailbox) => `imap://${encodeURIComponent(mailbox)}:${password}@127.0.0.1:${ports.imap}`,
    stopSmtp: postfix.stop,
    startSmtp: postfix.start,
    stopImap: dovecot.stop,
    startImap: dovecot.start,
    stop,
  }
}

const password = 'correct-horse'

interface Ports {
  readonly smtp: number
  readonly imap: number
  readonly lmtp: number
}

/** A server in a process group of its own, which can be stopped and started again. */
function daemon(folder: string, name: string, args: readonly string[], ports: readonly number[]) {
  const program = findProgram(name) ?? name
  const log = join(folder, `${name}.out`)
  let running: ChildProcess | undefined

  async function start(): Promise<void> {
    const out = openSync(log, 'a')
    const child = spawn(program, args, { detached: true, stdio: ['ignore', out, out] })
    closeSync(out)
    running = child
    while (!(await Promise.all(ports.map(answers))).every(Boolean)) {
      if (hasEnded(child)) throw new Error(`${name} does not start:\n${logsOf(folder)}`)
      await sleep(50)
    }
  }

  async function stop(): Promise<void> {
    const child = running
    running = undefined
    if (!child || hasEnded(child)) return
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  }

  /** At once, with everything that it started. */
  function kill(): void {
    try {
      if (running?.pid !== undefined) process.kill(-running.pid, 'SIGKILL')
    } catch {
      // gone already
    }
  }
  return { start, stop, kill }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

function logsOf(folder: string): string {
  return ['postfix.out', 'postfix.log', 'dovecot.out', 'dovecot.log']
    .map((name) => {
      try {
        return readFileSync(join(folder, name), 'utf8').slice(-2_000)
      } catch {
        return ''
      }
    })
    .join('\n')
}

async function prepareFolder(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const name of ['postfix', 'queue', 'state', 'mail', 'run']) await mkdir(join(folder, name))
  await chown(join(folder, 'state'), ...accountOf('postfix'))
  await chown(join(folder, 'mail'), ...accountOf('nobody'))
}

function accountOf(name: string): [number, number] {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((account) => account.startsWith(`${name}:`))
  if (line === undefined) throw new Error(`No account ${name} here.`)
  const [, , uid, gid] = line.split(':')
  return [Number(uid), Number(gid)]
}

async function writePostfix(folder: string, { domain, mailboxes }: MailServerOptions, ports: Ports): Promise<void> {
  const file = (name: string, lines: readonly string[]) =>
    writeFile(join(folder, 'postfix', name), `${lines.join('\n')}\n`)
  const table = (name: string) => `texthash:${join(folder, 'postfix', name)}`
  await file('mailboxes', mailboxes.map((name) => `${name}@${domain} ${name}`))
  await file('transport', Object.entries(bouncingDomains).map((entry) => entry.join(' ')))
  await file('taken', [domain, ...Object.keys(bouncingDomains)].map((name) => `${name} OK`))
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
    // Under the name `error` smtpd would refuse at once what it should take and bounce later.
    'bouncer unix - - n - - error',
  ]
}

function dovecotConf(folder: string, ports: Ports): string {
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

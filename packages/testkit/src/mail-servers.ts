import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs'
import { chmod, chown, mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { freePort } from './free-port.ts'
import { dovecotConf, password, writePostfix, type MailServerOptions } from './mail-server-settings.ts'
import { findProgram, missingPrograms } from './missing-programs.ts'

export { bouncingDomains, type MailServerOptions } from './mail-server-settings.ts'

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

  // `postfix start` would leave a server that is no child of ours: it only lays out the queue, `master` is the server.
  await promisify(execFile)(program('postfix'), ['-c', join(folder, 'postfix'), 'check'])
  const master = join(await postfixSetting('daemon_directory'), 'master')
  const postfix = daemon(folder, 'postfix', [master, '-d', '-c', join(folder, 'postfix')], [ports.smtp])
  const dovecot = daemon(
    folder,
    'dovecot',
    [program('dovecot'), '-F', '-c', join(folder, 'dovecot.conf')],
    [ports.imap, ports.lmtp],
  )

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

/** A server in a process group of its own, which can be stopped and started again. */
function daemon(
  folder: string,
  name: string,
  [file = name, ...args]: readonly string[],
  ports: readonly number[],
) {
  const log = join(folder, `${name}.out`)
  let running: ChildProcess | undefined

  async function start(): Promise<void> {
    const out = openSync(log, 'a')
    const child = spawn(file, args, { detached: true, stdio: ['ignore', out, out] })
    closeSync(out)
    running = child
    while (!(await Promise.all(ports.map(answers))).every(Boolean)) {
      if (hasEnded(child)) throw new Error(`${name} does not start:\n${logsOf(folder)}`)
      await sleep(50)
    }
  }

  async function stop(): Promise<void> {
    const child = running
    if (!child) return
    if (!hasEnded(child)) {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    }
    // Dovecot's sessions outlive it by a while.
    kill()
    running = undefined
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

function program(name: string): string {
  return findProgram(name) ?? name
}

async function postfixSetting(name: string): Promise<string> {
  const { stdout } = await promisify(execFile)(program('postconf'), ['-d', '-h', name])
  return stdout.trim()
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

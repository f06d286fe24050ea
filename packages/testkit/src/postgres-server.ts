import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync, readFileSync, rmSync } from 'node:fs'
import { appendFile, chown, mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Client, escapeIdentifier } from 'pg'
import { findPostgresFolder } from './missing-programs.ts'
import { freePort } from './free-port.ts'

/** A PostgreSQL server of our own on 127.0.0.1, in a temporary folder, without passwords. */
export interface PostgresServer {
  /** The owner's way into the server: a role that may create databases and roles, not a superuser. */
  readonly ownerUrl: string
  readonly port: number
  createDatabase(name: string): Promise<DatabaseUrls>
  /** Stops cleanly, breaking open connections, and starts again on the same port. */
  restart(): Promise<void>
  /** Ends every process of the server at once (`kill -9`); `start` then recovers from the log. */
  kill(): Promise<void>
  /** Breaks off all work and leaves without tidying up; `start` then recovers from the log. */
  stopAtOnce(): Promise<void>
  /** Whether it has not ended, by itself or otherwise. */
  isRunning(): boolean
  start(): Promise<void>
  /** Stops for good and removes the folder. */
  stop(): Promise<void>
}

/** The two ways into one database: its owner, and `parley_app`, which has only what the owner grants. */
export interface DatabaseUrls {
  readonly ownerUrl: string
  readonly appUrl: string
}

export interface PostgresOptions {
  /** Write to the disk before a commit is acknowledged, as a real server does. Off unless asked for: it is slow. */
  readonly durable?: boolean
  /** Where its folder is made; the temporary folder unless said. */
  readonly within?: string
  /** Megabytes of the log that are kept; its disk may be small. */
  readonly logSize?: number
}

const superuser = 'postgres'
const owner = 'parley_owner'
const app = 'parley_app'

/** Makes a server and starts it. Throws when PostgreSQL is not installed or does not start. */
export async function startPostgres({
  durable = false,
  within = tmpdir(),
  logSize,
}: PostgresOptions = {}): Promise<PostgresServer> {
  const programs = findPostgresFolder()
  if (!programs) throw new Error('No PostgreSQL server here (initdb, postgres).')
  const account = accountForServer()
  const folder = await mkdtemp(join(within, 'parley-postgres-'))
  const log = join(folder, 'server.log')
  const data = join(folder, 'data')
  const port = await freePort()
  const urlOf = (role: string, database = 'postgres') =>
    `postgresql://${role}@127.0.0.1:${port}/${encodeURIComponent(database)}`
  let running: ChildProcess | undefined

  const start = async () => {
    // After a kill the last processes of the old server may still hold its memory for a moment.
    for (let attempt = 1; ; attempt += 1) {
      const logFile = openSync(log, 'a')
      const child = spawn(join(programs, 'postgres'), ['-D', data], {
        ...account,
        cwd: folder,
        stdio: ['ignore', logFile, logFile],
      })
      closeSync(logFile)
      if (await answers(child, urlOf(superuser))) {
        running = child
        return
      }
      if (attempt === 100) throw new Error(`PostgreSQL does not start:\n${await readFile(log, 'utf8')}`)
      await sleep(100)
    }
  }

  /** `SIGINT` is PostgreSQL's "fast" shutdown, `SIGQUIT` its "immediate" one. */
  const halt = async (signal: 'SIGINT' | 'SIGQUIT' = 'SIGINT') => {
    const child = running
    running = undefined
    if (!child || hasEnded(child)) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }

  const kill = async () => {
    const child = running
    if (!child || hasEnded(child)) return
    running = undefined
    // One that answers nobody just now has no work of anybody either.
    const workers = await query<{ pid: number }>(urlOf(superuser), 'select pid from pg_stat_activity').catch(
      () => [],
    )
    const ended = hasEnded(child) ? undefined : once(child, 'exit')
    child.kill('SIGKILL')
    for (const { pid } of workers) killIfThere(pid)
    await ended
  }

  // Vitest leaves at once on Ctrl+C, without a word to us.
  const leave = () => {
    running?.kill('SIGQUIT')
    removeFolder(folder)
  }
  process.once('exit', leave)

  const stop = async () => {
    await halt()
    removeFolder(folder)
    process.off('exit', leave)
  }

  try {
    if (account) await chown(folder, account.uid, account.gid)
    const locale = ['--encoding=UTF8', '--locale=C', '--lc-ctype=C.UTF-8'] // as PGlite has it
    await promisify(execFile)(
      join(programs, 'initdb'),
      ['-D', data, '--auth=trust', `--username=${superuser}`, '--no-sync', ...locale],
      { ...account, cwd: folder },
    )
    await appendFile(join(data, 'postgresql.conf'), settings(port, durable, logSize))
    await start()
    await query(urlOf(superuser), `create role ${owner} login createdb createrole`)
    await query(urlOf(owner), `create role ${app} login noinherit`)
  } catch (fault) {
    await stop()
    throw fault
  }

  return {
    ownerUrl: urlOf(owner),
    port,
    createDatabase: (name) => createPostgresDatabase(urlOf(owner), name),
    restart: async () => {
      await halt()
      await start()
    },
    kill,
    stopAtOnce: () => halt('SIGQUIT'),
    isRunning: () => running !== undefined && !hasEnded(running),
    start,
    stop,
  }
}

/** Creates a database on a server that another process started (`ownerUrl` is the server's), a copy where one is named. */
export async function createPostgresDatabase(
  ownerUrl: string,
  name: string,
  copyOf = 'template1',
): Promise<DatabaseUrls> {
  await query(ownerUrl, `create database ${escapeIdentifier(name)} template ${escapeIdentifier(copyOf)}`)
  const ownerOfDatabase = new URL(ownerUrl)
  ownerOfDatabase.pathname = encodeURIComponent(name)
  const appOfDatabase = new URL(ownerOfDatabase)
  appOfDatabase.username = app
  return { ownerUrl: ownerOfDatabase.href, appUrl: appOfDatabase.href }
}

function settings(port: number, durable: boolean, logSize: number | undefined): string {
  const lines = ["listen_addresses = '127.0.0.1'", `port = ${port}`, "unix_socket_directories = ''"]
  if (!durable) lines.push('fsync = off', 'synchronous_commit = off', 'full_page_writes = off')
  if (logSize !== undefined) lines.push(`max_wal_size = '${logSize}MB'`)
  return `\n${lines.join('\n')}\n`
}

/** PostgreSQL refuses to run as root: there it gets an account that may do nothing else. */
function accountForServer(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const found = ['postgres', 'nobody'].flatMap((name) => accounts.filter(([account]) => account === name))[0]
  if (!found) throw new Error('PostgreSQL does not run as root, and there is no account postgres or nobody.')
  return { uid: Number(found[2]), gid: Number(found[3]) }
}

/** Waits until the server takes connections (true) or has ended (false). */
async function answers(child: ChildProcess, url: string): Promise<boolean> {
  while (!hasEnded(child)) {
    try {
      await query(url, 'select 1')
      return !hasEnded(child)
    } catch {
      await sleep(50)
    }
  }
  return false
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

async function query<Row extends object>(url: string, sql: string): Promise<readonly Row[]> {
  const client = new Client({ connectionString: url })
  try {
    await client.connect()
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // gone already
  }
}

/** A server that is just ending still writes and removes files: what that leaves behind goes with the next attempt. */
function removeFolder(folder: string): void {
  for (let attempt = 1; attempt <= 50 && existsSync(folder); attempt += 1) {
    try {
      rmSync(folder, { recursive: true, force: true })
    } catch {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
    }
  }
}

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findProgram, freePort } from '@parley/testkit'

/** A proxy with the example configuration of the documents: only ports, files and the certificate are its own. */
export interface Proxy {
  readonly securePort: number
  readonly plainPort: number
  /** The throw-away certificate, for those who shall believe it. */
  readonly certificate: string
  /** Everything that it wrote. */
  readonly folder: string
  stop(): Promise<void>
}

export const proxies = ['nginx', 'Caddy'] as const
export type ProxyName = (typeof proxies)[number]

const examples = new URL('../../../../docs/operate/proxy/', import.meta.url)

interface Place {
  readonly folder: string
  readonly upstream: number
  readonly securePort: number
  readonly plainPort: number
}

export async function startProxy(name: ProxyName, upstream: number): Promise<Proxy> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-proxy-'))
  const certificate = makeCertificate(folder)
  const place = { folder, upstream, securePort: await freePort(), plainPort: await freePort() }
  const started = name === 'nginx' ? startNginx(place) : startCaddy(place)
  const ended = new Promise<void>((resolve) => started.once('exit', () => resolve()))
  let said = ''
  for (const stream of [started.stdout, started.stderr]) stream?.on('data', (part) => (said += String(part)))
  await isListening(
    place.securePort,
    () => started.exitCode === null,
    () => said,
  )
  return {
    ...place,
    certificate,
    stop: async () => {
      started.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function startNginx(place: Place): ChildProcess {
  const { folder } = place
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  const example = exampleOf('nginx.conf', place)
    .replace(/^ *listen \[::\].*$/gm, '')
    .replace(/listen 443/g, `listen 127.0.0.1:${place.securePort}`)
    .replace(/listen 80/g, `listen 127.0.0.1:${place.plainPort}`)
    .replaceAll('/var/log/nginx/', `${folder}/`)
  const whole = `daemon off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log crit;
events {}
http {
${kinds.map((kind) => `${kind}_temp_path ${folder}/${kind};`).join('\n')}
${example}
}
`
  const file = join(folder, 'nginx.conf')
  writeFileSync(file, whole)
  return spawn(programOf('nginx'), ['-c', file, '-p', folder, '-e', join(folder, 'error.log')])
}

function startCaddy(place: Place): ChildProcess {
  const { folder, securePort, plainPort } = place
  const own = [
    `http_port ${plainPort}`,
    `https_port ${securePort}`,
    'default_bind 127.0.0.1',
    'skip_install_trust',
  ]
  const file = join(folder, 'Caddyfile')
  writeFileSync(
    file,
    exampleOf('Caddyfile', place).replace(
      '\tadmin off',
      `\tadmin off\n${own.map((line) => `\t${line}`).join('\n')}`,
    ),
  )
  mkdirSync(join(folder, 'data'))
  return spawn(programOf('caddy'), ['run', '--config', file, '--adapter', 'caddyfile'], {
    env: { HOME: folder, XDG_DATA_HOME: join(folder, 'data'), XDG_CONFIG_HOME: join(folder, 'data') },
  })
}

function exampleOf(file: string, { folder, upstream }: Place): string {
  return readFileSync(new URL(file, examples), 'utf8')
    .replaceAll('/etc/ssl/directory/', `${folder}/`)
    .replaceAll('127.0.0.1:8080', `127.0.0.1:${upstream}`)
}

function makeCertificate(folder: string): string {
  const file = join(folder, 'certificate.pem')
  const key = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    join(folder, 'key.pem'),
  ]
  const name = ['-subj', '/CN=directory.example', '-addext', 'subjectAltName=DNS:directory.example']
  execFileSync('openssl', ['req', '-x509', '-days', '2', ...key, ...name, '-out', file], { stdio: 'ignore' })
  return readFileSync(file, 'utf8')
}

function programOf(name: string): string {
  const found = findProgram(name)
  if (found === undefined) throw new Error(`${name} is not here`)
  return found
}

async function isListening(port: number, isRunning: () => boolean, said: () => string): Promise<void> {
  while (isRunning()) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1')
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })
    if (isOpen) return
    await sleep(50)
  }
  throw new Error(`The proxy ended: ${said()}`)
}

// The one file that runs before anything is installed: plain JavaScript for Node 20, no dependency.
//
//   node scripts/start.mjs start [arguments]   the demonstration
//   node scripts/start.mjs test [parts]        every check
//
// Installs the packages when they are missing or package-lock.json changed, then hands over to the pinned Node.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, join, resolve } from 'node:path'

const programs = {
  start: ['apps/directory/src/main.ts', 'demonstration'],
  test: ['scripts/test.ts'],
}

const root = resolve(import.meta.dirname, '..')
const binaries = join(root, 'node_modules', '.bin')
const pinnedNode = join(binaries, 'node')
const installedFor = join(root, 'node_modules', '.installed-for')

const [verb = '', ...rest] = process.argv.slice(2)
const program = Object.hasOwn(programs, verb) ? programs[verb] : undefined
if (!program) stop(`Say what to run: node scripts/start.mjs ${Object.keys(programs).join('|')}`)

if (!isInstalled()) install()
run(pinnedNode, [...program, ...rest])

function isInstalled() {
  if (!existsSync(pinnedNode) || !existsSync(installedFor)) return false
  return readFileSync(installedFor, 'utf8') === lockDigest()
}

function install() {
  console.log('Installing packages (npm install); the first time takes about a minute.')
  // Not `npm ci`: it refuses a lock that leaves out other platforms' optional packages, which npm itself writes.
  const npm = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'], {
    cwd: root,
    encoding: 'utf8',
  })
  if (npm.error) stop(`npm could not be started (${npm.error.message}). Install Node.js together with npm.`)
  if (npm.status !== 0) {
    stop(`${npm.stdout}${npm.stderr}\nThe packages could not be installed: ${reasonIn(npm.stderr)}`)
  }
  if (!existsSync(pinnedNode)) {
    stop(
      'npm installed the packages but not the Node.js pinned in package.json. Is `ignore-scripts` set for npm?',
    )
  }
  writeFileSync(installedFor, lockDigest())
}

function reasonIn(messages) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT/.test(messages)) {
    return 'the package registry cannot be reached. Check the network connection, then run the same command again.'
  }
  if (/ENOSPC/.test(messages)) return 'the disk is full. About 1 GB is needed.'
  return 'npm says why above. When that is put right, run the same command again.'
}

function lockDigest() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
}

function run(command, commandArguments) {
  const child = spawn(command, commandArguments, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${binaries}${delimiter}${process.env.PATH}` },
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // A terminal gives Ctrl+C to the child as well; it must not come twice.
    process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY) || child.kill(signal))
  }
  child.on('error', (error) => stop(`The pinned Node.js could not be started: ${error.message}`))
  child.on('exit', (code, signal) => {
    process.exitCode = signal ? 128 + constants.signals[signal] : (code ?? 1)
  })
}

function stop(sentence) {
  console.error(sentence)
  process.exit(1)
}

import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FolderInUse, lockFolder } from '@parley/host'
import { languageAmong } from '@parley/kernel'
import {
  openFolderMailbox,
  openOutbound,
  openSink,
  reachRelay,
  type OutgoingMail,
  type SendOutcome,
} from '@parley/mail'
import { href } from '@parley/web'
import { compose, type Directory, type Outside } from './compose.ts'
import { type Community, loadCommunity, WrongProfile } from './modules/community/index.ts'
import {
  beSomeoneRoute,
  type DemonstrationClock,
  demonstrationRoom,
  demonstrationText,
  openDemonstrationClock,
  seedDemonstration,
  type Seeding,
} from './modules/demonstration/index.ts'
import { demonstrationFolder, fillLibrary } from './modules/library/index.ts'
import { startRoute } from './modules/today/index.ts'
import { type Keys, openKeys } from './platform/config/keys.ts'
import { openEmbedded } from './platform/database/embedded.ts'
import { openLog } from './platform/telemetry/log.ts'
import { run, stopOnSignal } from './run.ts'

/**
 * `npm start`: the fictional community in an embedded database, with a mail sink, for one browser on this machine.
 * The first run makes the database in a process of its own, which takes the memory of that with it.
 */
export async function startDemonstration(words: readonly string[]): Promise<void> {
  const community = findCommunity()
  if (!community) return
  const { id } = community.profile
  // Each community has a database of its own.
  const folder = resolve(process.env['PARLEY_FOLDER'] ?? (id === usual ? 'data' : `data-${id}`))
  if (words[0] === 'prepare') return prepare(folder, community)
  const unlock = takeFolder(folder)
  if (!unlock) return
  if (!existsSync(join(folder, 'database'))) {
    console.log('First run: making up the demonstration community …')
    if (!(await prepareInChild())) {
      unlock()
      process.exitCode = 1
      return
    }
  }
  await show(folder, community, unlock)
}

async function show(folder: string, community: Community, unlock: () => void): Promise<void> {
  const port = Number(process.env['PORT'] ?? 8080)
  const log = openLog(process.env['LOG_LEVEL'] ?? 'warn')
  const base = foundations(folder, community)
  const { clock, keys } = base
  const origin = new URL(`http://localhost:${port}`)
  const sink = await openSink({ host: '127.0.0.1', port: 0, folder: join(folder, 'mail') })
  const outbound = openOutbound(sink.url, { connections: 2 })
  const mailbox = await openFolderMailbox(join(folder, 'mailbox'))
  const directory = await compose({
    ...base,
    engine: await openEmbedded(join(folder, 'database')),
    log,
    origin,
    folder,
    reachRelay: () => reachRelay(sink.url),
    managerEmail,
    post: { ...addresses, outbound, connections: 2 },
    mailbox,
    band: (locale) => demonstrationText(locale)('band'),
    furtherRooms: ({ receive }) => [
      demonstrationRoom({
        origin,
        keys,
        clock,
        community,
        sink,
        mailbox,
        receive,
        start: (locale) => href(locale, startRoute),
      }),
    ],
  })
  // One that was made before there was a library has none yet.
  await fill(directory, clock)
  const running = await run(directory, { host: 'localhost', port, web: true, worker: true, clock, log })
  stopOnSignal(async () => {
    await running.stop()
    await outbound.close()
    await sink.close()
    unlock()
  })
  const authority = community.profile.nominatingAuthority.en
  const start = `${origin.origin}${href(languageAmong(community.profile.languages, 'en'), beSomeoneRoute)}`
  console.log(`
Parley is running as a demonstration with a fictional community:  ${origin.origin}

  Be the directory manager, the ${authority.toLowerCase()} of a member or a point of contact:  ${start}
  See the mail that was sent, follow its links, reply to it:  ${start}/mail

Everything is kept in ${folder}. Stop with Ctrl+C.`)
}

const managerEmail = 'manager@directory.example'
const addresses = { from: 'checks@directory.example', mailbox: 'checks@directory.example' }

const usual = 'united-nations'

/** The community that PARLEY_PROFILE names; says what is wrong with its profile if anything is. */
function findCommunity(): Community | undefined {
  try {
    return loadCommunity(process.env['PARLEY_PROFILE'] ?? usual, { demonstration: true })
  } catch (fault) {
    if (!(fault instanceof WrongProfile)) throw fault
    for (const problem of fault.problems) console.error(problem)
    process.exitCode = 2
    return undefined
  }
}

function foundations(
  folder: string,
  community: Community,
): Pick<Outside, 'keys' | 'community'> & { clock: DemonstrationClock; keys: Keys; community: Community } {
  return {
    clock: openDemonstrationClock(join(folder, 'clock')),
    keys: openKeys(readSecret(folder)),
    community,
  }
}

function takeEverything(): SendOutcome {
  return { kind: 'accepted' }
}

/** Into a folder beside the real one, which takes its name only when it is whole. */
async function prepare(folder: string, community: Community): Promise<void> {
  const unfinished = join(folder, 'database-unfinished')
  rmSync(unfinished, { recursive: true, force: true })
  const base = foundations(folder, community)
  const sent: OutgoingMail[] = []
  const relay: Seeding['relay'] = { sent, answer: takeEverything }
  const outbound = {
    send: async (mail: OutgoingMail) => {
      const outcome = relay.answer(mail)
      if (outcome.kind === 'accepted') sent.push(mail)
      return outcome
    },
    close: async () => undefined,
  }
  const directory = await compose({
    ...base,
    engine: await openEmbedded(unfinished),
    log: openLog('warn'),
    origin: new URL('http://localhost'),
    managerEmail,
    post: { ...addresses, outbound, connections: 2 },
  })
  await seedDemonstration({ ...base, directory, relay })
  await fill(directory, base.clock)
  await directory.close()
  renameSync(unfinished, join(folder, 'database'))
}

function fill({ performer }: Directory, clock: DemonstrationClock): Promise<void> {
  const folder = demonstrationFolder(process.env['PARLEY_DOCUMENTS'])
  return fillLibrary(performer, clock.now(), folder, (line) => console.error(line))
}

function prepareInChild(): Promise<boolean> {
  const main = fileURLToPath(new URL('main.ts', import.meta.url))
  const child = spawn(process.execPath, [main, 'demonstration', 'prepare'], { stdio: 'inherit' })
  return new Promise((done) => child.on('exit', (code) => done(code === 0)))
}

function takeFolder(folder: string): (() => void) | undefined {
  try {
    return lockFolder(folder)
  } catch (fault) {
    if (!(fault instanceof FolderInUse)) throw fault
    console.error(fault.message)
    process.exitCode = 1
    return undefined
  }
}

function readSecret(folder: string): string {
  const file = join(folder, 'secret')
  mkdirSync(folder, { recursive: true })
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 })
  return readFileSync(file, 'utf8')
}

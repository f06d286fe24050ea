import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { hour, newId } from '@parley/kernel'
import { freePort, startPostgres } from '@parley/testkit'
import type { MessageId } from '../../apps/directory/src/modules/checks/domain/check.ts'
import { codeOf, mailToken, readToken } from '../../apps/directory/src/modules/checks/tokens.ts'
import { openKeys } from '../../apps/directory/src/platform/config/keys.ts'
import { checksAddress, type Orders, secret, type Time } from './orders.ts'
import { correctIt, openProgress, reconcile, type Reconciled, startRoundOf } from './reconcile.ts'
import { supervise, type Supervised } from './supervise.ts'
import { type Break, readTaken } from './taken.ts'

export interface FaultPlan {
  readonly seed: string
  readonly checks: number
  readonly kills: number
  /** Seconds between two kills, on average. */
  readonly pause: number
  /** Seconds after the last kill in which it must come to its end. */
  readonly patience: number
  readonly say: (line: string) => void
}

export interface FaultFigures extends Reconciled {
  readonly kills: Readonly<Record<string, number>>
  readonly confirmed: number
  /** What was still to be done when it was given up. */
  readonly left: number
  /** Directories that ended without being killed. */
  readonly fell: number
  readonly seconds: number
}

/** All that must be nought. */
export function faultsIn(figures: FaultFigures): Readonly<Record<string, number>> {
  const { missing, strays, unexplained, lost, miscounted, untold, left, fell, historyHolds } = figures
  const counts = { missing, strays, unexplained: unexplained.length, lost, miscounted, untold, left, fell }
  return { ...counts, 'histories broken': historyHolds ? 0 : 1 }
}

const connections = 4
const speed = 10
const answerers = 4
const longestStart = 20_000
const keys = openKeys(secret)

/**
 * A round on PostgreSQL, sent by two workers and answered through two web processes and by mail, while all of them,
 * the mail server and the database are killed at moments drawn from the seed. Half-way the reminders fall due, and at
 * three quarters the round is corrected for all who were written to.
 */
export async function runRoundUnderFaults(plan: FaultPlan): Promise<FaultFigures> {
  const began = Date.now()
  const draw = openDraws(plan.seed)
  const folder = mkdtempSync(join(tmpdir(), 'parley-faults-'))
  const inFolder = (name: string) => join(folder, name)
  const [inbox, taken, time] = [inFolder('inbox'), inFolder('taken'), inFolder('time')] as const
  mkdirSync(inbox)
  writeFileSync(taken, '')
  const skip = openTime(time, began)
  const postgres = await startPostgres({ durable: true })
  const processes: Supervised[] = []
  try {
    const { appUrl, ownerUrl } = await postgres.createDatabase('faults')
    const smtpPort = await freePort()
    const webPorts = [await freePort(), await freePort()]
    const base: Orders = {
      database: { url: appUrl, ownerUrl },
      smtp: `smtp://127.0.0.1:${smtpPort}`,
      connections,
      inbox,
      time,
    }
    await startRoundOf(base, plan.checks)
    const start = (name: string, program: string, orders: object) => {
      const one = supervise(name, new URL(program, import.meta.url), orders)
      processes.push(one)
      return one
    }
    // As slow as it takes for the kills to fall into the sending, of messages and of reminders.
    const rest = Math.max(1, Math.floor((plan.kills * plan.pause * 1_000 * 0.6) / plan.checks))
    const mailOrders = { port: smtpPort, file: taken, folder: inFolder('mail'), rest }
    const mail = start('mail server', 'mail-server.ts', mailOrders)
    await mail.ready()
    const webs = webPorts.map((port) => start('web', 'directory.ts', { ...base, port }))
    const workers = [1, 2].map(() => start('worker', 'directory.ts', base))
    await allReady(processes)

    const answers = openAnswers({ taken, inbox, webPorts, draw: openDraws(`${plan.seed} answers`) })
    const kills: Record<string, number> = { worker: 0, web: 0, 'mail server': 0, database: 0 }
    const breaks: Break[] = []
    const kill = async (target: Supervised | undefined) => {
      const name = target?.name ?? 'database'
      kills[name] = (kills[name] ?? 0) + 1
      plan.say(`${secondsSince(began)} s: ${name} killed, ${readTaken(taken).length} messages taken`)
      const broken = { worker: connections, web: 0 }[name] ?? workers.length * connections
      breaks.push({ at: Date.now(), connections: broken })
      if (target) return target.kill()
      await postgres.kill()
      await sleep(draw(1_000))
      await postgres.start()
    }
    // What is being sent over such a leap of time is anybody's afterwards.
    const leap = (milliseconds: number) => {
      breaks.push({ at: Date.now(), connections: workers.length * connections })
      skip(milliseconds)
    }
    let before = 0
    let corrected: Promise<void> | undefined
    for (let done = 0; done < plan.kills; done += 1) {
      if (done === Math.floor(plan.kills / 2)) leap(25 * hour)
      if (done === Math.floor((plan.kills * 3) / 4)) corrected = correctWhenPossible(base)
      // One kill in four falls into a start; where every one did, on a slow machine, nothing would ever be sent.
      if (draw(4) > 0) await Promise.race([allReady(processes), sleep(longestStart)])
      await sleep(plan.pause * 500 + draw(plan.pause * 1_000))
      // Where all that is left waits for its next try, a kill would prove nothing.
      const now = readTaken(taken).length
      if (now === before && now > 0) leap(hour)
      before = now
      await kill([...workers, ...workers, ...webs, mail, undefined, undefined][draw(9)])
    }
    // Left in peace, and with a mail server that does not rest, it comes to its end; time only waited for is skipped.
    mailOrders.rest = 0
    await kill(mail)
    plan.say(`${secondsSince(began)} s: left in peace`)
    await answers.stop()
    await corrected
    const left = await comeToEnd(base, { taken, patience: plan.patience, skip: () => skip(hour) })
    await Promise.all(processes.map((each) => each.stop()))
    const { confirmed } = answers
    return {
      ...(await reconcile(base, keys, { taken: readTaken(taken), breaks, confirmed })),
      kills,
      confirmed: confirmed.size,
      left,
      fell: processes.reduce((sum, each) => sum + each.fell(), 0),
      seconds: secondsSince(began),
    }
  } finally {
    await Promise.all(processes.map((each) => each.stop()))
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The database may be away; what it had committed before it said so, it refuses the next time. */
async function correctWhenPossible(orders: Orders): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await correctIt(orders)
    } catch (fault) {
      if (fault instanceof Error && fault.message === 'checks/round-changed') return
      if (tries === 50) throw fault
      await sleep(300)
    }
  }
}

async function allReady(processes: readonly Supervised[]): Promise<void> {
  await Promise.all(processes.map((each) => each.ready()))
}

/** Writes for every process how time runs; gives back how to skip some. */
function openTime(file: string, began: number): (milliseconds: number) => void {
  let skipped = 0
  const skip = (milliseconds: number) => {
    skipped += milliseconds
    const now: Time = { began, speed, skipped }
    writeFileSync(`${file}.new`, JSON.stringify(now))
    renameSync(`${file}.new`, file)
  }
  skip(0)
  return skip
}

/** Waits until nothing is left to be done or patience ends, and skips time when nothing comes any more. */
async function comeToEnd(
  orders: Orders,
  how: { readonly taken: string; readonly patience: number; readonly skip: () => void },
): Promise<number> {
  const progress = await openProgress(orders)
  try {
    const began = Date.now()
    let left = await progress.left()
    let [seen, since] = [-1, began]
    while (left > 0 && secondsSince(began) < how.patience) {
      await sleep(300)
      left = await progress.left()
      const now = readTaken(how.taken).length
      if (now !== seen) [seen, since] = [now, Date.now()]
      if (Date.now() - since < 3_000) continue
      how.skip()
      since = Date.now()
    }
    return left
  } finally {
    await progress.close()
  }
}

interface Answering {
  readonly taken: string
  readonly inbox: string
  readonly webPorts: readonly number[]
  readonly draw: (below: number) => number
}

/**
 * Answers what arrived, by the button and by mail, until stopped; what was confirmed is kept. No message is answered
 * again that may have been answered: a second answer would hide that the first was lost.
 */
function openAnswers({ taken, inbox, webPorts, draw }: Answering) {
  const confirmed = new Set<MessageId>()
  const mailed = new Map<string, MessageId>()
  const tried = new Set<MessageId>()
  const stopping = new AbortController()
  const answer = async () => {
    const arrived = readTaken(taken)
    const message = readToken(keys, 'check', arrived[draw(arrived.length)]?.name ?? '')
    if (!message || tried.has(message)) return
    tried.add(message)
    if (draw(2) === 0) {
      const port = webPorts[draw(webPorts.length)] ?? 0
      const status = await postTo(port, `/en/checks/${codeOf(keys, message)}`)
      if (status === 303) confirmed.add(message)
      return
    }
    const name = join(inbox, `${newId()}.eml`)
    writeFileSync(`${name}.part`, replyTo(message))
    renameSync(`${name}.part`, name)
    mailed.set(name, message)
  }
  const answering = async () => {
    while (!stopping.signal.aborted) {
      await answer()
      await sleep(200 + draw(200))
    }
  }
  const working = (async () => {
    await Promise.all(Array.from({ length: answerers }, answering))
    for (let tries = 0; readdirSync(inbox).length > 0 && tries < 100; tries += 1) await sleep(200)
    // A mail that is gone was read: that is the confirmation.
    for (const [name, message] of mailed) if (!existsSync(name)) confirmed.add(message)
  })()
  return {
    confirmed,
    stop: () => {
      stopping.abort()
      return working
    },
  }
}

function replyTo(message: MessageId): string {
  const [name, domain] = checksAddress.split('@')
  return [
    'From: Duty Officer <duty@elsewhere.example>',
    `To: ${name}+${mailToken(keys, 'answer', message)}@${domain}`,
    'Subject: Re: Communication check',
    `Message-ID: <${newId()}@elsewhere.example>`,
    '',
    'We have received this. Anna, on duty today.',
    '',
  ].join('\r\n')
}

function postTo(port: number, path: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const origin = 'http://localhost:8080'
    const headers = { host: 'localhost:8080', origin, 'sec-fetch-site': 'same-origin', 'content-length': 0 }
    const asking = request(
      { host: '127.0.0.1', port, path, method: 'POST', headers, timeout: 5_000 },
      (answer) => {
        resolve(answer.statusCode)
        answer.resume()
      },
    )
    asking.on('timeout', () => asking.destroy())
    asking.on('error', () => resolve(undefined))
    asking.end()
  })
}

function secondsSince(began: number): number {
  return Math.round((Date.now() - began) / 1_000)
}

/** Numbers below a limit, the same for the same seed. */
function openDraws(seed: string): (below: number) => number {
  let draws = 0
  return (below) => {
    draws += 1
    return (
      createHash('sha256').update(`${seed} ${draws}`).digest().readUInt32BE() % Math.max(1, Math.floor(below))
    )
  }
}

import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
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
import { reconcile, type Reconciled, startRoundOf } from './reconcile.ts'
import { supervise, type Supervised } from './supervise.ts'

export interface FaultPlan {
  readonly seed: string
  readonly checks: number
  readonly kills: number
  /** Seconds between two kills, on average. */
  readonly pause: number
  /** Seconds after which it is given up. */
  readonly patience: number
  readonly say: (line: string) => void
}

export interface FaultFigures extends Reconciled {
  readonly kills: Readonly<Record<string, number>>
  /** The most that may have been sent twice: one for each SMTP connection that a kill could break. */
  readonly mayBeTwice: number
  readonly confirmed: number
  /** Directories that ended without being killed. */
  readonly fell: number
  readonly seconds: number
}

const connections = 4
const speed = 10
const keys = openKeys(secret)

/**
 * A round on PostgreSQL, sent by two workers and answered through two web processes and by mail, while all of them,
 * the mail server and the database are killed at moments drawn from the seed.
 */
export async function runRoundUnderFaults(plan: FaultPlan): Promise<FaultFigures> {
  const began = Date.now()
  const draw = openDraws(plan.seed)
  const folder = mkdtempSync(join(tmpdir(), 'parley-faults-'))
  const [inbox, taken, time] = ['inbox', 'taken', 'time'].map((name) => join(folder, name))
  if (!inbox || !taken || !time) throw new Error('no folder')
  mkdirSync(inbox)
  writeFileSync(taken, '')
  let skipped = 0
  const writeTime = () => {
    const now: Time = { began, speed, skipped }
    writeFileSync(`${time}.new`, JSON.stringify(now))
    renameSync(`${time}.new`, time)
  }
  writeTime()
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
    // As slow as it takes for the kills to fall into the sending.
    const rest = Math.max(1, Math.floor((plan.kills * plan.pause * 1_000 * 0.8) / plan.checks))
    const mailOrders = { port: smtpPort, file: taken, rest }
    const mail = start('mail server', 'mail-server.ts', mailOrders)
    await mail.ready()
    const webs = webPorts.map((port) => start('web', 'directory.ts', { ...base, port }))
    const workers = [1, 2].map(() => start('worker', 'directory.ts', base))
    await Promise.all(processes.map((each) => each.ready()))

    const answers = openAnswers({ taken, inbox, webPorts, draw: openDraws(`${plan.seed} answers`) })
    const kills: Record<string, number> = { worker: 0, web: 0, 'mail server': 0, database: 0 }
    for (let kill = 1; kill <= plan.kills; kill += 1) {
      await sleep(plan.pause * 500 + draw(plan.pause * 1_000))
      const target = [...workers, ...workers, ...webs, mail, undefined, undefined][draw(9)]
      const name = target?.name ?? 'database'
      kills[name] = (kills[name] ?? 0) + 1
      plan.say(
        `${Math.round((Date.now() - began) / 1_000)} s: ${name} killed, ${countLines(taken)} messages taken`,
      )
      if (target) await target.kill()
      else {
        await postgres.kill()
        await sleep(draw(1_000))
        await postgres.start()
      }
    }
    // Left in peace, and with a mail server that does not rest, it comes to its end; time only waited for is skipped.
    mailOrders.rest = 0
    await mail.kill()
    kills[mail.name] = (kills[mail.name] ?? 0) + 1
    let [seen, since] = [-1, Date.now()]
    while (Date.now() - began < plan.patience * 1_000) {
      await sleep(500)
      const now = countLines(taken)
      if (now !== seen) [seen, since] = [now, Date.now()]
      if (Date.now() - since < 4_000) continue
      if (new Set(readLines(taken)).size >= plan.checks) break
      skipped += hour
      writeTime()
      since = Date.now()
    }
    await answers.stop()
    await Promise.all(processes.map((each) => each.stop()))
    const { worker = 0, database = 0 } = kills
    const both = (kills['mail server'] ?? 0) + database
    return {
      ...(await reconcile(base, keys, { taken: readLines(taken), confirmed: answers.confirmed })),
      kills,
      mayBeTwice: worker * connections + both * 2 * connections,
      confirmed: answers.confirmed.size,
      fell: processes.reduce((sum, each) => sum + each.fell(), 0),
      seconds: Math.round((Date.now() - began) / 1_000),
    }
  } finally {
    await Promise.all(processes.map((each) => each.stop()))
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Answering {
  readonly taken: string
  readonly inbox: string
  readonly webPorts: readonly number[]
  readonly draw: (below: number) => number
}

/** Answers what arrived, by the button and by mail, until stopped; what was confirmed is kept. */
function openAnswers({ taken, inbox, webPorts, draw }: Answering) {
  const confirmed = new Set<MessageId>()
  const mailed = new Map<string, MessageId>()
  const stopping = new AbortController()
  const answer = async () => {
    const lines = readLines(taken)
    const message = readToken(
      keys,
      'return',
      lines[draw(Math.max(1, lines.length))]?.replace(/^.*\+|@.*$/g, '') ?? '',
    )
    if (!message) return
    if (draw(2) === 0) {
      const port = webPorts[draw(webPorts.length)] ?? 0
      if ((await postTo(port, `/en/checks/${codeOf(keys, message)}`)) === 303) confirmed.add(message)
      return
    }
    const name = join(inbox, `${newId()}.eml`)
    writeFileSync(`${name}.part`, replyTo(message))
    renameSync(`${name}.part`, name)
    mailed.set(name, message)
  }
  const working = (async () => {
    while (!stopping.signal.aborted) {
      await answer()
      await sleep(150)
    }
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

function readLines(file: string): readonly string[] {
  return readFileSync(file, 'utf8').split('\n').filter(Boolean)
}

function countLines(file: string): number {
  return readLines(file).length
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

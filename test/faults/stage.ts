import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort, startPostgres } from '@parley/testkit'
import { openDisk } from './disk.ts'
import type { Draw } from './draws.ts'
import type { Ground } from './fault.ts'
import { openLink } from './link.ts'
import { openMailLink } from './mail-link.ts'
import type { Orders } from './orders.ts'
import { openProgress, startRoundOf } from './reconcile.ts'
import { supervise, type Supervised } from './supervise.ts'
import type { Break } from './taken.ts'
import { openTime } from './time.ts'
import { openTruth } from './truth.ts'

const connections = 4

export interface Stage extends Ground {
  /** Past every line that is made bad, for whoever reconciles. */
  readonly direct: Orders
  readonly taken: string
  readonly inbox: string
  readonly deskFolder: string
  readonly webPorts: readonly number[]
  readonly processes: readonly Supervised[]
  readonly breaks: readonly Break[]
  /** What was not said, or said wrongly, while something was broken. */
  untold(): readonly string[]
  /** Waits until every process is up and says so. */
  allUp(): Promise<void>
  /** Waits until what was mended is no longer said to be broken. */
  allQuiet(): Promise<void>
  /** The mail server takes its messages without a rest from its next start on. */
  hurry(): void
  close(): Promise<void>
}

interface StagePlan {
  readonly checks: number
  /** Milliseconds that the mail server rests with each message, so that faults fall into the sending. */
  readonly rest: number
  readonly draw: Draw
}

/** A Directory of two web processes and two workers on a PostgreSQL of its own, a mail server, somebody who saves, and a Desk. */
export async function openStage({ checks, rest, draw }: StagePlan): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-faults-'))
  // The account of the database must be able to pass.
  chmodSync(folder, 0o711)
  const inFolder = (name: string) => join(folder, name)
  const closing: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })]
  const close = async () => {
    for (const each of closing.splice(0).toReversed()) await each()
  }
  try {
    const [inbox, taken, time] = [inFolder('inbox'), inFolder('taken'), inFolder('time')] as const
    mkdirSync(inbox)
    writeFileSync(taken, '')
    const disks = openDisks(inFolder)
    if (disks) closing.push(() => [disks.program, disks.desk, disks.database].forEach((each) => each.close()))
    const programFolder = disks?.program.folder ?? inFolder('program')
    const deskFolder = disks?.desk.folder ?? inFolder('desk')
    const skip = openTime(time, Date.now())
    const postgres = await startPostgres({
      durable: true,
      ...(disks ? { within: disks.database.folder, logSize: 96 } : {}),
    })
    closing.push(() => postgres.stop())
    const breaks: Break[] = []
    const broke = (count: number) => void breaks.push({ at: Date.now(), connections: count })
    const mailPort = await freePort()
    const databaseLink = await openLink(postgres.port)
    const mailLink = await openMailLink(mailPort, () => broke(1))
    closing.push(databaseLink.close, mailLink.close)

    const { appUrl, ownerUrl } = await postgres.createDatabase('faults')
    const direct: Orders = {
      database: { url: appUrl, ownerUrl },
      smtp: `smtp://127.0.0.1:${mailPort}`,
      connections,
      inbox,
      time,
      folder: programFolder,
    }
    const over: Orders = {
      ...direct,
      database: { url: through(appUrl, databaseLink.port), ownerUrl: through(ownerUrl, databaseLink.port) },
      smtp: `smtp://127.0.0.1:${mailLink.port}`,
      logs: true,
    }
    await startRoundOf(direct, checks)
    const processes: Supervised[] = []
    closing.push(() => Promise.all(processes.map((each) => each.stop())))
    const start = (name: string, program: string, orders: object) => {
      const log = join(programFolder, `${name.replaceAll(' ', '-')}.log`)
      const one = supervise(name, new URL(program, import.meta.url), orders, log)
      processes.push(one)
      return one
    }
    const mailOrders = { port: mailPort, file: taken, folder: inFolder('mail'), rest }
    const mail = start('mail server', 'mail-server.ts', mailOrders)
    await mail.ready()
    const webPorts = [await freePort(), await freePort()]
    const webs = webPorts.map((port) => start('web', 'directory.ts', { ...over, port }))
    const workers = [1, 2].map(() => start('worker', 'directory.ts', over))
    const editor = start('editor', 'editor.ts', over)
    const desk = start('desk', 'desk.ts', { folder: deskFolder })
    const progress = await openProgress(direct)
    closing.push(progress.close)
    const allReady = () => Promise.all(processes.map((each) => each.ready()))
    const truth = openTruth({ webPorts, conditions: progress.conditions, allReady })
    await truth.allUp()
    const allConnections = workers.length * connections
    return {
      ...truth,
      draw,
      workers,
      webs,
      editor,
      desk,
      mail,
      postgres,
      databaseLink,
      mailLink,
      disks,
      allConnections,
      broke,
      // What is being sent over such a leap of time is anybody's afterwards.
      leap: (milliseconds) => {
        broke(allConnections)
        skip(milliseconds)
      },
      direct,
      taken,
      inbox,
      deskFolder,
      webPorts,
      processes,
      breaks,
      hurry: () => {
        mailOrders.rest = 0
      },
      close,
    }
  } catch (fault) {
    await close()
    throw fault
  }
}

/** The same database over a port of our own. */
function through(url: string, port: number): string {
  const over = new URL(url)
  over.port = String(port)
  return over.href
}

/** The program's is just large enough not to count as nearly full. */
function openDisks(inFolder: (name: string) => string): Ground['disks'] {
  const program = openDisk(inFolder('program'), 1_100)
  const desk = openDisk(inFolder('desk'), 24)
  const database = openDisk(inFolder('database'), 500)
  return program && desk && database ? { program, desk, database } : undefined
}

/** Waits so long at most. */
export async function within<T>(milliseconds: number, work: Promise<T>): Promise<T | undefined> {
  return Promise.race([work, sleep(milliseconds, undefined, { ref: false })])
}

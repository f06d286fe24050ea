import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openMailbox } from '@parley/mail'
import { type MailServers, startMailServers, startPostgres } from '@parley/testkit'
import { createTransport } from 'nodemailer'
import { imapByHand } from '../apps/directory/test/imap-by-hand.ts'
import { measure, startChild, type Used } from './child.ts'
import { idle, openCpuMeter, perSecond, ratio, type Row } from './figures.ts'
import type { Asked, IntakeSettings } from './intake/settings.ts'

const replies = Number(process.env['BENCH_REPLIES'] ?? 10_000)
const domain = 'directory.example'
const [ours, bare] = ['checks', 'bare'] as const

/**
 * A reply to each check of a round, read from a real Dovecot by the intake, against a mailbox of the same mails that
 * are read and moved and nothing else.
 */
export async function benchIntake(): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'))
  const postgres = await startPostgres()
  const servers = await startMailServers({ domain, mailboxes: [ours, bare] })
  try {
    const { appUrl, ownerUrl } = await postgres.createDatabase('intake')
    const settings: IntakeSettings = {
      entries: replies,
      imap: servers.imapUrl(ours),
      database: { url: appUrl, ownerUrl },
    }
    const program = new URL('intake/directory.ts', import.meta.url)
    const file = join(folder, 'asked')
    const first = startChild(program, settings)
    await first.ask('prepare', file)
    await first.end()
    const asked: readonly Asked[] = JSON.parse(await readFile(file, 'utf8'))
    await deliver(servers, asked)

    const bareRun = await measure(async () => {
      const { read } = await openMailbox(servers.imapUrl(bare)).readNew(async () => 'read')
      if (read !== replies) throw new Error(`${read} of ${replies} were read`)
    })
    const reader = startChild(program, settings)
    const databaseCpu = openCpuMeter(ownerUrl)
    const before = await databaseCpu()
    const run = await reader.ask<Used>('read')
    const database = (await databaseCpu()) - before
    const answered = await reader.ask<number>('answered')
    await reader.end()
    if (answered !== replies) throw new Error(`${answered} of ${replies} checks are answered`)
    return [
      row(`mailbox of ${replies} read and moved`, bareRun),
      {
        ...row(`intake of ${replies} replies`, run),
        'database CPU': idle.share(database / run.wall),
        'memory MB': Math.round(run.memory).toString(),
      },
      { side: 'ratio', 'mails/s': ratio(bareRun.wall / run.wall) },
    ]
  } finally {
    await servers.stop()
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

function row(side: string, { wall, cpu }: Used): Row {
  return {
    side,
    'mails/s': perSecond((replies / wall) * 1000),
    seconds: (wall / 1000).toFixed(1),
    'own CPU': idle.share(cpu / wall),
  }
}

/** Each as its writer's mail program would send it, into both mailboxes. */
async function deliver(servers: MailServers, asked: readonly Asked[]): Promise<void> {
  const pool = createTransport({ url: servers.smtpUrl, pool: true, maxConnections: 10 })
  const queue = asked.entries()
  const lane = async () => {
    for (const [number, { from, to, subject, text, messageId }] of queue) {
      const quoted = text.replace(/^/gm, '> ')
      const detail = to.slice(to.indexOf('+'))
      const [fromOurs, fromBare] = [`${ours}${detail}`, `${bare}${detail}`]
      await pool.sendMail({
        envelope: { from, to: [fromOurs, fromBare] },
        from,
        to,
        subject: `Re: ${subject}`,
        messageId: `<reply-${number}@mail.example>`,
        inReplyTo: messageId,
        references: messageId,
        text: `We have received this. Anna, on duty today.\n\n${quoted}`,
      })
    }
  }
  await Promise.all(Array.from({ length: 10 }, lane))
  pool.close()
  for (const mailbox of [ours, bare]) while ((await lying(servers, mailbox)) < asked.length) await sleep(500)
}

async function lying(servers: MailServers, mailbox: string): Promise<number> {
  const lines = await imapByHand(servers.imapUrl(mailbox), 'STATUS INBOX (MESSAGES)')
  return Number(/MESSAGES (\d+)/.exec(lines.join(' '))?.[1])
}

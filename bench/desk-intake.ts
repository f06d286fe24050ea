import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@parley/kernel'
import { newReference } from '@parley/protocol'
import { takeInAll } from '../apps/desk/src/mailbox/take-in.ts'
import { openStore } from '../apps/desk/src/open-store.ts'
import { parleyMail, parleyMessage, plainMail } from '../apps/desk/test/mails.ts'
import { perSecond, type Row } from './figures.ts'

const count = Number(process.env['BENCH_MAILS'] ?? 5_000)
const by = 'desk@cirt.example'

/** Mails into the Desk as they come from the mailbox, some at a time, and one by one: each durable before it counts. */
export async function benchDeskIntake(): Promise<readonly Row[]> {
  return [await measure(count, 50), await measure(Math.min(count, 500), 1)]
}

async function measure(mails: number, atATime: number): Promise<Row> {
  const folder = await mkdtemp(join(tmpdir(), 'desk-bench-'))
  const store = openStore(folder, { clock: systemClock, cost: { memory: 64, passes: 1 } })
  try {
    const opened = await store.begin({ name: 'Amal Haddad', passphrase: 'seven lanterns over the quay' })
    if (!opened.ok) throw new Error(opened.refusal.code)
    const raws = generate(mails)
    const at = new Date()
    const begun = performance.now()
    const before = process.cpuUsage()
    for (let from = 0; from < mails; from += atATime) {
      const group = raws.slice(from, from + atATime).map((raw) => ({ raw, at }))
      const taken = await takeInAll({ store }, group, { by })
      if (!taken.ok) throw new Error(taken.refusal.code)
    }
    const seconds = (performance.now() - begun) / 1_000
    const { user, system } = process.cpuUsage(before)
    const cases = [...opened.value.cases.all()].length
    return {
      'at a time': String(atATime),
      mails: String(mails),
      'per second': perSecond(mails / seconds),
      'CPU of one mail': `${((user + system) / 1_000 / mails).toFixed(1)} ms`,
      cases: String(cases),
      waiting: String(opened.value.mails.unfiled().length),
      lines: String(opened.value.record.lines().length),
    }
  } finally {
    await store.close()
    await rm(folder, { recursive: true })
  }
}

/** Half of them begin a matter, three in ten go on with one, two in ten are plain mail. */
function generate(mails: number): readonly Buffer[] {
  const threads: string[] = []
  return Array.from({ length: mails }, (_, at) => {
    const kind = at % 10
    const known = threads[(at * 7) % Math.max(1, threads.length)]
    if (kind >= 8 || (kind >= 5 && known === undefined))
      return plainMail(`A note ${at}. ${'The pumps of the port stopped again. '.repeat(40)}`)
    if (kind >= 5 && known !== undefined)
      return parleyMail(
        parleyMessage({
          thread: known,
          reference: newReference(),
          kind: 'update',
          values: { changed: `Update ${at}` },
        }),
      )
    const thread = randomUUID()
    threads.push(thread)
    return parleyMail(
      parleyMessage({ thread, reference: newReference(), languages: at % 2 ? ['es', 'ar'] : ['en', 'ru'] }),
    )
  })
}
